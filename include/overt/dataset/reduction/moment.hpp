#pragma once

#include <cstdint>

#include <overt/event/pointer_move.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset {

/// Which event it was, and when. Two events may have one time; they never have one number.
struct moment {
  std::uint64_t sequence = 0;
  timestamp time{};
};

/// The nanoseconds from `earlier` to `later`; 0 when they are the other way round, as events of several
/// sources can be. Any two times.
[[nodiscard]] constexpr std::int64_t pause_between(timestamp earlier, timestamp later) noexcept {
  if (later <= earlier) {
    return 0;
  }
  auto const ns = static_cast<std::uint64_t>(later.ns) - static_cast<std::uint64_t>(earlier.ns);
  return ns > static_cast<std::uint64_t>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(ns);
}

/// Whether two points are less than `px` pixels apart, in a straight line. Any two points.
[[nodiscard]] constexpr bool nearer_than(std::int32_t px, screen_point a, screen_point b) noexcept {
  auto const dx = std::int64_t{a.x} - b.x;
  auto const dy = std::int64_t{a.y} - b.y;
  auto const limit = std::int64_t{px};
  // Squares only where they fit.
  return dx < limit && -dx < limit && dy < limit && -dy < limit && dx * dx + dy * dy < limit * limit;
}

} // namespace overt::inline v0::dataset
