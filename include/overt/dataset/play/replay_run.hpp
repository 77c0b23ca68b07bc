#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/play/play_schedule.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset::detail {

/// Where a replay is: its clock, its schedule, the action that it is at, and what became of it. What looks
/// and what makes input share one.
template <class Clock>
class replay_run {
public:
  replay_run(episode const& what, replay_options const& options, Clock clock)
      : episode_{&what}, options_{&options}, clock_{std::move(clock)},
        schedule_{what.actions.empty() ? timestamp{} : what.actions.front().approached, clock_.now(),
                  options.speed} {}

  // --- which action

  void begin(std::size_t number) { number_ = number; }
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] action const& act() const { return episode_->actions[number_]; }
  [[nodiscard]] replay_options const& options() const { return *options_; }
  [[nodiscard]] bool is_semantic() const { return options_->pace == replay_pace::semantic; }

  /// What a focus that comes at the end says, came of the actions; others are waited for by what is done in
  /// them, because windows have titles in passing that are never seen again.
  [[nodiscard]] bool is_last_but_waits() const {
    auto const& actions = episode_->actions;
    return std::all_of(actions.begin() + static_cast<std::ptrdiff_t>(number_) + 1, actions.end(),
                       [](action const& later) { return later.get_if<wait_action>() != nullptr; });
  }

  // --- what became of it

  [[nodiscard]] replay_outcome& outcome() { return outcome_; }
  [[nodiscard]] bool has_ended() const { return outcome_.diverged || outcome_.stopped; }

  [[nodiscard]] bool is_stopped() {
    outcome_.stopped = outcome_.stopped || (options_->stop && options_->stop());
    return outcome_.stopped;
  }

  /// False, for whoever returns it.
  [[nodiscard]] bool diverge(difference what, std::string expected, std::string found) {
    if (!outcome_.stopped) { // else it was not waited for to the end
      outcome_.diverged = divergence{number_, what, std::move(expected), std::move(found)};
    }
    return false;
  }

  // --- waiting

  [[nodiscard]] timestamp now() { return clock_.now(); }

  /// Waits, and looks whether it is to stop; then there is no more waiting.
  void rest_until(timestamp when) {
    while (!is_stopped() && clock_.now() < when) {
      clock_.sleep_until(std::min(when, clock_.now() + look_ns));
    }
  }

  /// For `recorded`, in real time. What comes late makes all after it late by as much.
  void wait_until(timestamp recorded) {
    auto const due = schedule_.due(recorded);
    rest_until(due);
    schedule_.delay(due, clock_.now());
  }

  /// A hand may be on its way while another still types: that is not late.
  void wait_for_way(timestamp recorded) { rest_until(schedule_.due(recorded)); }

  /// Before key or notch `number` of `count` that one action makes.
  void wait_for_stroke(std::size_t number, std::size_t count) {
    if (is_semantic()) {
      rest_until(clock_.now() + (number == 0 ? 0 : options_->key_ns));
    } else {
      wait_until(spread(act().began, act().ended, number, count));
    }
  }

  /// Looks again and again, for at most `limit` nanoseconds. False: it never was so, or it is to stop.
  template <class Done>
  [[nodiscard]] bool poll(std::int64_t limit, Done const& done) {
    auto const end = clock_.now() + limit;
    while (!done()) {
      if (clock_.now() >= end || is_stopped()) {
        return false;
      }
      rest_until(clock_.now() + options_->poll_ns);
    }
    return true;
  }

private:
  static constexpr std::int64_t look_ns = 50'000'000;

  episode const* episode_;
  replay_options const* options_;
  Clock clock_;
  play_schedule schedule_;
  replay_outcome outcome_{};
  std::size_t number_ = 0;
};

} // namespace overt::inline v0::dataset::detail
