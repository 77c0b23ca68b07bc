#pragma once

#include <overt/event/key.hpp>

namespace overt::inline v0::redact {

/// Whether modifiers are held that make a key a command rather than a character. AltGr makes characters.
[[nodiscard]] constexpr bool commands(modifiers held) noexcept {
  return (held & (modifiers::control | modifiers::alt | modifiers::super)) != modifiers::none;
}

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

/// Whether a key is entered by its number while modifiers are held (Ctrl+Shift+U and hexadecimal digits, Alt
/// and the number pad): typing in disguise.
[[nodiscard]] constexpr bool may_enter_by_number(key const& what) noexcept {
  return what.kind == key_class::digit &&
         (has_all(what.held, modifiers::control | modifiers::shift) || has_all(what.held, modifiers::alt));
}

} // namespace overt::inline v0::redact
