#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace overt::inline v0 {

/// The unit a number is in, for schemas and for a reader of the documentation.
enum class unit : std::uint8_t {
  none,
  nanoseconds,
  pixels,
  v120,
  bytes,
  count,
  hid_usage,
  hertz,
  percent,
  event_number, ///< other events: their numbers in memory, their sequence numbers in a trace
};

constexpr auto enumerators(unit) {
  return std::array<std::string_view, 10>{"none",  "ns",        "px", "1/120 notch", "bytes",
                                          "count", "HID usage", "Hz", "percent",     "seq"};
}

/// One described member of a payload: its name in traces, where it is, and its unit.
template <class Owner, class Member>
struct field_description {
  using member_type = Member;

  std::string_view name;
  Member Owner::* member;
  overt::unit unit;
};

/// Describes one member: `field("x", &pointer_move::x, unit::pixels)`.
template <class Owner, class Member>
[[nodiscard]] constexpr auto field(std::string_view name, Member Owner::* member, unit in = unit::none) {
  return field_description<Owner, Member>{name, member, in};
}

/// All members, in the order in which they are written. A payload has a static function of this name:
///
///     static constexpr auto fields() { return overt::fields(overt::field("x", &mine::x)); }
template <class... Owner, class... Member>
[[nodiscard]] constexpr auto fields(field_description<Owner, Member>... descriptions) {
  return std::tuple<field_description<Owner, Member>...>{descriptions...};
}

/// A type that describes its members.
template <class Type>
concept described = requires { std::remove_cvref_t<Type>::fields(); };

/// Calls `visit(description, member)` for each described member, in order.
template <described Type, class Visit>
constexpr void for_each_field(Type& object, Visit&& visit) {
  std::apply([&](auto const&... description) { (visit(description, object.*(description.member)), ...); },
             std::remove_cvref_t<Type>::fields());
}

} // namespace overt::inline v0
