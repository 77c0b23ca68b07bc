#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <overt/event/basic_event.hpp>

namespace overt::inline v0 {

namespace detail {
struct recording;
} // namespace detail

/// What stands in front of an event that was read from a trace or kept in memory.
struct recorded_head {
  std::uint64_t sequence = 0; ///< 1, 2, 3, … in its trace
  timestamp time{};           ///< on the grid that its policy wrote
  std::uint16_t source = 0;
  std::optional<context> where{}; ///< what was disclosed of the place
};

/// An event that left a chain earlier: read back from a trace, or kept by `sink::memory`. It holds disclosed
/// content only, so sinks accept it beside `cleared`. Made by readers and by that sink.
template <any_event Event>
class recorded {
public:
  using event_type = Event;

  recorded(recorded&&) noexcept = default;

  [[nodiscard]] recorded_head const& head() const noexcept { return head_; }
  [[nodiscard]] std::string_view payload_name() const noexcept { return event_.payload_name(); }

  /// The payload if it is of this type, or null. Its content is what `disclosed()` gives.
  template <class Payload>
  [[nodiscard]] Payload const* get_if() const noexcept {
    return event_.template get_if<Payload>();
  }

  /// Calls `use(payload const&)`.
  template <class Use>
  decltype(auto) visit(Use&& use) const {
    return event_.visit(std::forward<Use>(use));
  }

private:
  friend struct detail::recording;
  recorded(recorded_head head, Event what) noexcept : head_{std::move(head)}, event_{std::move(what)} {}

  recorded_head head_;
  Event event_;
};

namespace detail {

template <class Value>
void copy_disclosed(Value const& from, Value& to) {
  if constexpr (is_guarded<Value>) {
    if (from.disclosed() != nullptr) {
      auto copy = guarded_access::clone(from);
      guarded_access::put(to, guarded_access::take(copy), guard_state::disclosed);
    }
  } else if constexpr (is_vector<Value>) {
    to.reserve(from.size());
    for (auto const& element : from) {
      copy_disclosed(element, to.emplace_back());
    }
  } else if constexpr (is_optional<Value>) {
    if (from) {
      copy_disclosed(*from, to.emplace());
    }
  } else if constexpr (described<Value>) {
    std::apply(
        [&](auto const&... member) { (copy_disclosed(from.*(member.member), to.*(member.member)), ...); },
        Value::fields());
  } else {
    to = from;
  }
}

/// Makes recorded events out of what was disclosed. Used by readers and by `sink::memory`.
struct recording {
  template <class Event>
  [[nodiscard]] static recorded<Event> make(recorded_head head, Event what) {
    return {std::move(head), std::move(what)};
  }

  /// `from` is a cleared or recorded event.
  template <class Event, class From>
  [[nodiscard]] static recorded<Event> copy(recorded_head head, From const& from) {
    return from.visit([&](auto const& payload) {
      std::remove_cvref_t<decltype(payload)> copied{};
      copy_disclosed(payload, copied);
      return recorded<Event>{std::move(head), Event{event_header{}, std::move(copied)}};
    });
  }
};

} // namespace detail

} // namespace overt::inline v0
