#pragma once

#include <algorithm>
#include <cstdint>

#include <overt/event/field.hpp>

namespace overt::inline v0 {

/// A rectangle on the desktop in physical pixels, as `screen_point` counts them.
struct rectangle {
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::int32_t width = 0;
  std::int32_t height = 0;

  friend constexpr bool operator==(rectangle const&, rectangle const&) = default;

  /// Whether the point lies inside; the right and lower edges do not belong to it.
  [[nodiscard]] constexpr bool contains(std::int32_t px, std::int32_t py) const noexcept {
    return px >= x && py >= y && px - x < width && py - y < height;
  }

  static constexpr auto fields() {
    return overt::fields(field("x", &rectangle::x, unit::pixels), field("y", &rectangle::y, unit::pixels),
                         field("width", &rectangle::width, unit::pixels),
                         field("height", &rectangle::height, unit::pixels));
  }
};

[[nodiscard]] constexpr bool is_empty(rectangle const& one) noexcept {
  return one.width <= 0 || one.height <= 0;
}

/// What of `one` lies in `within`; empty when nothing does. Any coordinates, also those that make no sense.
[[nodiscard]] constexpr rectangle clipped(rectangle const& one, rectangle const& within) noexcept {
  auto const end = [](std::int32_t from, std::int32_t size) {
    return std::int64_t{from} + std::max(size, std::int32_t{0});
  };
  auto const x = std::max(one.x, within.x);
  auto const y = std::max(one.y, within.y);
  auto const right = std::min(end(one.x, one.width), end(within.x, within.width));
  auto const bottom = std::min(end(one.y, one.height), end(within.y, within.height));
  if (right <= x || bottom <= y) {
    return {x, y, 0, 0};
  }
  return {x, y, static_cast<std::int32_t>(right - x), static_cast<std::int32_t>(bottom - y)};
}

/// The same with a margin on every side.
[[nodiscard]] constexpr rectangle grown(rectangle const& one, std::int32_t margin) noexcept {
  auto const within = [](std::int64_t value) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(value, INT32_MIN, INT32_MAX));
  };
  return {within(std::int64_t{one.x} - margin), within(std::int64_t{one.y} - margin),
          within(std::int64_t{one.width} + 2 * std::int64_t{margin}),
          within(std::int64_t{one.height} + 2 * std::int64_t{margin})};
}

} // namespace overt::inline v0
