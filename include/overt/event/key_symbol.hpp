#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/detail/utf8.hpp>
#include <overt/event/short_text.hpp>

namespace overt::inline v0 {

/// What a key means under the current layout, as an X11 keysym number (X.Org keysymdef.h; the same numbers
/// that xkbcommon, Wayland and RFB use). Other backends translate to it.
struct key_symbol {
  using plain_bytes = void;

  std::uint32_t keysym = 0;

  friend constexpr bool operator==(key_symbol, key_symbol) = default;
};

namespace detail {

struct named_keysym {
  std::uint32_t keysym;
  std::string_view name;
};

/// The keys that have a name rather than a character, as keysymdef.h and xdotool spell them. Sorted by
/// number.
inline constexpr auto named_keysyms = std::to_array<named_keysym>({
    {0x0020, "space"},
    {0xfe03, "ISO_Level3_Shift"},
    {0xfe08, "ISO_Next_Group"},
    {0xfe0a, "ISO_Prev_Group"},
    {0xfe20, "ISO_Left_Tab"},
    {0xfe50, "dead_grave"},
    {0xfe51, "dead_acute"},
    {0xfe52, "dead_circumflex"},
    {0xfe53, "dead_tilde"},
    {0xfe54, "dead_macron"},
    {0xfe55, "dead_breve"},
    {0xfe56, "dead_abovedot"},
    {0xfe57, "dead_diaeresis"},
    {0xfe58, "dead_abovering"},
    {0xfe59, "dead_doubleacute"},
    {0xfe5a, "dead_caron"},
    {0xfe5b, "dead_cedilla"},
    {0xfe5c, "dead_ogonek"},
    {0xff08, "BackSpace"},
    {0xff09, "Tab"},
    {0xff0a, "Linefeed"},
    {0xff0d, "Return"},
    {0xff13, "Pause"},
    {0xff14, "Scroll_Lock"},
    {0xff1b, "Escape"},
    {0xff20, "Multi_key"},
    {0xff50, "Home"},
    {0xff51, "Left"},
    {0xff52, "Up"},
    {0xff53, "Right"},
    {0xff54, "Down"},
    {0xff55, "Page_Up"},
    {0xff56, "Page_Down"},
    {0xff57, "End"},
    {0xff61, "Print"},
    {0xff63, "Insert"},
    {0xff67, "Menu"},
    {0xff7e, "Mode_switch"},
    {0xff7f, "Num_Lock"},
    {0xff80, "KP_Space"},
    {0xff89, "KP_Tab"},
    {0xff8d, "KP_Enter"},
    {0xff95, "KP_Home"},
    {0xff96, "KP_Left"},
    {0xff97, "KP_Up"},
    {0xff98, "KP_Right"},
    {0xff99, "KP_Down"},
    {0xff9a, "KP_Page_Up"},
    {0xff9b, "KP_Page_Down"},
    {0xff9c, "KP_End"},
    {0xff9d, "KP_Begin"},
    {0xff9e, "KP_Insert"},
    {0xff9f, "KP_Delete"},
    {0xffaa, "KP_Multiply"},
    {0xffab, "KP_Add"},
    {0xffac, "KP_Separator"},
    {0xffad, "KP_Subtract"},
    {0xffae, "KP_Decimal"},
    {0xffaf, "KP_Divide"},
    {0xffb0, "KP_0"},
    {0xffb1, "KP_1"},
    {0xffb2, "KP_2"},
    {0xffb3, "KP_3"},
    {0xffb4, "KP_4"},
    {0xffb5, "KP_5"},
    {0xffb6, "KP_6"},
    {0xffb7, "KP_7"},
    {0xffb8, "KP_8"},
    {0xffb9, "KP_9"},
    {0xffbd, "KP_Equal"},
    {0xffbe, "F1"},
    {0xffbf, "F2"},
    {0xffc0, "F3"},
    {0xffc1, "F4"},
    {0xffc2, "F5"},
    {0xffc3, "F6"},
    {0xffc4, "F7"},
    {0xffc5, "F8"},
    {0xffc6, "F9"},
    {0xffc7, "F10"},
    {0xffc8, "F11"},
    {0xffc9, "F12"},
    {0xffe1, "Shift_L"},
    {0xffe2, "Shift_R"},
    {0xffe3, "Control_L"},
    {0xffe4, "Control_R"},
    {0xffe5, "Caps_Lock"},
    {0xffe6, "Shift_Lock"},
    {0xffe7, "Meta_L"},
    {0xffe8, "Meta_R"},
    {0xffe9, "Alt_L"},
    {0xffea, "Alt_R"},
    {0xffeb, "Super_L"},
    {0xffec, "Super_R"},
    {0xffed, "Hyper_L"},
    {0xffee, "Hyper_R"},
    {0xffff, "Delete"},
});

} // namespace detail

/// The character a keysym stands for by itself, or 0: Latin-1 keysyms are their own character, and those from
/// 0x01000100 on carry a Unicode number (keysymdef.h, "Unicode keysyms"). Older national keysyms have to be
/// converted by the backend, which knows how.
[[nodiscard]] constexpr std::uint32_t character_of(key_symbol symbol) noexcept {
  auto const value = symbol.keysym;
  if ((value >= 0x20 && value <= 0x7e) || (value >= 0xa0 && value <= 0xff)) {
    return value;
  }
  auto const unicode = value - 0x0100'0000;
  bool const surrogate = unicode >= 0xd800 && unicode <= 0xdfff; // no characters, whatever a keymap says
  return value >= 0x0100'0100 && value <= 0x0110'ffff && !surrogate ? unicode : 0;
}

/// The symbol for a Unicode character.
[[nodiscard]] constexpr key_symbol symbol_of_character(std::uint32_t character) noexcept {
  auto const latin1 = (character >= 0x20 && character <= 0x7e) || (character >= 0xa0 && character <= 0xff);
  return {latin1 ? character : character + 0x0100'0000};
}

using key_name = short_text<20>;

/// "Return", "s", "é", or "keysym 0x1008ff13" for one without a name here.
[[nodiscard]] constexpr key_name name_of(key_symbol symbol) noexcept {
  auto const* const found = std::lower_bound(
      detail::named_keysyms.begin(), detail::named_keysyms.end(), symbol.keysym,
      [](detail::named_keysym const& entry, std::uint32_t keysym) { return entry.keysym < keysym; });
  if (found != detail::named_keysyms.end() && found->keysym == symbol.keysym) {
    return *key_name::from(found->name);
  }
  std::array<char, 18> text{};
  std::size_t length = 0;
  if (auto const character = character_of(symbol); character != 0) {
    length = detail::encode_utf8(character, text.data());
  } else {
    for (char const letter : std::string_view{"keysym 0x"}) {
      text[length++] = letter;
    }
    bool leading = true;
    for (int shift = 28; shift >= 0; shift -= 4) {
      auto const digit = (symbol.keysym >> shift) & 0xf;
      leading = leading && digit == 0 && shift > 0;
      if (!leading) {
        text[length++] = "0123456789abcdef"[digit];
      }
    }
  }
  return *key_name::from({text.data(), length});
}

/// The inverse of `name_of`; nothing for a name that is none.
[[nodiscard]] constexpr std::optional<key_symbol> symbol_named(std::string_view name) noexcept {
  for (auto const& entry : detail::named_keysyms) {
    if (entry.name == name) {
      return key_symbol{entry.keysym};
    }
  }
  constexpr std::string_view prefix = "keysym 0x";
  if (name.starts_with(prefix) && name.size() > prefix.size() && name.size() <= prefix.size() + 8) {
    std::uint32_t keysym = 0;
    for (char const letter : name.substr(prefix.size())) {
      auto const digit = std::string_view{"0123456789abcdef"}.find(letter);
      if (digit == std::string_view::npos) {
        return std::nullopt;
      }
      keysym = keysym * 16 + static_cast<std::uint32_t>(digit);
    }
    return key_symbol{keysym};
  }
  auto const decoded = detail::decode_utf8(name);
  if (decoded.size == 0 || decoded.size != name.size()) {
    return std::nullopt;
  }
  return symbol_of_character(decoded.character);
}

} // namespace overt::inline v0
