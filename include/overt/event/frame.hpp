#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0 {

/// Why a picture was taken. Several reasons at once: the first of them in this order.
enum class frame_reason : std::uint8_t {
  before_action, ///< the hand began to move, and the screen had changed since the last picture
  after_action,  ///< a click or a key that does something was done, and the screen came to rest
  focus,         ///< another window or field has the keyboard
  typing_pause,
  scroll_end,
  idle,   ///< the screen changed by itself and came to rest
  period, ///< none of these, for a long time
};

constexpr auto enumerators(frame_reason) {
  return std::array<std::string_view, 7>{"before_action", "after_action", "focus", "typing_pause",
                                         "scroll_end",    "idle",         "period"};
}

/// What became of it.
enum class frame_state : std::uint8_t {
  taken,
  screen_changed, ///< windows or what stands in them were not the same before and after: dropped
  unreadable,     ///< accessibility did not say in time what stands where: dropped
  unplaced,       ///< it holds something to be masked, and nobody knows where: dropped
  unrecognised,   ///< a second look (text recognition) failed: dropped
  no_room,        ///< too many pictures were under way, or there was no memory
};

constexpr auto enumerators(frame_state) {
  return std::array<std::string_view, 6>{"taken",    "screen_changed", "unreadable",
                                         "unplaced", "unrecognised",   "no_room"};
}

/// What the pointer looks like, as far as the theme's name for it says.
enum class cursor_shape : std::uint8_t { other, arrow, text, hand, wait, crosshair, move, resize, forbidden };

constexpr auto enumerators(cursor_shape) {
  return std::array<std::string_view, 9>{"other",     "arrow", "text",   "hand",     "wait",
                                         "crosshair", "move",  "resize", "forbidden"};
}

/// Where the pointer was when the picture was taken. It is not in the pixels unless that was asked for.
struct screen_cursor {
  std::int32_t x = 0;
  std::int32_t y = 0;
  cursor_shape shape = cursor_shape::other;

  static constexpr auto fields() {
    return overt::fields(field("x", &screen_cursor::x, unit::pixels),
                         field("y", &screen_cursor::y, unit::pixels), field("shape", &screen_cursor::shape));
  }
};

/// A picture of the agreed windows: why it was taken, what it covers, what was masked and how old it is.
///
/// Its context is that of the window that had the keyboard; the picture shows the agreed windows of all
/// programs.
struct frame {
  frame_reason reason = frame_reason::period;
  frame_state state = frame_state::taken;
  timestamp grabbed{};             ///< when the pixels were read; the event's time is when it was checked
  rectangle covers{};              ///< a monitor; one pixel of the picture for each of its own
  std::vector<rectangle> shown{};  ///< the windows in it, from the lowest to the highest; the rest is black
  std::vector<rectangle> masked{}; ///< parts that were filled with one colour
  std::optional<screen_cursor> cursor{}; ///< where it is over one of the windows shown
  guarded_picture picture{};             ///< in a trace: its size; the pixels are beside it (docs/formats.md)

  static constexpr std::string_view name = "frame";
  static constexpr auto lane = input_lane::keyboard;
  static constexpr bool derived = true;
  /// It has no place of its own: it is of the moment, so it goes where the keyboard goes (see `settle`).
  static constexpr bool follows_keyboard = true;
  [[nodiscard]] timestamp began() const noexcept { return grabbed; }
  static constexpr auto fields() {
    return overt::fields(field("reason", &frame::reason), field("state", &frame::state),
                         field("grabbed", &frame::grabbed, unit::nanoseconds),
                         field("covers", &frame::covers), field("shown", &frame::shown),
                         field("masked", &frame::masked), field("cursor", &frame::cursor),
                         field("picture", &frame::picture));
  }
};

} // namespace overt::inline v0
