#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset {

/// When what was done at some time of a trace is done again, going by the clock of the replay. What came late
/// makes all after it late by as much: gaps never shrink.
class play_schedule {
public:
  /// `first`: of the trace, which is played at `now`. `speed`: 2 is twice as fast.
  play_schedule(timestamp first, timestamp now, double speed) : first_{first}, began_{now}, speed_{speed} {}

  [[nodiscard]] timestamp due(timestamp recorded) const {
    return began_ + static_cast<std::int64_t>(static_cast<double>(recorded - first_) / speed_);
  }

  /// What was due at `due` was played only now.
  void delay(timestamp due, timestamp now) { began_ = began_ + std::max<std::int64_t>(0, now - due); }

private:
  timestamp first_;
  timestamp began_;
  double speed_;
};

/// The moment of step `step` of `steps` that are evenly spread from the begin to the end; the last one is the
/// end.
[[nodiscard]] constexpr timestamp spread(timestamp begin, timestamp end, std::size_t step,
                                         std::size_t steps) {
  if (steps <= 1 || end <= begin) {
    return begin;
  }
  auto const parts = static_cast<std::int64_t>(steps - 1);
  auto const length = end - begin;
  auto const at = static_cast<std::int64_t>(step);
  return begin + (length / parts * at + length % parts * at / parts);
}

} // namespace overt::inline v0::dataset
