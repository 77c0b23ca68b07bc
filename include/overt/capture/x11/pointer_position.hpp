#pragma once

#include <algorithm>
#include <cstdint>

#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::x11 {

/// Where the pointer is, as far as the server has said.
///
/// Mice report steps, and what the server makes of them (acceleration, barriers, edges) only it knows: after
/// a step the position is not known until a reply gives it. The XTEST device mostly reports places, in the
/// pixels of the root, and calls its axes relative all the same. Its word is taken until a reply contradicts
/// it, as it does when a program moves the pointer by steps; then it is treated like a mouse until its word
/// holds again.
class pointer_position {
public:
  /// The pointer moved, to nobody knows where.
  void lose() { known_ = false; }

  /// XTEST says the pointer went to x and y. True when that may be believed for now.
  bool claim(std::int32_t x, std::int32_t y, rectangle const& screen) {
    claimed_ = true;
    claim_x_ = x;
    claim_y_ = y;
    if (believed_ && known_ && screen.contains(x, y)) {
      x_ = x;
      y_ = y;
      return true;
    }
    lose();
    return false;
  }

  /// The server says where it is. False when that contradicts what was handed on since the last time.
  bool learn(std::int32_t x, std::int32_t y, rectangle const& screen) {
    bool const fits = !known_ || (x == x_ && y == y_);
    if (claimed_) {
      // A place beyond the screen becomes one on its edge.
      auto const edge = [](std::int32_t value, std::int32_t first, std::int32_t size) {
        return std::clamp(value, first, std::max(first, first + size - 1));
      };
      believed_ = x == edge(claim_x_, screen.x, screen.width) && y == edge(claim_y_, screen.y, screen.height);
      claimed_ = false;
    }
    known_ = true;
    x_ = x;
    y_ = y;
    return fits;
  }

  [[nodiscard]] bool known() const noexcept { return known_; }
  [[nodiscard]] std::int32_t x() const noexcept { return x_; }
  [[nodiscard]] std::int32_t y() const noexcept { return y_; }
  /// The last place XTEST named, from which an axis that it leaves out is taken.
  [[nodiscard]] std::int32_t claimed_x() const noexcept { return claimed_ ? claim_x_ : x_; }
  [[nodiscard]] std::int32_t claimed_y() const noexcept { return claimed_ ? claim_y_ : y_; }

private:
  std::int32_t x_ = 0;
  std::int32_t y_ = 0;
  std::int32_t claim_x_ = 0;
  std::int32_t claim_y_ = 0;
  bool known_ = false;
  bool claimed_ = false;
  bool believed_ = true;
};

} // namespace overt::inline v0::capture::x11
