#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

#include <overt/consent/controls.hpp>
#include <overt/consent/exemptions.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent {

/// The recorder's end of the controls: what was asked for since it looked last. One thread.
class controls_follower {
public:
  struct change {
    bool pauses = false;   ///< a pause began since, and may have ended again
    bool resumes = false;  ///< it is not paused any more
    bool here = false;     ///< what has the keyboard is to be exempted
    bool narrower = false; ///< something was exempted
  };

  explicit controls_follower(controls followed) : followed_{std::move(followed)} {}
  controls_follower(controls_follower const&) = delete;
  controls_follower& operator=(controls_follower const&) = delete;
  ~controls_follower() {
    std::lock_guard const lock{followed_.shared_->mutex};
    followed_.shared_->state.ended = true;
  }

  /// What changed, now that it is `now`. A pause whose time is over ends with this call. One atomic read
  /// while nothing changes.
  ///
  /// The caller reads `now` first: then a pause that this call does not see began later than that.
  [[nodiscard]] change follow(timestamp now) {
    auto& all = *followed_.shared_;
    change made;
    if (all.changes.load(std::memory_order_acquire) == seen_ && !(until_ && now >= *until_)) {
      return made;
    }
    std::lock_guard const lock{all.mutex};
    if (std::exchange(pauses_, all.pauses) != all.pauses) {
      made.pauses = !std::exchange(paused_, true);
      all.state.until = all.pause_ns && all.state.paused ? std::optional{now + *all.pause_ns} : std::nullopt;
    }
    if (all.state.paused && all.state.until && now >= *all.state.until) {
      controls::end_pause(all);
    }
    until_ = all.state.until;
    made.resumes = paused_ && !all.state.paused;
    paused_ = all.state.paused;
    made.here = std::exchange(asked_here_, all.asked_here) != all.asked_here;
    made.narrower = std::exchange(exempted_, all.state.exempt.size()) != all.state.exempt.size();
    stopping_ = all.state.stopping;
    seen_ = all.changes.load(std::memory_order_relaxed);
    return made;
  }

  [[nodiscard]] controls const& followed() const noexcept { return followed_; }
  [[nodiscard]] bool paused() const noexcept { return paused_; }
  [[nodiscard]] bool stopping() const noexcept { return stopping_; }

private:
  controls followed_;
  std::uint64_t seen_ = 0;
  std::uint64_t pauses_ = 0;
  std::uint64_t asked_here_ = 0;
  std::size_t exempted_ = 0;
  std::optional<timestamp> until_{};
  bool paused_ = false;
  bool stopping_ = false;
};

} // namespace overt::inline v0::consent
