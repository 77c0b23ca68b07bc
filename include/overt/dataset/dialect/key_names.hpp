#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/dataset/export/export_terms.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::dataset {

namespace detail {

/// What the dialects call a key; empty where one has no name for it. xdotool takes the names of keysyms.
struct key_spelling {
  std::uint32_t keysym;
  std::string_view pyautogui;
  std::string_view xdotool;
  std::string_view openai;
};

inline constexpr auto key_spellings = std::to_array<key_spelling>({
    {0x0020, "space", "space", "SPACE"},
    {0xff08, "backspace", "BackSpace", "BACKSPACE"},
    {0xff09, "tab", "Tab", "TAB"},
    {0xfe20, "tab", "Tab", "TAB"}, // what Tab means while Shift is held
    {0xff0d, "enter", "Return", "ENTER"},
    {0xff8d, "", "KP_Enter", ""},
    {0xff13, "pause", "Pause", ""},
    {0xff14, "scrolllock", "Scroll_Lock", ""},
    {0xff1b, "esc", "Escape", "ESC"},
    {0xff50, "home", "Home", "HOME"},
    {0xff51, "left", "Left", "ARROWLEFT"},
    {0xff52, "up", "Up", "ARROWUP"},
    {0xff53, "right", "Right", "ARROWRIGHT"},
    {0xff54, "down", "Down", "ARROWDOWN"},
    {0xff55, "pageup", "Page_Up", "PAGEUP"},
    {0xff56, "pagedown", "Page_Down", "PAGEDOWN"},
    {0xff57, "end", "End", "END"},
    {0xff61, "printscreen", "Print", ""},
    {0xff63, "insert", "Insert", "INSERT"},
    {0xff67, "apps", "Menu", ""},
    {0xff7f, "numlock", "Num_Lock", ""},
    {0xffaa, "multiply", "KP_Multiply", ""},
    {0xffab, "add", "KP_Add", ""},
    {0xffac, "separator", "KP_Separator", ""},
    {0xffad, "subtract", "KP_Subtract", ""},
    {0xffae, "decimal", "KP_Decimal", ""},
    {0xffaf, "divide", "KP_Divide", ""},
    {0xffb0, "num0", "KP_0", ""},
    {0xffb1, "num1", "KP_1", ""},
    {0xffb2, "num2", "KP_2", ""},
    {0xffb3, "num3", "KP_3", ""},
    {0xffb4, "num4", "KP_4", ""},
    {0xffb5, "num5", "KP_5", ""},
    {0xffb6, "num6", "KP_6", ""},
    {0xffb7, "num7", "KP_7", ""},
    {0xffb8, "num8", "KP_8", ""},
    {0xffb9, "num9", "KP_9", ""},
    {0xffbe, "f1", "F1", "F1"},
    {0xffbf, "f2", "F2", "F2"},
    {0xffc0, "f3", "F3", "F3"},
    {0xffc1, "f4", "F4", "F4"},
    {0xffc2, "f5", "F5", "F5"},
    {0xffc3, "f6", "F6", "F6"},
    {0xffc4, "f7", "F7", "F7"},
    {0xffc5, "f8", "F8", "F8"},
    {0xffc6, "f9", "F9", "F9"},
    {0xffc7, "f10", "F10", "F10"},
    {0xffc8, "f11", "F11", "F11"},
    {0xffc9, "f12", "F12", "F12"},
    {0xffe1, "shiftleft", "Shift_L", "SHIFT"},
    {0xffe2, "shiftright", "Shift_R", ""},
    {0xffe3, "ctrlleft", "Control_L", "CTRL"},
    {0xffe4, "ctrlright", "Control_R", ""},
    {0xffe5, "capslock", "Caps_Lock", "CAPSLOCK"},
    {0xffe9, "altleft", "Alt_L", "ALT"},
    {0xffea, "altright", "Alt_R", ""},
    {0xffeb, "winleft", "Super_L", "SUPER"},
    {0xffec, "winright", "Super_R", ""},
    {0xffff, "delete", "Delete", "DELETE"},
});

/// Names of keysyms of ASCII that is no letter or digit (keysymdef.h), for xdotool, in which `+` joins keys.
inline constexpr auto punctuation_keysyms = std::to_array<std::pair<char, std::string_view>>({
    {'!', "exclam"},       {'"', "quotedbl"},    {'#', "numbersign"},  {'$', "dollar"},
    {'%', "percent"},      {'&', "ampersand"},   {'\'', "apostrophe"}, {'(', "parenleft"},
    {')', "parenright"},   {'*', "asterisk"},    {'+', "plus"},        {',', "comma"},
    {'-', "minus"},        {'.', "period"},      {'/', "slash"},       {':', "colon"},
    {';', "semicolon"},    {'<', "less"},        {'=', "equal"},       {'>', "greater"},
    {'?', "question"},     {'@', "at"},          {'[', "bracketleft"}, {'\\', "backslash"},
    {']', "bracketright"}, {'^', "asciicircum"}, {'_', "underscore"},  {'`', "grave"},
    {'{', "braceleft"},    {'|', "bar"},         {'}', "braceright"},  {'~', "asciitilde"},
});

} // namespace detail

