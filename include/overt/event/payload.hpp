#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/detail/has_members.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0 {

namespace detail {

template <class Type>
inline constexpr bool is_vector = false;
template <class Element>
inline constexpr bool is_vector<std::vector<Element>> = true;

template <class Type>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;

template <class Type>
consteval bool is_closed_value();

template <class Type, std::size_t... Index>
consteval bool all_fields_are_closed(std::index_sequence<Index...>) {
  using description = decltype(Type::fields());
  return (is_closed_value<typename std::tuple_element_t<Index, description>::member_type>() && ...);
}

/// True for what a payload may hold: guarded content, numbers, closed vocabularies, and records and lists of
/// these.
template <class Type>
consteval bool is_closed_value() {
  if constexpr (is_guarded<Type> || named_enum<Type> || named_flags<Type> || std::same_as<Type, literal> ||
                std::same_as<Type, timestamp> || std::same_as<Type, bool>) {
    return true;
  } else if constexpr (std::same_as<Type, char> || std::same_as<Type, wchar_t> ||
                       std::same_as<Type, char8_t> || std::same_as<Type, char16_t> ||
                       std::same_as<Type, char32_t>) {
    return false; // characters are content
  } else if constexpr (std::integral<Type> || std::floating_point<Type>) {
    return true;
  } else if constexpr (is_vector<Type> || is_optional<Type>) {
    return is_closed_value<typename Type::value_type>();
  } else if constexpr (described<Type>) {
    return all_fields_are_closed<Type>(
        std::make_index_sequence<std::tuple_size_v<decltype(Type::fields())>>{});
  } else {
    return false;
  }
}

/// Whether two descriptions are of one member, or have one name.
template <class First, class Second>
consteval bool clash(First const& first, Second const& second) {
  if constexpr (std::same_as<First, Second>) {
    return first.name == second.name || first.member == second.member;
  } else {
    return first.name == second.name;
  }
}

template <class Type, std::size_t... Index>
consteval bool descriptions_differ(std::index_sequence<Index...>) {
  constexpr auto descriptions = Type::fields();
  [[maybe_unused]] auto const differs_from_later = [&]<std::size_t First>(
                                                       std::integral_constant<std::size_t, First>) {
    return ((Index <= First || !clash(std::get<First>(descriptions), std::get<Index>(descriptions))) && ...);
  };
  return (differs_from_later(std::integral_constant<std::size_t, Index>{}) && ...);
}

/// As many descriptions as members, and no two of the same: then none is left out.
template <class Type>
consteval bool every_member_described() {
  constexpr std::size_t most = 32;
  constexpr auto described = std::tuple_size_v<decltype(Type::fields())>;
  return described <= most && has_members<Type, described>() &&
         descriptions_differ<Type>(std::make_index_sequence<described>{});
}

template <class Type>
consteval bool leaves_header_names_alone() {
  auto const taken = [](std::string_view name) {
    return name == "seq" || name == "t" || name == "type" || name == "from" || name == "context" ||
           name == "crc";
  };
  return std::apply([&](auto const&... description) { return (!taken(description.name) && ...); },
                    Type::fields());
}

} // namespace detail

/// Every member is guarded content, a number or a closed vocabulary (or a record or list of these). A plain
/// `std::string` is none of them: nobody could withhold it.
template <class Type>
concept holds_no_plain_text = described<Type> && detail::is_closed_value<Type>();

/// Every member (32 at most) stands in `fields()`, once. One that does not could neither be withheld nor
/// written.
template <class Type>
concept describes_every_member = described<Type> && detail::every_member_described<Type>();

/// No member is named like one of the members that every event has in a trace.
template <class Type>
concept leaves_header_names_alone = described<Type> && detail::leaves_header_names_alone<Type>();

/// What can happen: an aggregate with a name, whose members are described and guarded.
template <class Type>
concept payload = std::is_aggregate_v<Type> && std::move_constructible<Type> && requires {
  { Type::name } -> std::convertible_to<std::string_view>;
} && holds_no_plain_text<Type> && describes_every_member<Type> && leaves_header_names_alone<Type>;

/// What kind of input a payload is, which decides whose context it has to wait for (see `settle`).
enum class input_lane : std::uint8_t {
  none,     ///< not input: a message of a backend about itself or the machine
  keyboard, ///< goes to the focused field
  pointer,  ///< goes to what is under the pointer
};

/// A payload says `static constexpr auto lane = input_lane::…;`. One that does not is treated as typing, the
/// strictest.
template <class Payload>
[[nodiscard]] consteval input_lane lane_of() {
  if constexpr (requires { Payload::lane; }) {
    return Payload::lane;
  } else {
    return input_lane::keyboard;
  }
}

/// A payload that is made out of other events says `static constexpr bool derived = true;`. It is told after
/// them, so that it neither begins nor ends a stretch of hidden input.
template <class Payload>
[[nodiscard]] consteval bool is_derived() {
  if constexpr (requires { Payload::derived; }) {
    return Payload::derived;
  } else {
    return false;
  }
}

/// A payload that has no place of its own, such as a picture, says `static constexpr bool follows_keyboard =
/// true;` and when it began, `timestamp began() const`. It goes where the keyboard went from then until its
/// time.
template <class Payload>
[[nodiscard]] consteval bool follows_keyboard() {
  if constexpr (requires { Payload::follows_keyboard; }) {
    return Payload::follows_keyboard;
  } else {
    return false;
  }
}

/// A payload may say `static constexpr bool expendable = true;`: a full ring drops it before anything else.
template <class Payload>
[[nodiscard]] consteval bool is_expendable() {
  if constexpr (requires { Payload::expendable; }) {
    return Payload::expendable;
  } else {
    return false;
  }
}

} // namespace overt::inline v0
