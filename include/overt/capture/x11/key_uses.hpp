#pragma once

#include <overt/capture/input_hint.hpp>
#include <overt/event/key.hpp>

namespace overt::inline v0::capture::x11 {

/// What a key may do to the element with the focus, by its class and symbol (X11 keysyms).
[[nodiscard]] constexpr key_use use_of(key_class kind, modifiers held, key_symbol symbol) noexcept {
  constexpr std::uint32_t backspace = 0xff08;
  constexpr std::uint32_t insert = 0xff63;
  constexpr std::uint32_t erase = 0xffff;
  constexpr std::uint32_t tab = 0xff09;
  constexpr std::uint32_t left_tab = 0xfe20; // what Shift makes of Tab
  constexpr std::uint32_t keypad_tab = 0xff89;
  constexpr std::uint32_t escape = 0xff1b;
  bool const control = has_all(held, modifiers::control);
  bool const shift = has_all(held, modifiers::shift);
  auto const letter = symbol.keysym | 0x20u; // the lower case of a Latin letter
  if (kind == key_class::modifier) {
    return key_use::modifier;
  }
  if (symbol.keysym == insert && (control || shift)) {
    return control ? key_use::copy : key_use::paste;
  }
  if (symbol.keysym == erase && shift) {
    return key_use::cut;
  }
  if (control && kind == key_class::letter && (letter == 'c' || letter == 'x' || letter == 'v')) {
    return letter == 'c' ? key_use::copy : letter == 'x' ? key_use::cut : key_use::paste;
  }
  if (symbol.keysym == tab || symbol.keysym == left_tab || symbol.keysym == keypad_tab) {
    return key_use::tab; // with Control too: it moves to another page
  }
  if (commands(held) && kind != key_class::editing) {
    return key_use::command;
  }
  switch (kind) {
  case key_class::unknown:
  case key_class::letter:
  case key_class::digit:
  case key_class::dead: return key_use::enters;
  case key_class::punctuation: return symbol.keysym == ' ' ? key_use::space : key_use::enters;
  case key_class::editing:
    return symbol.keysym == backspace || symbol.keysym == erase ? key_use::erases : key_use::other;
  case key_class::enter: return key_use::enter;
  case key_class::navigation: return symbol.keysym == escape ? key_use::escape : key_use::arrow;
  default: return key_use::other;
  }
}

} // namespace overt::inline v0::capture::x11
