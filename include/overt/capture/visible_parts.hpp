#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture {

/// What of a rectangle is left when others lie over it, as rectangles that do not overlap.
[[nodiscard]] inline std::vector<rectangle> visible_parts(rectangle const& whole,
                                                          std::span<rectangle const> covering) {
  std::vector<rectangle> left;
  if (!is_empty(whole)) {
    left.push_back(whole);
  }
  for (auto const& over : covering) {
    std::vector<rectangle> next;
    for (auto const& part : left) {
      auto const cut = clipped(over, part);
      if (is_empty(cut)) {
        next.push_back(part);
        continue;
      }
      auto const add = [&](std::int32_t x, std::int32_t y, std::int32_t right, std::int32_t bottom) {
        if (right > x && bottom > y) {
          next.push_back({x, y, right - x, bottom - y});
        }
      };
      auto const right = part.x + part.width;
      auto const bottom = part.y + part.height;
      add(part.x, part.y, right, cut.y);                        // above
      add(part.x, cut.y + cut.height, right, bottom);           // below
      add(part.x, cut.y, cut.x, cut.y + cut.height);            // to the left
      add(cut.x + cut.width, cut.y, right, cut.y + cut.height); // to the right
    }
    left = std::move(next);
  }
  return left;
}

} // namespace overt::inline v0::capture
