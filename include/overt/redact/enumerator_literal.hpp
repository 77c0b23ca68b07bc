#pragma once

#include <array>
#include <cstddef>

#include <overt/event/enumerators.hpp>
#include <overt/event/literal.hpp>

namespace overt::inline v0::redact {

namespace detail {

template <named_enum Enum>
consteval auto literals_of_enumerators() {
  constexpr auto names = enumerators(Enum{});
  std::array<literal, names.size()> made{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    made[i] = literal{names[i]};
  }
  return made;
}

} // namespace detail

/// The name of a value as a literal, which notes and replacements take: a closed vocabulary carries nothing.
template <named_enum Enum>
[[nodiscard]] constexpr literal literal_of(Enum value) noexcept {
  constexpr auto names = detail::literals_of_enumerators<Enum>();
  auto const index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : literal{"?"};
}

} // namespace overt::inline v0::redact
