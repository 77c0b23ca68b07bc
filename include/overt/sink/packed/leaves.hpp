#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <overt/event/payload.hpp>

/// Streams: payloads that come often and hold numbers alone are written in rows and columns, many events at a
/// time, and not as messages of their own.
namespace overt::inline v0::sink::packed {

namespace detail {

/// A member that is one number in a row: a number, a moment, or an entry of a closed vocabulary.
template <class Value>
inline constexpr bool is_leaf =
    std::integral<Value> || std::same_as<Value, timestamp> || named_enum<Value> || named_flags<Value>;

template <class Value>
consteval bool holds_leaves_alone() {
  if constexpr (is_guarded<Value> || is_leaf<Value>) {
    return true;
  } else if constexpr (described<Value>) {
    return []<class... Description>(std::tuple<Description...>*) {
      return (holds_leaves_alone<typename Description::member_type>() && ...);
    }(static_cast<decltype(Value::fields())*>(nullptr));
  } else {
    return false;
  }
}

template <class Value>
consteval std::size_t count_leaves() {
  if constexpr (is_guarded<Value>) {
    return 0;
  } else if constexpr (is_leaf<Value>) {
    return 1;
  } else {
    return []<class... Description>(std::tuple<Description...>*) {
      return (std::size_t{0} + ... + count_leaves<typename Description::member_type>());
    }(static_cast<decltype(Value::fields())*>(nullptr));
  }
}

template <class Payload>
consteval bool is_packed() {
  if constexpr (requires { Payload::packed; }) {
    static_assert(!Payload::packed || holds_leaves_alone<Payload>(),
                  "overt: a payload that says `packed` holds numbers, moments, closed vocabularies, records "
                  "of these, and guarded members");
    return Payload::packed;
  } else {
    return false;
  }
}

} // namespace detail

/// A payload that says `static constexpr bool packed = true;`: its events are kept in columns, as long as
/// nothing guarded in them was disclosed (see `fits`).
template <class Payload>
concept packed_payload = payload<Payload> && detail::is_packed<Payload>();

/// How many numbers a row of this payload has, beside those of every row.
template <packed_payload Payload>
inline constexpr std::size_t leaf_count = detail::count_leaves<Payload>();

/// Calls `visit(leaf)` for each member that is one number, from the first to the last, in records too.
/// Guarded members are left out.
template <class Value, class Visit>
constexpr void for_each_leaf(Value& value, Visit&& visit) {
  using type = std::remove_const_t<Value>;
  if constexpr (is_guarded<type>) {
    return;
  } else if constexpr (detail::is_leaf<type>) {
    visit(value);
  } else {
    for_each_field(value, [&](auto const&, auto& member) { for_each_leaf(member, visit); });
  }
}

/// A leaf as 64 bits, in two's complement.
template <class Leaf>
[[nodiscard]] constexpr std::uint64_t to_bits(Leaf value) noexcept {
  if constexpr (std::same_as<Leaf, timestamp>) {
    return static_cast<std::uint64_t>(value.ns);
  } else if constexpr (std::is_enum_v<Leaf>) {
    return static_cast<std::uint64_t>(static_cast<std::underlying_type_t<Leaf>>(value));
  } else {
    return static_cast<std::uint64_t>(value);
  }
}

/// The inverse; only for bits that the leaf's column `holds`.
template <class Leaf>
[[nodiscard]] constexpr Leaf from_bits(std::uint64_t bits) noexcept {
  if constexpr (std::same_as<Leaf, timestamp>) {
    return {static_cast<std::int64_t>(bits)};
  } else if constexpr (std::is_enum_v<Leaf>) {
    return static_cast<Leaf>(static_cast<std::underlying_type_t<Leaf>>(bits));
  } else if constexpr (std::same_as<Leaf, bool>) {
    return bits != 0;
  } else {
    return static_cast<Leaf>(bits);
  }
}

namespace detail {

/// Whether something guarded is disclosed, or a value is in no vocabulary (which only a cast can make).
template <class Value>
[[nodiscard]] constexpr bool has_more_than_leaves(Value const& value) noexcept {
  if constexpr (is_guarded<Value>) {
    return value.disclosed() != nullptr;
  } else if constexpr (named_enum<Value>) {
    return to_bits(value) >= enumerators(Value{}).size();
  } else if constexpr (named_flags<Value>) {
    return to_bits(value) >> flags(Value{}).size() != 0;
  } else if constexpr (is_leaf<Value>) {
    return false;
  } else {
    bool found = false;
    for_each_field(value,
                   [&](auto const&, auto const& member) { found = found || has_more_than_leaves(member); });
    return found;
  }
}

} // namespace detail

/// Whether a row tells all that may be told of it. A payload of which a guarded member is disclosed does not
/// fit: it stays a message.
template <packed_payload Payload>
[[nodiscard]] constexpr bool fits(Payload const& payload) noexcept {
  return !detail::has_more_than_leaves(payload);
}

} // namespace overt::inline v0::sink::packed
