#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/event/key.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::dataset {

/// What a trace tells of a key.
struct key_facts {
  key_class kind = key_class::unknown;
  modifiers held = modifiers::none;
  std::uint16_t device = 0;
  std::optional<std::uint16_t> usage{};
  std::optional<key_symbol> symbol{};
  std::optional<std::string_view> entered{}; ///< as long as the event lasts

  [[nodiscard]] static key_facts of(key const& what) noexcept {
    key_facts facts{.kind = what.kind, .held = what.held, .device = what.device};
    if (auto const* const usage = what.usage.disclosed()) {
      facts.usage = *usage;
    }
    if (auto const* const symbol = what.symbol.disclosed()) {
      facts.symbol = *symbol;
    }
    if (auto const* const entered = what.entered.disclosed()) {
      facts.entered = entered->view();
    }
    return facts;
  }

  /// Whether it is a command and no character. Some systems report AltGr, which makes characters, as Control
  /// and Alt.
  [[nodiscard]] bool is_shortcut() const noexcept {
    return commands(held) && !(has_all(held, modifiers::control | modifiers::alt) && enters_characters());
  }

  /// Enter, Tab and Backspace enter control characters, on some systems; these are no text.
  [[nodiscard]] bool enters_characters() const noexcept {
    if (!entered || entered->empty()) {
      return false;
    }
    auto const first = static_cast<unsigned char>(entered->front());
    return first >= 0x20 && first != 0x7f;
  }

  /// Whether it writes something, and nobody may know what.
  [[nodiscard]] bool enters_something_withheld() const noexcept {
    return !entered && !symbol &&
           (kind == key_class::letter || kind == key_class::digit || kind == key_class::punctuation);
  }
};

/// Whether a release or repetition can be one of the key that was pressed. By the physical key where it was
/// told; else by what it means, which Shift may have changed in between; else by its class.
[[nodiscard]] inline bool same_key(key_facts const& pressed, key_facts const& later) noexcept {
  if (pressed.device != later.device ||
      (pressed.kind == key_class::modifier) != (later.kind == key_class::modifier)) {
    return false;
  }
  if (pressed.usage && later.usage) {
    return *pressed.usage == *later.usage;
  }
  if (pressed.symbol && later.symbol) {
    auto const lower = [](key_symbol symbol) {
      auto const keysym = symbol.keysym;
      return keysym >= 'A' && keysym <= 'Z' ? keysym + ('a' - 'A') : keysym;
    };
    return lower(*pressed.symbol) == lower(*later.symbol);
  }
  return pressed.kind == later.kind;
}

} // namespace overt::inline v0::dataset
