#pragma once

#include <chrono>
#include <thread>

#include <overt/event/clock.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset {

/// The clock that a replay goes by. A test passes one that does not wait.
struct replay_clock {
  [[nodiscard]] timestamp now() const { return system_clocks{}.now(); }

  void sleep_until(timestamp when) const {
    if (auto const length = when - now(); length > 0) {
      std::this_thread::sleep_for(std::chrono::nanoseconds{length});
    }
  }
};

} // namespace overt::inline v0::dataset
