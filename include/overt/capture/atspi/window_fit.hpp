#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether what a program says of where a window of it is fits the inside of a window of the X server.
///
/// GTK 3 counts the frame of the window manager in, and leaves the shadow out that it draws itself; GTK 4
/// leaves its padding out. `relative`: the program only knows how large its window is.
[[nodiscard]] constexpr bool fits_window(rectangle const& box, rectangle const& window,
                                         bool relative) noexcept {
  auto const right = box.x + box.width - (window.x + window.width);
  auto const bottom = box.y + box.height - (window.y + window.height);
  constexpr std::int32_t slack = 4;
  constexpr std::int32_t border = 16;
  constexpr std::int32_t title_bar = 64;
  constexpr std::int32_t shadow = 80;
  if (box.width <= 0) {
    return false;
  }
  if (relative) {
    return box.width <= window.width + slack && window.width - box.width <= 2 * shadow &&
           box.height <= window.height + slack && window.height - box.height <= 2 * shadow;
  }
  auto const in = [](std::int32_t value, std::int32_t from, std::int32_t to) {
    return value >= from && value <= to;
  };
  bool const outside = in(window.x - box.x, -slack, border) && in(right, -slack, border) &&
                       in(window.y - box.y, -slack, title_bar) && in(bottom, -slack, border);
  bool const inside = in(box.x - window.x, -slack, shadow) && in(-right, -slack, shadow) &&
                      in(box.y - window.y, -slack, shadow) && in(-bottom, -slack, shadow);
  return outside || inside;
}

/// 100 %, of a scale that is counted in sixtieths: those by which desktops scale, and their inverses, are
/// whole numbers of these.
inline constexpr std::int32_t whole_scale = 60;

/// A rectangle in physical pixels, of one that is told at another scale. It covers every pixel that it has a
/// part of.
[[nodiscard]] constexpr rectangle scaled(rectangle const& box, std::int32_t sixtieths) noexcept {
  if (sixtieths == whole_scale) {
    return box;
  }
  auto const down = [sixtieths](std::int64_t value) {
    auto const all = value * sixtieths;
    return all >= 0 ? all / whole_scale : -((-all + whole_scale - 1) / whole_scale);
  };
  auto const up = [&](std::int64_t value) { return -down(-value); };
  auto const x = down(box.x);
  auto const y = down(box.y);
  return {static_cast<std::int32_t>(x), static_cast<std::int32_t>(y),
          static_cast<std::int32_t>(up(std::int64_t{box.x} + box.width) - x),
          static_cast<std::int32_t>(up(std::int64_t{box.y} + box.height) - y)};
}

/// By how much a program that counts in pixels of its own has to be scaled for its window to fit: 100, 125,
/// 150, 200 or 300 %, in sixtieths. Nothing when none of them fits.
[[nodiscard]] constexpr std::optional<std::int32_t>
scale_of_window(rectangle const& box, rectangle const& window, bool relative = false) noexcept {
  constexpr std::array<std::int32_t, 5> scales{60, 75, 90, 120, 180};
  for (auto const sixtieths : scales) {
    if (fits_window(scaled(box, sixtieths), window, relative)) {
      return sixtieths;
    }
  }
  return std::nullopt;
}

/// By how much a page has to be scaled to lie in its window, in sixtieths: on a desktop at 200 % Chromium
/// counts its own parts in logical pixels, and what is in a page in physical ones, so that the scale of its
/// window makes it too large. Nothing when no scale does it.
[[nodiscard]] constexpr std::optional<std::int32_t> scale_of_page(rectangle const& page,
                                                                  rectangle const& window) noexcept {
  constexpr std::array<std::int32_t, 5> scales{60, 48, 40, 30, 20};
  constexpr std::int32_t slack = 8;
  for (auto const sixtieths : scales) {
    auto const box = scaled(page, sixtieths);
    if (clipped(box, grown(window, slack)) == box) {
      return sixtieths;
    }
  }
  return std::nullopt;
}

/// Whether what a program shows of a menu, a list or a tip, from edge to edge, is all of a popup: no edge is
/// farther away than a border, a shadow or an arrow for more is wide.
[[nodiscard]] constexpr bool covers_popup(rectangle const& shown, rectangle const& popup) noexcept {
  constexpr std::int32_t farthest = 32;
  auto const near = [](std::int64_t apart) { return apart >= -farthest && apart <= farthest; };
  return !is_empty(shown) && near(std::int64_t{shown.x} - popup.x) && near(std::int64_t{shown.y} - popup.y) &&
         near(std::int64_t{shown.x} + shown.width - popup.x - popup.width) &&
         near(std::int64_t{shown.y} + shown.height - popup.y - popup.height);
}

/// The smallest rectangle with both in it; an empty one adds nothing.
[[nodiscard]] constexpr rectangle around_both(rectangle const& a, rectangle const& b) noexcept {
  if (is_empty(a) || is_empty(b)) {
    return is_empty(a) ? b : a;
  }
  auto const x = a.x < b.x ? a.x : b.x;
  auto const y = a.y < b.y ? a.y : b.y;
  auto const right = a.x + a.width > b.x + b.width ? a.x + a.width : b.x + b.width;
  auto const bottom = a.y + a.height > b.y + b.height ? a.y + a.height : b.y + b.height;
  return {x, y, right - x, bottom - y};
}

} // namespace overt::inline v0::capture::atspi
