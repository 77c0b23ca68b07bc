#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/arena_string.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/ui_role.hpp>

namespace overt::inline v0 {

/// What a part of the screen is to those who decide whether it may be seen.
enum class screen_part : std::uint8_t {
  secret,   ///< a password, or a field that nothing could judge
  entry,    ///< one line of a text that the person is changing, or may change
  text,     ///< one line of any other text that a program shows: an item, a cell, a message
  label,    ///< what a control is called; without a text, the icon that it has instead
  image,    ///< a picture, a canvas, whatever is drawn without saying what it is
  foreign,  ///< what was not agreed to: a page of another site
  unread,   ///< a part that could not be read in time
  unplaced, ///< a secret or a text of a window that does not say where on the screen it is
};

constexpr auto enumerators(screen_part) {
  return std::array<std::string_view, 8>{"secret", "entry",   "text",   "label",
                                         "image",  "foreign", "unread", "unplaced"};
}

/// A part of a picture, as accessibility tells of it. In memory only, beside the pixels: it is what a policy
/// judges them by, and it is wiped with them.
///
/// A text of several lines is one element for each line that can be seen; all lines of one text have its
/// number in `group`, in their order, so that what is split between two of them is found (see
/// `redact::pixels`).
struct screen_element {
  rectangle where{};                ///< on the desktop; for `unplaced` the inside of its window
  std::vector<rectangle> visible{}; ///< the parts of it over which no other window lies; none: all of it
  screen_part what = screen_part::unread;
  ui_role role = ui_role::unknown;
  bool focused = false;      ///< the keyboard goes there; of a text with lines, the one with the caret
  bool conversation = false; ///< in a window or page that other people write into (see `is_conversation`)
  std::uint32_t group = 0;
  arena_string text{}; ///< what stands there; empty for `secret`, `image`, `foreign`, `unread` and icons
};

} // namespace overt::inline v0
