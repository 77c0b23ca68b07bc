#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/play_schedule.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// Moves the pointer of a replay the way that a hand would. False from each: the player makes no more input.
template <input_player Player, class Clock>
class replay_pointer {
public:
  /// Between two moves of a path that is made up of a line.
  static constexpr std::int64_t step_ns = 10'000'000;

  /// Both live as long as this.
  replay_pointer(Player& player, replay_timing<Clock>& timing) : player_{&player}, timing_{&timing} {}

  /// The pointer comes over the place from somewhere: programs see it enter. In real time it goes the way
  /// that the trace has, or straight, and is there when the action began.
  [[nodiscard]] bool go_to(action const& what, screen_point to) {
    if (timing_->is_semantic()) {
      return player_->move({to.x > 2 ? to.x - 2 : to.x + 2, to.y}) && move_on(to);
    }
    bool const good = what.approach.empty() ? go_straight(what, to) : go_through(what.approach);
    timing_->wait_until(what.began);
    return good && move_on(to);
  }

  /// In real time through the points of the trace.
  [[nodiscard]] bool follow(std::vector<path_point> const& path) {
    bool good = true;
    for (auto const& point : path) {
      timing_->wait_until(point.when);
      good = good && move_on(point.at);
    }
    return good;
  }

  /// At once.
  [[nodiscard]] bool move_on(screen_point to) {
    at_ = to;
    return player_->move(to);
  }

private:
  [[nodiscard]] bool go_through(std::vector<path_point> const& way) {
    bool good = true;
    for (auto const& point : way) {
      timing_->wait_for_way(point.when);
      good = good && player_->move(point.at);
    }
    return good;
  }

  [[nodiscard]] bool go_straight(action const& what, screen_point to) {
    auto const from = at_.value_or(screen_point{to.x - 3, to.y});
    auto const length = std::max<std::int64_t>(0, what.began - what.approached);
    auto const steps = std::clamp<std::int64_t>(length / step_ns, 1, 400);
    bool good = true;
    for (std::int64_t step = 1; step <= steps && good; ++step) {
      auto const steps_and_end = static_cast<std::size_t>(steps) + 1;
      timing_->wait_for_way(
          spread(what.approached, what.began, static_cast<std::size_t>(step) - 1, steps_and_end));
      // In the middle of the step, so that the last one is not yet at the place.
      auto const part = [step, steps](std::int32_t a, std::int32_t b) {
        return static_cast<std::int32_t>(a + (std::int64_t{b} - a) * (2 * step - 1) / (2 * steps));
      };
      good = player_->move({part(from.x, to.x), part(from.y, to.y)});
    }
    return good;
  }

  Player* player_;
  replay_timing<Clock>* timing_;
  std::optional<screen_point> at_{}; ///< where it is, as far as the replay has moved it
};

} // namespace overt::inline v0::dataset
