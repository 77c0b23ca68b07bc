#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::x11 {

/// A region, kept as rectangles that do not overlap. It errs in one direction only: it may be larger than
/// what was put in, never smaller.
class unpainted_region {
public:
  /// More pieces than this become their bounding rectangle, so that no program can make it grow.
  static constexpr std::size_t most_pieces = 256;

  void add(rectangle const& part) {
    if (is_empty(part)) {
      return;
    }
    take(part);
    pieces_.push_back(part);
    if (pieces_.size() > most_pieces) {
      pieces_ = {bounds()};
    }
  }
  void add(unpainted_region const& other) {
    for (auto const& piece : other.pieces_) {
      add(piece);
    }
  }

  void remove(rectangle const& part) {
    take(part);
    if (pieces_.size() > most_pieces) {
      pieces_ = {bounds()};
    }
  }
  void remove(unpainted_region const& other) {
    for (auto const& piece : other.pieces_) {
      remove(piece);
    }
  }

  void clip(rectangle const& within) {
    for (auto& piece : pieces_) {
      piece = clipped(piece, within);
    }
    std::erase_if(pieces_, [](rectangle const& piece) { return is_empty(piece); });
  }

  void move(std::int32_t dx, std::int32_t dy) {
    for (auto& piece : pieces_) {
      piece.x += dx;
      piece.y += dy;
    }
  }

  void clear() noexcept { pieces_.clear(); }
  [[nodiscard]] bool empty() const noexcept { return pieces_.empty(); }
  [[nodiscard]] bool touches(rectangle const& part) const {
    return std::ranges::any_of(pieces_,
                               [&](rectangle const& piece) { return !is_empty(clipped(piece, part)); });
  }
  [[nodiscard]] std::vector<rectangle> const& pieces() const noexcept { return pieces_; }

private:
  void take(rectangle const& part) {
    if (!touches(part)) {
      return;
    }
    std::vector<rectangle> left;
    auto const keep = [&left](std::int32_t x, std::int32_t y, std::int32_t right, std::int32_t bottom) {
      if (right > x && bottom > y) {
        left.push_back({x, y, right - x, bottom - y});
      }
    };
    for (auto const& piece : pieces_) {
      auto const hole = clipped(piece, part);
      if (is_empty(hole)) {
        left.push_back(piece);
        continue;
      }
      auto const right = piece.x + piece.width;
      auto const bottom = piece.y + piece.height;
      keep(piece.x, piece.y, right, hole.y);
      keep(piece.x, hole.y, hole.x, hole.y + hole.height);
      keep(hole.x + hole.width, hole.y, right, hole.y + hole.height);
      keep(piece.x, hole.y + hole.height, right, bottom);
    }
    pieces_ = std::move(left);
  }

  [[nodiscard]] rectangle bounds() const {
    auto all = pieces_.front();
    for (auto const& piece : pieces_) {
      auto const right = std::max(all.x + all.width, piece.x + piece.width);
      auto const bottom = std::max(all.y + all.height, piece.y + piece.height);
      all.x = std::min(all.x, piece.x);
      all.y = std::min(all.y, piece.y);
      all.width = right - all.x;
      all.height = bottom - all.y;
    }
    return all;
  }

  std::vector<rectangle> pieces_;
};

} // namespace overt::inline v0::capture::x11
