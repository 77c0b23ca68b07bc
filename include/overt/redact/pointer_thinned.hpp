#pragma once

#include <cstdint>
#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/field.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/redact/occasion.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Releases a few moves of the pointer and none of its path: at most `max_hz` a second, each on a grid of
/// `grid_px` pixels. How somebody moves a pointer tells who they are (of 10 people, 63 of 100 by whole paths,
/// 41 at 4 Hz and 32 px), so the receipt must name `pointer.path` with at least this rate.
///
///     redact::pointer_thinned{.max_hz = 4, .grid_px = 32}
///
/// A move in between is folded into the next one that leaves: it is counted as folded in memory and told
/// nowhere, because a notice with a number after each move would tell of the path what was taken out of it.
/// Relative moves do not leave at all, since their sum is the path. Where a click was is told by `structure`.
struct pointer_thinned {
  std::uint32_t max_hz = 4;   ///< 0 lets none through
  std::uint32_t grid_px = 32; ///< 0 and 1 leave the point where it was

  static constexpr std::string_view name = "pointer_thinned";
  static constexpr auto fields() {
    return overt::fields(field("max_hz", &pointer_thinned::max_hz, unit::hertz),
                         field("grid_px", &pointer_thinned::grid_px, unit::pixels));
  }

  [[nodiscard]] consent::grants needs() const { return consent::grants::pointer_path; }

  /// For comparing with the receipt's `pointer_max_hz` and `pointer_grid_px`.
  [[nodiscard]] std::uint32_t pointer_max_hz() const { return max_hz; }
  [[nodiscard]] std::uint32_t pointer_grid_px() const { return grid_px; }

  struct memory {
    timestamp last{};
    bool any = false;
  };

  [[nodiscard]] verdict operator()(pointer_move& what, memory& kept, occasion const& at,
                                   disclosure const& unlock) const {
    constexpr std::int64_t second_ns = 1'000'000'000;
    auto const when = at.head.time;
    // What seems to be earlier than the last one comes too early as well. Rounded up, so that it is never
    // more.
    if (max_hz == 0 || (kept.any && (when - kept.last) < (second_ns + max_hz - 1) / max_hz)) {
      return verdict::fold();
    }
    kept = {when, true};
    what.at.x = on_grid(what.at.x);
    what.at.y = on_grid(what.at.y);
    return verdict::release(unlock);
  }

private:
  /// Floors to the left and upwards, also left of and above the origin.
  [[nodiscard]] std::int32_t on_grid(std::int32_t at) const noexcept {
    if (grid_px <= 1) {
      return at;
    }
    auto const grid = std::int64_t{grid_px};
    auto const cell = at >= 0 ? at / grid : -((-std::int64_t{at} + grid - 1) / grid);
    auto const floored = cell * grid;
    return floored < INT32_MIN ? INT32_MIN : static_cast<std::int32_t>(floored);
  }
};

} // namespace overt::inline v0::redact
