#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <overt/event/event_header.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

namespace detail {

/// A payload that is kept out of line, because few events carry it and all would pay for its size.
template <class Payload>
class boxed {
public:
  explicit boxed(Payload&& made) : box_{std::make_unique<Payload>(std::move(made))} {}
  [[nodiscard]] Payload& operator*() const noexcept { return *box_; }

private:
  std::unique_ptr<Payload> box_;
};

inline constexpr std::size_t largest_inline_payload = 104;

template <class Payload>
using stored = std::conditional_t<(sizeof(Payload) > largest_inline_payload), boxed<Payload>, Payload>;

template <class Stored>
[[nodiscard]] Stored& unboxed(Stored& value) noexcept {
  return value;
}
template <class Stored>
[[nodiscard]] Stored const& unboxed(Stored const& value) noexcept {
  return value;
}
template <class Payload>
[[nodiscard]] Payload& unboxed(boxed<Payload>& value) noexcept {
  return *value;
}
template <class Payload>
[[nodiscard]] Payload const& unboxed(boxed<Payload> const& value) noexcept {
  return *value;
}

template <class Type, class... Types>
consteval std::size_t index_of() {
  constexpr std::array<bool, sizeof...(Types)> same{std::same_as<Type, Types>...};
  for (std::size_t i = 0; i < same.size(); ++i) {
    if (same[i]) {
      return i;
    }
  }
  return same.size();
}

} // namespace detail

/// One thing that happened: a header and one of the payloads.
///
/// A program that records something of its own names its payload beside ours:
///
///     using my_event = overt::basic_event<overt::key, overt::button, ticket_opened>;
///
/// A raw event moves and does not copy, and has no `==`, hash or printing: each would be an oracle on
/// content. Payloads of up to 96 bytes stay inline; making, moving and ending an event with one never
/// allocates.
template <class... Payloads>
class basic_event {
  static_assert((holds_no_plain_text<Payloads> && ...),
                "overt: a payload may hold guarded content, numbers and closed vocabularies; plain text has "
                "to be guarded_text");
  static_assert((describes_every_member<Payloads> && ...),
                "overt: fields() of a payload must name every member");
  static_assert((leaves_header_names_alone<Payloads> && ...),
                "overt: seq, t, type, from and context are members of every event; a payload's member needs "
                "another name");
  static_assert((payload<Payloads> && ...),
                "overt: a payload is an aggregate with a static `name` and `fields()`");

public:
  static constexpr std::size_t payload_count = sizeof...(Payloads);

  template <class Payload>
  static constexpr bool carries = (std::same_as<Payload, Payloads> || ...);

  template <class Payload>
    requires carries<std::remove_cvref_t<Payload>> && (!std::is_lvalue_reference_v<Payload>)
  basic_event(event_header head, Payload&& content)
      : header{std::move(head)},
        payload_{std::in_place_index<index<std::remove_cvref_t<Payload>>>, std::move(content)} {}

  basic_event(basic_event&& other) noexcept
      : header{std::move(other.header)}, payload_{std::move(other.payload_)},
        moved_from_{std::exchange(other.moved_from_, true)} {}
  basic_event& operator=(basic_event&&) = delete;
  ~basic_event() = default;

  event_header header;

  /// The position of a payload in the list; the same order in which `count_by_payload` counts.
  template <class Payload>
  static constexpr std::size_t index = detail::index_of<Payload, Payloads...>();

  [[nodiscard]] std::size_t payload_index() const noexcept { return payload_.index(); }
  [[nodiscard]] std::string_view payload_name() const noexcept { return names[payload_index()]; }
  static constexpr std::array<std::string_view, sizeof...(Payloads)> names{Payloads::name...};

  /// What kind of input it is, whether it is made out of other events, and whether a full ring may drop it
  /// first (see `payload.hpp`).
  [[nodiscard]] input_lane lane() const noexcept {
    constexpr std::array<input_lane, sizeof...(Payloads)> lanes{lane_of<Payloads>()...};
    return lanes[payload_index()];
  }
  [[nodiscard]] bool derived() const noexcept {
    constexpr std::array<bool, sizeof...(Payloads)> answers{is_derived<Payloads>()...};
    return answers[payload_index()];
  }
  [[nodiscard]] bool expendable() const noexcept {
    constexpr std::array<bool, sizeof...(Payloads)> answers{is_expendable<Payloads>()...};
    return answers[payload_index()];
  }

  /// The payload if it is of this type, or null.
  template <class Payload>
  [[nodiscard]] Payload* get_if() noexcept {
    auto* const stored = std::get_if<index<Payload>>(&payload_);
    return stored == nullptr ? nullptr : std::addressof(detail::unboxed(*stored));
  }
  template <class Payload>
  [[nodiscard]] Payload const* get_if() const noexcept {
    auto const* const stored = std::get_if<index<Payload>>(&payload_);
    return stored == nullptr ? nullptr : std::addressof(detail::unboxed(*stored));
  }

  /// Calls `use` with the payload, whatever it is.
  template <class Use>
  decltype(auto) visit(Use&& use) {
    return std::visit([&](auto& stored) -> decltype(auto) { return use(detail::unboxed(stored)); }, payload_);
  }
  template <class Use>
  decltype(auto) visit(Use&& use) const {
    return std::visit([&](auto const& stored) -> decltype(auto) { return use(detail::unboxed(stored)); },
                      payload_);
  }

  /// True for what is left behind when an event was moved away; a pipeline refuses it.
  [[nodiscard]] bool is_moved_from() const noexcept { return moved_from_; }

private:
  std::variant<detail::stored<Payloads>...> payload_;
  bool moved_from_ = false;
};

template <class Event>
inline constexpr bool is_basic_event = false;
template <class... Payloads>
inline constexpr bool is_basic_event<basic_event<Payloads...>> = true;

namespace detail {
/// The payloads' names as literals, in the order of the list.
template <class Event>
consteval auto payload_literals() {
  std::array<literal, Event::payload_count> names{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i] = literal{Event::names[i]};
  }
  return names;
}
} // namespace detail

/// An event of some list of payloads.
template <class Event>
concept any_event = is_basic_event<Event>;

} // namespace overt::inline v0
