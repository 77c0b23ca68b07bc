#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include <overt/event/basic_event.hpp>

namespace overt::inline v0 {

namespace detail {
struct mint;
} // namespace detail

/// What stands in front of every event that leaves.
struct cleared_head {
  std::uint64_t sequence = 0; ///< 1, 2, 3, … in this trace, without holes: the event's identity
  timestamp
      time{}; ///< on the policy's grid, from the start of the session; exact only where that was disclosed
  std::uint16_t source =
      0; ///< which backend, in the order in which they were given; the last is the recorder itself
  context const* where = nullptr; ///< the cleared context, or null; lives as long as the `write` call
};

/// An event that a chain let out, and the only kind that a sink takes. Whatever was not disclosed in it has
/// been wiped, so that a copy in a sink is harmless. Only a pipeline makes one; it lives as long as the
/// `write` call.
template <any_event Event>
class cleared {
public:
  using event_type = Event;

  cleared(cleared const&) = delete;
  cleared& operator=(cleared const&) = delete;

  [[nodiscard]] cleared_head const& head() const noexcept { return head_; }
  [[nodiscard]] std::string_view payload_name() const noexcept { return event_->payload_name(); }
  [[nodiscard]] std::size_t payload_index() const noexcept { return event_->payload_index(); }

  /// Calls `use(payload const&)`. In the payload, `disclosed()` is null for what was withheld.
  template <class Use>
  decltype(auto) visit(Use&& use) const {
    return std::as_const(*event_).visit(std::forward<Use>(use));
  }

private:
  friend struct detail::mint;
  cleared(cleared_head head, Event const& what) noexcept : head_{head}, event_{&what} {}

  cleared_head head_;
  Event const* event_;
};

namespace detail {

/// Whether there is guarded content anywhere in a type.
template <class Value>
consteval bool holds_guarded() {
  if constexpr (is_guarded<Value>) {
    return true;
  } else if constexpr (is_vector<Value> || is_optional<Value>) {
    return holds_guarded<typename Value::value_type>();
  } else if constexpr (described<Value>) {
    return []<class... Description>(std::tuple<Description...>*) {
      return (holds_guarded<typename Description::member_type>() || ...);
    }(static_cast<decltype(Value::fields())*>(nullptr));
  } else {
    return false;
  }
}

template <class Value>
void wipe_undisclosed(Value& value) noexcept {
  if constexpr (is_guarded<Value>) {
    guarded_access::wipe_unless_disclosed(value);
  } else if constexpr (!holds_guarded<Value>()) {
    return;
  } else if constexpr (is_vector<Value>) {
    for (auto& element : value) {
      wipe_undisclosed(element);
    }
  } else if constexpr (is_optional<Value>) {
    if (value) {
      wipe_undisclosed(*value);
    }
  } else if constexpr (described<Value>) {
    for_each_field(value, [](auto const&, auto& member) { wipe_undisclosed(member); });
  }
}

/// Whether there is a timestamp anywhere in a type.
template <class Value>
consteval bool holds_timestamp() {
  if constexpr (std::same_as<Value, timestamp>) {
    return true;
  } else if constexpr (is_vector<Value> || is_optional<Value>) {
    return holds_timestamp<typename Value::value_type>();
  } else if constexpr (described<Value>) {
    return []<class... Description>(std::tuple<Description...>*) {
      return (holds_timestamp<typename Description::member_type>() || ...);
    }(static_cast<decltype(Value::fields())*>(nullptr));
  } else {
    return false;
  }
}

/// Calls `use(timestamp&)` for every moment that a payload names, so that none of them is finer than the
/// grid.
template <class Value, class Use>
void each_timestamp(Value& value, Use&& use) noexcept {
  if constexpr (std::same_as<Value, timestamp>) {
    use(value);
  } else if constexpr (!holds_timestamp<Value>()) {
    return;
  } else if constexpr (is_vector<Value>) {
    for (auto& element : value) {
      each_timestamp(element, use);
    }
  } else if constexpr (is_optional<Value>) {
    if (value) {
      each_timestamp(*value, use);
    }
  } else if constexpr (described<Value>) {
    for_each_field(value, [&](auto const&, auto& member) { each_timestamp(member, use); });
  }
}

/// Makes cleared events. Used by the pipeline, and by nothing else in the library.
struct mint {
  template <class Event, class Use>
  static void with_cleared(cleared_head head, Event& what, Use&& use) {
    what.visit([](auto& payload) { wipe_undisclosed(payload); });
    use(cleared<Event>{head, what});
  }
};

} // namespace detail

} // namespace overt::inline v0
