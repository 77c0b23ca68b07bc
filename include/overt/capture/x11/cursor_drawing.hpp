#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <overt/event/rectangle.hpp>
#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::capture::x11 {

/// A pixel with its colours multiplied by its alpha over one without (the Render extension's "over").
[[nodiscard]] constexpr std::uint32_t over(std::uint32_t above, std::uint32_t below) noexcept {
  auto const rest = 255U - (above >> 24);
  std::uint32_t made = 0;
  for (int at = 0; at < 24; at += 8) {
    auto const sum = (above >> at & 0xffU) + ((below >> at & 0xffU) * rest + 127) / 255;
    made |= std::min(sum, 255U) << at;
  }
  return made;
}

/// Draws a cursor where it lies over one of the parts. `image`: its pixels with alpha, row by row; `place`:
/// where it stands on the desktop.
inline void draw_cursor(screen_picture& into, std::span<std::uint32_t const> image, rectangle place,
                        std::span<rectangle const> parts) {
  auto const all = clipped(place, into.covers());
  if (is_empty(place) ||
      image.size() < static_cast<std::size_t>(place.width) * static_cast<std::size_t>(place.height)) {
    return;
  }
  for (auto y = all.y; y < all.y + all.height; ++y) {
    auto const line = into.row(static_cast<std::size_t>(y - into.covers().y));
    for (auto x = all.x; x < all.x + all.width; ++x) {
      if (std::ranges::any_of(parts, [&](rectangle const& part) { return part.contains(x, y); })) {
        auto& pixel = line[static_cast<std::size_t>(x - into.covers().x)];
        pixel = over(image[static_cast<std::size_t>(y - place.y) * static_cast<std::size_t>(place.width) +
                           static_cast<std::size_t>(x - place.x)],
                     pixel);
      }
    }
  }
}

} // namespace overt::inline v0::capture::x11
