#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <overt/event/screen_picture.hpp>
#include <overt/trace/picture/stored_picture.hpp>

namespace overt::inline v0::trace {

/// Puts the tiles that changed over the key picture. `column`: the tiles one below the other, decoded. False,
/// and nothing is changed, when the three do not fit together.
[[nodiscard]] inline bool put_tiles(screen_picture& onto, stored_picture const& difference,
                                    screen_picture const& column) noexcept {
  std::size_t const side = difference.tile_side;
  auto const size = onto.size();
  if (size.width != difference.size.width || size.height != difference.size.height || !onto.has_pixels() ||
      side == 0 || column.width() != side || column.height() != side * difference.tiles.size()) {
    return false;
  }
  auto const columns = (onto.width() + side - 1) / side;
  auto const rows = (onto.height() + side - 1) / side;
  for (auto const tile : difference.tiles) {
    if (tile >= columns * rows) {
      return false;
    }
  }
  std::size_t from = 0;
  for (auto const tile : difference.tiles) {
    auto const x = tile % columns * side;
    auto const top = tile / columns * side;
    auto const bytes = std::min(side, onto.width() - x) * sizeof(std::uint32_t);
    for (std::size_t y = 0; y < side && top + y < onto.height(); ++y) {
      std::memcpy(onto.row(top + y).data() + x, column.row(from + y).data(), bytes);
    }
    from += side;
  }
  return true;
}

} // namespace overt::inline v0::trace
