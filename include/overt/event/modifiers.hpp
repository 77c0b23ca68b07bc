#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/enumerators.hpp>

namespace overt::inline v0 {

/// The modifiers in force when a key or button went down. Left and right are not told apart: which hand
/// somebody uses is theirs. `alt_graph` is the third level of a layout, which makes characters, not
/// shortcuts.
enum class modifiers : std::uint8_t {
  none = 0,
  shift = 1,
  control = 2,
  alt = 4,
  super = 8,
  alt_graph = 16,
  caps_lock = 32,
  num_lock = 64,
};

constexpr auto flags(modifiers) {
  return std::array<std::string_view, 7>{"shift",     "control",   "alt",     "super",
                                         "alt_graph", "caps_lock", "num_lock"};
}

/// Whether modifiers are held that make a key a command rather than a character. AltGr makes characters.
[[nodiscard]] constexpr bool commands(modifiers held) noexcept {
  return (held & (modifiers::control | modifiers::alt | modifiers::super)) != modifiers::none;
}

} // namespace overt::inline v0
