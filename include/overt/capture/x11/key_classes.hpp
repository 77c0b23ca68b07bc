#pragma once

#include <array>
#include <cstdint>

#include <overt/event/key.hpp>

namespace overt::inline v0::capture::x11 {

/// The class of a character that a key stands for.
[[nodiscard]] constexpr key_class class_of_character(std::uint32_t character) noexcept {
  struct range {
    std::uint32_t first;
    std::uint32_t last;
  };
  constexpr auto digits = std::to_array<range>(
      {{'0', '9'}, {0x660, 0x669}, {0x6f0, 0x6f9}, {0x966, 0x96f}, {0xe50, 0xe59}, {0xff10, 0xff19}});
  // Blocks of signs rather than letters. What is in doubt is a letter, which is withheld more strictly.
  constexpr auto signs = std::to_array<range>({{0x20, 0x40},
                                               {0x5b, 0x60},
                                               {0x7b, 0x7e},
                                               {0xa0, 0xa9},
                                               {0xab, 0xb4},
                                               {0xb6, 0xb9},
                                               {0xbb, 0xbf},
                                               {0xd7, 0xd7},
                                               {0xf7, 0xf7},
                                               {0x2000, 0x2bff},
                                               {0x3000, 0x3004},
                                               {0x3008, 0x3020},
                                               {0xfe10, 0xfe6f},
                                               {0xff01, 0xff0f}});
  if (character < 0x20 || (character >= 0x7f && character < 0xa0)) {
    return key_class::unknown;
  }
  for (auto const& block : digits) {
    if (character >= block.first && character <= block.last) {
      return key_class::digit;
    }
  }
  for (auto const& block : signs) {
    if (character >= block.first && character <= block.last) {
      return key_class::punctuation;
    }
  }
  return key_class::letter;
}

/// What a key is for. `keysym` is the symbol under the layout (X.Org keysymdef.h), `character` the Unicode
/// character that it stands for, or 0.
[[nodiscard]] constexpr key_class class_of_key(std::uint32_t keysym, std::uint32_t character) noexcept {
  auto const within = [keysym](std::uint32_t first, std::uint32_t last) {
    return keysym >= first && keysym <= last;
  };
  switch (keysym) {
  case 0: return key_class::unknown;
  case 0xff08:                               // BackSpace
  case 0xff0b:                               // Clear
  case 0xff63:                               // Insert
  case 0xff65:                               // Undo
  case 0xff66:                               // Redo
  case 0xff9e:                               // KP_Insert
  case 0xff9f:                               // KP_Delete
  case 0xffff: return key_class::editing;    // Delete
  case 0xff09:                               // Tab
  case 0xff1b:                               // Escape
  case 0xff89:                               // KP_Tab
  case 0xfe20: return key_class::navigation; // ISO_Left_Tab
  case 0xff0a:                               // Linefeed
  case 0xff0d:                               // Return
  case 0xff8d:                               // KP_Enter
  case 0xfe34: return key_class::enter;      // ISO_Enter
  case 0xff20: return key_class::dead;       // Multi_key, "Compose"
  case 0xff14:                               // Scroll_Lock
  case 0xff7e:                               // Mode_switch
  case 0xff7f: return key_class::modifier;   // Num_Lock
  case 0xff13:                               // Pause
  case 0xff15: return key_class::function;   // Sys_Req
  default: break;
  }
  if (within(0xfe50, 0xfe93)) {
    return key_class::dead;
  }
  if (within(0xffe1, 0xffee) || within(0xfe01, 0xfe13)) {
    return key_class::modifier;
  }
  if (within(0xff50, 0xff58) || within(0xff95, 0xff9d)) {
    return key_class::navigation;
  }
  if (within(0xffb0, 0xffb9)) {
    return key_class::digit;
  }
  if (within(0xffaa, 0xffaf) || keysym == 0xffbd || keysym == 0xff80) {
    return key_class::punctuation;
  }
  if (within(0xffbe, 0xffe0) || within(0xff60, 0xff6b) || within(0xff91, 0xff94) ||
      within(0x10080001, 0x1008ffff)) {
    return key_class::function;
  }
  return character == 0 ? key_class::unknown : class_of_character(character);
}

/// Whether what a key press enters may be called text: control characters are keys, not characters.
[[nodiscard]] constexpr bool is_text(std::uint32_t character) noexcept {
  return character >= 0x20 && !(character >= 0x7f && character < 0xa0);
}

} // namespace overt::inline v0::capture::x11
