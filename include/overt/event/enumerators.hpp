#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace overt::inline v0 {

/// An enumeration whose values have names in traces, which makes it a closed vocabulary.
///
/// Beside the enumeration stands a function found through its namespace that lists the names in the order of
/// the values, which count up from zero:
///
///     enum class key_phase : std::uint8_t { press, repeat, release };
///     constexpr auto enumerators(key_phase) { return std::array<std::string_view, 3>{"press", "repeat",
///     "release"}; }
template <class Enum>
concept named_enum = std::is_enum_v<Enum> && requires(Enum value) {
  { enumerators(value)[0] } -> std::convertible_to<std::string_view>;
};

/// A set of named bits: as above, with `flags(value)` listing the names from the lowest bit upwards.
template <class Enum>
concept named_flags = std::is_enum_v<Enum> && requires(Enum value) {
  { flags(value)[0] } -> std::convertible_to<std::string_view>;
};

/// The name of a value; "?" for one that is not in the vocabulary (which only a cast can make).
template <named_enum Enum>
[[nodiscard]] constexpr std::string_view name_of(Enum value) {
  constexpr auto names = enumerators(Enum{});
  auto const index = static_cast<std::size_t>(value);
  return index < names.size() ? std::string_view{names[index]} : std::string_view{"?"};
}

/// Finds the value with this name. Returns false, and leaves `value` alone, when there is none.
template <named_enum Enum>
[[nodiscard]] constexpr bool value_named(std::string_view name, Enum& value) {
  constexpr auto names = enumerators(Enum{});
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (names[index] == name) {
      value = static_cast<Enum>(index);
      return true;
    }
  }
  return false;
}

/// `|` and `&` for a set of flags. In a namespace of their own, flags bring them along: `using
/// overt::operator|;`.
template <named_flags Enum>
[[nodiscard]] constexpr Enum operator|(Enum a, Enum b) {
  using bits = std::underlying_type_t<Enum>;
  return static_cast<Enum>(static_cast<bits>(static_cast<bits>(a) | static_cast<bits>(b)));
}

template <named_flags Enum>
[[nodiscard]] constexpr Enum operator&(Enum a, Enum b) {
  using bits = std::underlying_type_t<Enum>;
  return static_cast<Enum>(static_cast<bits>(static_cast<bits>(a) & static_cast<bits>(b)));
}

template <named_flags Enum>
[[nodiscard]] constexpr bool has_all(Enum set, Enum wanted) {
  return (set & wanted) == wanted;
}

/// The flags of `set` that are not in `taken`.
template <named_flags Enum>
[[nodiscard]] constexpr Enum without(Enum set, Enum taken) {
  using bits = std::underlying_type_t<Enum>;
  return static_cast<Enum>(
      static_cast<bits>(static_cast<bits>(set) & static_cast<bits>(~static_cast<bits>(taken))));
}

} // namespace overt::inline v0
