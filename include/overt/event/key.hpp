#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/short_text.hpp>

namespace overt::inline v0 {

/// A repeat comes from the system, not from the person.
enum class key_phase : std::uint8_t { press, repeat, release };

constexpr auto enumerators(key_phase) {
  return std::array<std::string_view, 3>{"press", "repeat", "release"};
}

/// What a key is for, without saying which it is.
enum class key_class : std::uint8_t {
  unknown, ///< no class was found; never disclosed as a shortcut or navigation
  letter,
  digit,
  punctuation, ///< and space
  dead,        ///< dead keys and Compose: they make a later character
  navigation,  ///< arrows, Home, End, Page Up and Down, Tab, Escape
  editing,     ///< Backspace, Delete, Insert
  enter,
  function, ///< F1 and up, Print, Menu, media keys
  modifier,
};

constexpr auto enumerators(key_class) {
  return std::array<std::string_view, 10>{"unknown",    "letter",  "digit", "punctuation", "dead",
                                          "navigation", "editing", "enter", "function",    "modifier"};
}

/// What one key press puts into a field, UTF-8; empty for a key that puts nothing.
using entered_text = short_text<15>;

/// A key went down, repeated or came up.
struct key {
  key_phase phase = key_phase::press;
  key_class kind = key_class::unknown;
  modifiers held = modifiers::none; ///< at the moment of this event, before its own effect
  std::uint8_t layout = 0;          ///< the active layout group, from 0
  bool injected = false;            ///< made by a program, as far as the system tells
  std::uint16_t device = 0;         ///< a number for this session
  guarded<std::uint16_t> usage{};   ///< physical key: usage of HID page 0x07
  guarded<key_symbol> symbol{};     ///< what it means under the layout
  guarded<entered_text> entered{};  ///< after dead keys and Compose; on press and repeat only

  static constexpr std::string_view name = "key";
  static constexpr auto lane = input_lane::keyboard;
  static constexpr bool packed = true; // unless something of it was disclosed
  static constexpr auto fields() {
    return overt::fields(field("phase", &key::phase), field("kind", &key::kind), field("held", &key::held),
                         field("layout", &key::layout), field("injected", &key::injected),
                         field("device", &key::device), field("usage", &key::usage, unit::hid_usage),
                         field("symbol", &key::symbol), field("entered", &key::entered));
  }
};

} // namespace overt::inline v0
