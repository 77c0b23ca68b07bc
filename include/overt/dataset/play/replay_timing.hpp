#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/play_schedule.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset {

/// How a replay waits. All its parts wait here, because each wait ends when the replay is to stop, and
/// because what one part is late makes the others late. Waits in the calling thread.
template <class Clock>
class replay_timing {
public:
  static constexpr std::int64_t look_ns = 50'000'000; ///< between two looks whether it is to stop

  /// `first`: the time of the trace that is played now. The options live as long as this.
  replay_timing(replay_options const& options, timestamp first, Clock clock)
      : options_{&options}, clock_{std::move(clock)}, schedule_{first, clock_.now(), options.speed} {}

  [[nodiscard]] replay_options const& options() const { return *options_; }
  [[nodiscard]] bool is_semantic() const { return options_->pace == replay_pace::semantic; }
  [[nodiscard]] timestamp now() const { return clock_.now(); }

  /// Asks whether it is to stop; once it was, it stays so.
  [[nodiscard]] bool is_stopped() {
    stopped_ = stopped_ || (options_->stop && options_->stop());
    return stopped_;
  }
  /// What the last question of that kind was answered.
  [[nodiscard]] bool was_stopped() const { return stopped_; }

  /// Until a time of the clock. When it is to stop there is no more waiting.
  void rest_until(timestamp when) {
    while (!is_stopped() && clock_.now() < when) {
      clock_.sleep_until(std::min(when, clock_.now() + look_ns));
    }
  }
  void rest(std::int64_t ns) { rest_until(clock_.now() + ns); }

  /// Until the time of the trace. What comes late makes all after it late by as much.
  void wait_until(timestamp recorded) {
    auto const due = schedule_.due(recorded);
    rest_until(due);
    schedule_.delay(due, clock_.now());
  }

  /// The same for the hand on its way, which may be while another still types: that is not late.
  void wait_for_way(timestamp recorded) { rest_until(schedule_.due(recorded)); }

  /// Before part `number` of `count` that an action consists of. In the trace they are spread evenly over it;
  /// semantically `gap_ns` lies between two.
  void wait_for_part(action const& of, std::size_t number, std::size_t count, std::int64_t gap_ns) {
    if (is_semantic()) {
      rest(number == 0 ? 0 : gap_ns);
    } else {
      wait_until(spread(of.began, of.ended, number, count));
    }
  }

  /// Until `done()`; false when that was not within the limit, or it is to stop.
  template <class Done>
  [[nodiscard]] bool poll(std::int64_t limit_ns, Done const& done) {
    auto const end = clock_.now() + limit_ns;
    while (!done()) {
      if (clock_.now() >= end || is_stopped()) {
        return false;
      }
      rest(options_->poll_ns);
    }
    return true;
  }

private:
  replay_options const* options_;
  Clock clock_;
  play_schedule schedule_;
  bool stopped_ = false;
};

} // namespace overt::inline v0::dataset
