#pragma once

#include <algorithm>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset {

/// How `reduce` tells where one action ends and the next begins. The desktop's own word comes first:
/// `button::clicks` and `key::held` are never second-guessed.
struct reduce_options {
  std::int64_t time_grid_ns = 0; ///< of the trace (docs/formats.md); 0: its times are exact

  std::int64_t double_click_ns = 400'000'000; ///< from press to press; where `button::clicks` is 0
  std::int32_t double_click_px = 5;           ///< the same
  std::int32_t drag_px = 8;                   ///< from press to release; nearer is a click

  std::int64_t scroll_gap_ns = 500'000'000; ///< longer ends a turn of the wheel
  std::int32_t scroll_px = 32;              ///< farther ends it, too

  std::int64_t approach_pause_ns = 500'000'000;  ///< a hand that rests so long was not on its way
  std::int64_t typing_pause_ns = 10'000'000'000; ///< longer ends a text
  std::int64_t wait_ns = 3'000'000'000;          ///< as long as this is a wait

  /// Whether a pause between two times of the trace was at least so long, whatever the grid hides.
  [[nodiscard]] constexpr bool surely_at_least(std::int64_t pause_ns, std::int64_t limit_ns) const noexcept {
    return pause_ns >= std::max<std::int64_t>(time_grid_ns, 0) &&
           pause_ns - std::max<std::int64_t>(time_grid_ns, 0) >= limit_ns;
  }

  /// Whether it was at most so long.
  [[nodiscard]] constexpr bool surely_within(std::int64_t pause_ns, std::int64_t limit_ns) const noexcept {
    return pause_ns <= limit_ns && limit_ns - pause_ns >= std::max<std::int64_t>(time_grid_ns, 0);
  }
};

} // namespace overt::inline v0::dataset
