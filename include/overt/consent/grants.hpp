#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/event/enumerators.hpp>

namespace overt::inline v0::consent {

/// The kinds of event a person agreed to. What is not granted is not recorded.
///
/// A policy that lets a kind through says so (`static constexpr consent::grants needs =
/// consent::grants::screenshot;`), and the recorder refuses a chain that needs more than the receipt grants.
enum class grants : std::uint16_t {
  none = 0,
  key_semantic = 1u << 0, ///< the text of a field, and shortcuts
  key_shape = 1u << 1,    ///< that a key of some class was pressed
  pointer_click = 1u << 2,
  pointer_path = 1u << 3,
  scroll = 1u << 4,
  ui_element = 1u << 5,
  window_focus = 1u << 6,
  screenshot = 1u << 7,
  key_raw = 1u << 8,    ///< single keys, as they came
  raw_timing = 1u << 9, ///< the times of single keys
};

constexpr auto flags(grants) {
  return std::array<std::string_view, 10>{"key.semantic", "key.shape",  "pointer.click", "pointer.path",
                                          "scroll",       "ui.element", "window.focus",  "screenshot",
                                          "key.raw",      "timing.raw"};
}

// Operators are looked up in the namespace of their operands.
using v0::operator|;
using v0::operator&;

// For code outside the library, which looks for these beside the type.
using overt::operator|;
using overt::operator&;
using overt::has_all;
using overt::without;

/// The names of the flags in `set`, for a person: "key.semantic, scroll". "nothing" when it is empty.
[[nodiscard]] inline std::string list_of(grants set) {
  std::string list;
  auto bit = 1u;
  for (auto const name : flags(set)) {
    if ((static_cast<unsigned>(set) & bit) != 0) {
      list += list.empty() ? "" : ", ";
      list += name;
    }
    bit <<= 1;
  }
  return list.empty() ? "nothing" : list;
}

} // namespace overt::inline v0::consent
