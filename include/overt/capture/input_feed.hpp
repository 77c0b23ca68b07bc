#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

#include <overt/capture/input_hint.hpp>
#include <overt/detail/bounded_ring.hpp>
#include <overt/detail/wake_up.hpp>

namespace overt::inline v0::capture {

/// From the sources of input of a session to one that follows them: a fixed ring and a bell.
///
/// `tell` may be used from any thread; it never waits and never allocates. A hint that finds no room is
/// lost; what the follower does not hear of it does not answer for, so that it is withheld.
class input_feed {
public:
  explicit input_feed(std::size_t capacity = 4096) : ring_{capacity} {}

  void tell(input_hint hint) noexcept {
    if (ring_.push(std::move(hint)) && !rung_.exchange(true, std::memory_order_acq_rel)) {
      bell_.ring();
    }
  }

  /// For the follower's poll: readable when something was told since the last `quiet`.
  [[nodiscard]] overt::detail::wake_up const& bell() const noexcept { return bell_; }

  /// Stops the bell. Call it before taking, so that what comes meanwhile rings again.
  void quiet() noexcept {
    rung_.store(false, std::memory_order_release);
    bell_.clear();
  }

  /// The follower's thread only: the oldest hint, `use(input_hint&&)`; false when there is none.
  template <class Use>
  bool take(Use&& use) {
    return ring_.take(std::forward<Use>(use));
  }

private:
  overt::detail::bounded_ring<input_hint> ring_;
  overt::detail::wake_up bell_;
  std::atomic<bool> rung_{false};
};

} // namespace overt::inline v0::capture
