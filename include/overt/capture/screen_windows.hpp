#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <overt/event/frame.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::capture {

/// One window that can be seen: what a program shows, without the window manager's frame.
struct screen_window {
  std::uint64_t id = 0;
  std::uint32_t process = 0; ///< that it belongs to; 0: not known, and then it is never pictured
  std::string application{}; ///< as `context::application` names it
  rectangle inside{};        ///< on the desktop, in physical pixels
  bool popup = false;        ///< a menu, a list, a tooltip: shown without the window manager
  bool active = false;       ///< the keyboard goes to it, or to a popup of it

  friend bool operator==(screen_window const&, screen_window const&) = default;
};

/// What the desktop looks like at one moment.
struct screen_windows {
  std::vector<screen_window> list{}; ///< those that are mapped, from the lowest to the highest
  std::vector<rectangle> monitors{}; ///< at least one
  std::optional<screen_cursor> cursor{};
};

/// Which part of which window to draw.
struct screen_part_of {
  std::uint64_t window = 0;
  rectangle part{}; ///< on the desktop
};

/// Something that takes pictures of windows: their own pixels, never those of what lies over them. One
/// thread.
///
///  - `open()` connects; a missing extension is an error that says what to do.
///  - `look()` asks now. What it tells is of one moment.
///  - `as_seen()`: false when the windows may not be as the last `look()` told.
///  - `grab(parts, into, draw_cursor)` draws the parts one over the other. False: a part of them cannot be
///  had
///    with certainty (the window went away, or what it holds is not yet its own), and `into` is not to be
///    used.
///  - `watch(windows)` names the windows whose changes count from now on; `take_change()` says whether one of
///    them changed since the last call. `descriptor()` becomes readable when there may be news.
template <class Grabber>
concept screen_grabber = requires(Grabber& grabber, std::span<screen_part_of const> parts,
                                  std::span<std::uint64_t const> windows, screen_picture& into) {
  { grabber.open() } -> std::same_as<result<void>>;
  { grabber.look() } -> std::same_as<result<screen_windows>>;
  { grabber.as_seen() } -> std::same_as<bool>;
  { grabber.grab(parts, into, true) } -> std::same_as<result<bool>>;
  { grabber.watch(windows) } -> std::same_as<void>;
  { grabber.take_change() } -> std::same_as<bool>;
  { grabber.descriptor() } -> std::same_as<int>;
};

} // namespace overt::inline v0::capture
