#pragma once

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

} // namespace overt::inline v0
