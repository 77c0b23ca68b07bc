#pragma once

#include <overt/event/key.hpp>

namespace overt::inline v0::redact {

/// Whether a key puts something into a field, or may: then it is content. A key without a class is one that
/// may.
[[nodiscard]] constexpr bool is_typing(key const& what) noexcept {
  switch (what.kind) {
  case key_class::unknown: return true;
  case key_class::letter:
  case key_class::digit:
  case key_class::punctuation:
  case key_class::dead: return !commands(what.held);
  default: return false;
  }
}

/// Whether a key may be part of a character's number while modifiers are held (Ctrl+Shift+U and hexadecimal
/// digits, Alt and the number pad): typing in disguise. Nobody can tell Ctrl+Shift+C from the digit C of such
/// a number, so both are typing.
[[nodiscard]] constexpr bool may_enter_by_number(key const& what, key_symbol symbol) noexcept {
  auto const is_hexadecimal_letter =
      (symbol.keysym >= 'a' && symbol.keysym <= 'f') || (symbol.keysym >= 'A' && symbol.keysym <= 'F');
  bool const unicode = has_all(what.held, modifiers::control | modifiers::shift);
  return (what.kind == key_class::digit && (unicode || has_all(what.held, modifiers::alt))) ||
         (is_hexadecimal_letter && unicode);
}

} // namespace overt::inline v0::redact
