#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0 {

/// Ties the monotonic clock to the wall clock once, so that a trace can say when it was made.
struct clock_anchor {
  timestamp monotonic{};           ///< the moment on the session's clock
  std::int64_t wall_ns = 0;        ///< the same moment, nanoseconds since 1970-01-01 UTC
  std::int64_t uncertainty_ns = 0; ///< the two readings are at most this far apart
};

/// The clocks of this machine. A test passes a type of its own with the same two functions instead.
struct system_clocks {
  /// The session's clock. Any thread; never goes back.
  [[nodiscard]] timestamp now() const {
    auto const since = std::chrono::steady_clock::now().time_since_epoch();
    return timestamp{std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()};
  }

  /// Nanoseconds since 1970-01-01 UTC. Used for the expiry of a consent and for the anchor, never for order.
  [[nodiscard]] std::int64_t wall_ns() const {
    auto const since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
  }
};

/// What the recorder needs of a clock.
template <class Clock>
concept clock_source = requires(Clock const& clock) {
  { clock.now() } -> std::same_as<timestamp>;
  { clock.wall_ns() } -> std::same_as<std::int64_t>;
};

/// Reads both clocks as close together as a few tries allow: the wall clock between two monotonic readings,
/// of which the narrowest pair is kept and its width is the uncertainty.
template <clock_source Clock>
[[nodiscard]] clock_anchor measure_anchor(Clock const& clock) {
  clock_anchor best;
  best.uncertainty_ns = INT64_MAX;
  for (int attempt = 0; attempt < 8; ++attempt) {
    auto const before = clock.now();
    auto const wall = clock.wall_ns();
    auto const width = clock.now() - before;
    if (width < best.uncertainty_ns) {
      best = {.monotonic = before + width / 2, .wall_ns = wall, .uncertainty_ns = width};
    }
  }
  return best;
}

} // namespace overt::inline v0