/// The name of a key; nothing where the dialect has none. A letter is named without its case, which Shift
/// makes: `modifier_names` has that.
[[nodiscard]] inline std::optional<std::string> key_name_in(action_dialect dialect, key_symbol symbol) {
  for (auto const& known : detail::key_spellings) {
    if (known.keysym == symbol.keysym) {
      auto const name = dialect == action_dialect::anthropic ? known.xdotool
                        : dialect == action_dialect::openai  ? known.openai
                                                             : known.pyautogui;
      return name.empty() ? std::nullopt : std::optional<std::string>{name};
    }
  }
  auto const character = character_of(symbol);
  if (character > 0x20 && character < 0x7f) {
    auto letter = static_cast<char>(character);
    bool const upper = letter >= 'A' && letter <= 'Z';
    bool const lower = letter >= 'a' && letter <= 'z';
    if (dialect == action_dialect::openai) {
      letter = static_cast<char>(lower ? letter - 'a' + 'A' : letter);
    } else {
      letter = static_cast<char>(upper ? letter - 'A' + 'a' : letter);
    }
    if (dialect == action_dialect::anthropic) {
      for (auto const& [sign, name] : detail::punctuation_keysyms) {
        if (sign == letter) {
          return std::string{name};
        }
      }
    }
    return std::string(1, letter);
  }
  if (character == 0 || dialect == action_dialect::pyautogui || dialect == action_dialect::ui_tars) {
    return std::nullopt; // PyAutoGUI has keys of ASCII alone, and ignores others without a word
  }
  if (dialect == action_dialect::anthropic) { // as Xlib names every character
    std::string name{"U"};
    for (int shift = character < 0x10000 ? 12 : 20; shift >= 0; shift -= 4) {
      name += "0123456789ABCDEF"[character >> shift & 15];
    }
    return name;
  }
  char bytes[4];
  return std::string{bytes, v0::detail::encode_utf8(character, bytes)};
}

/// The names of the modifiers that are held, in one order whatever the hand did. Locks are none. Nothing for
/// AltGr, which no dialect names.
[[nodiscard]] inline std::optional<std::vector<std::string>> modifier_names(action_dialect dialect,
                                                                            modifiers held) {
  if ((held & modifiers::alt_graph) != modifiers::none) {
    return std::nullopt;
  }
  bool const loud = dialect == action_dialect::openai;
  std::vector<std::string> names;
  auto const take = [&](modifiers one, std::string_view quiet, std::string_view upper) {
    if ((held & one) != modifiers::none) {
      names.emplace_back(loud ? upper : quiet);
    }
  };
  take(modifiers::control, "ctrl", "CTRL");
  take(modifiers::alt, "alt", "ALT");
  take(modifiers::shift, "shift", "SHIFT");
  take(modifiers::super, dialect == action_dialect::anthropic ? "super" : "win", "SUPER");
  return names;
}

} // namespace overt::inline v0::dataset
