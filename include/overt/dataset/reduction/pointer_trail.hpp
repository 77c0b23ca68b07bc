#pragma once

#include <optional>
#include <utility>
#include <vector>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// The moves of the pointer since the last press or turn. Those that lead to the next one without a rest are
/// its approach; those that end in a rest were made for their own sake: somebody pointed at something.
class pointer_trail {
public:
  void move(action_drafts& into, reduce_options const& options, moment at, screen_point to,
            std::optional<context> const& where) {
    rest(into, options, at.time);
    if (moves_.empty()) {
      place_ = disclosed_place(where);
    }
    moves_.push_back({at, to});
  }

  /// Gives the approach to the action `into_action`, whose first event was `at`.
  void lead_to(action_drafts& into, reduce_options const& options, moment at,
               action_drafts::number into_action) {
    rest(into, options, at.time);
    for (auto const& each : moves_) {
      into.adopt_move(into_action, each.at);
    }
    moves_.clear();
  }

  /// Nothing is known of where they led.
  void give_up(action_drafts& into) {
    for (auto const& each : moves_) {
      into.leave(each.at.sequence, left_over::idle_move);
    }
    moves_.clear();
  }

private:
  struct one_move {
    moment at{};
    screen_point to{};
  };

  /// Makes an action of the moves so far if the pointer has rested until `now`.
  void rest(action_drafts& into, reduce_options const& options, timestamp now) {
    if (moves_.empty() ||
        !options.surely_at_least(pause_between(moves_.back().at.time, now), options.approach_pause_ns)) {
      return;
    }
    move_action made{.at = moves_.back().to};
    made.path.reserve(moves_.size());
    for (auto const& each : moves_) {
      made.path.push_back({each.to, each.at.time});
    }
    auto const action = into.begin(std::move(made), moves_.front().at, std::move(place_));
    for (auto each = moves_.begin() + 1; each != moves_.end(); ++each) {
      into.adopt(action, each->at, gap_lane::pointer);
    }
    moves_.clear();
  }

  std::vector<one_move> moves_{};
  action_place place_{};
};

} // namespace overt::inline v0::dataset
