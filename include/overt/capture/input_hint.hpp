#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/button.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture {

enum class hint_kind : std::uint8_t {
  pointer_moved,
  button_down,
  button_up,
  wheel,
  key_down,
  key_up,
  focus_moved, ///< keys go to another window from now on: one of `process`
  pictured,    ///< no input: a picture was taken while keys went to `process`, and waits to be confirmed
};

constexpr auto enumerators(hint_kind) {
  return std::array<std::string_view, 8>{"pointer_moved", "button_down", "button_up",   "wheel",
                                         "key_down",      "key_up",      "focus_moved", "pictured"};
}

/// What a key may do to the element that has the focus, without saying which key it is.
enum class key_use : std::uint8_t {
  other,
  modifier,
  enters, ///< puts a character into a field, or may
  erases, ///< Backspace, Delete
  space,
  enter,
  tab, ///< with Shift too
  escape,
  arrow,  ///< and Home, End, Page Up, Page Down
  copy,   ///< Ctrl+C, Ctrl+Insert
  cut,    ///< Ctrl+X, Shift+Delete
  paste,  ///< Ctrl+V, Shift+Insert
  command ///< any other key with Ctrl, Alt or Super
};

constexpr auto enumerators(key_use) {
  return std::array<std::string_view, 13>{"other",  "modifier", "enters", "erases", "space", "enter",  "tab",
                                          "escape", "arrow",    "copy",   "cut",    "paste", "command"};
}

/// A source of input tells the other sources of its session that something happened, so that they can look
/// at the element it went to while that element is still there. It is no event: nothing of it is recorded.
struct input_hint {
  hint_kind what = hint_kind::pointer_moved;
  timestamp time{};          ///< of the event
  std::uint64_t event = 0;   ///< its number, `event_header::produced`; 0: none was made
  std::uint32_t process = 0; ///< that it went to, as far as the source knows; 0: not known
  std::int32_t x = 0;        ///< the pointer, in pixels of the desktop
  std::int32_t y = 0;
  rectangle window{}; ///< of the toplevel window under the pointer, without its frame
  button_name which = button_name::left;
  key_use use = key_use::other;
};

} // namespace overt::inline v0::capture
