#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/played_action.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_pointer.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/dataset/play/wheel_notches.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// The hand of a replay that is on the pointer: moves, clicks, drags and turns of the wheel. Each goes to
/// `played_action::at`, which it needs. False from each: the player makes no more input.
template <input_player Player, class Clock>
class replay_hand {
public:
  static constexpr std::int32_t near_px = 8;

  /// Both live as long as this.
  replay_hand(Player& player, replay_timing<Clock>& timing)
      : player_{&player}, timing_{&timing}, pointer_{player, timing} {}

  [[nodiscard]] bool move(played_action const& now, move_action const& what) {
    return timing_->is_semantic() || what.path.empty()
               ? pointer_.go_to(*now.what, *now.at)
               : pointer_.follow(what.path) && pointer_.move_on(what.at);
  }

  [[nodiscard]] bool click(played_action const& now, click_action const& what) {
    bool good = pointer_.go_to(*now.what, *now.at) && player_->hold(what.held);
    std::size_t const halves = 2u * std::max<std::size_t>(1, what.count);
    for (std::size_t half = 0; half < halves && good; ++half) {
      timing_->wait_for_part(*now.what, half, halves, 2 * timing_->options().key_ns);
      good = player_->button(what.number, half % 2 == 0);
    }
    clicked_ = now.at;
    return good;
  }

  /// Whether programs could take a click there for the second one of a double click.
  [[nodiscard]] bool is_near_last_click(screen_point at) const {
    return clicked_ && std::abs(at.x - clicked_->x) <= near_px && std::abs(at.y - clicked_->y) <= near_px;
  }

  /// An element that has moved is dragged as far as in the trace.
  [[nodiscard]] bool drag(played_action const& now, drag_action const& what) {
    auto const by_x = now.at->x - what.from.x;
    auto const by_y = now.at->y - what.from.y;
    auto to = what.to;
    to.x += by_x;
    to.y += by_y;
    bool good =
        pointer_.go_to(*now.what, *now.at) && player_->hold(what.held) && player_->button(what.number, true);
    good = good &&
           (what.path.empty() || by_x != 0 || by_y != 0 ? drag_straight(*now.at, to) : drag_along(what)) &&
           pointer_.move_on(to);
    if (!timing_->is_semantic()) {
      timing_->wait_until(now.what->ended);
    }
    return player_->button(what.number, false) && good;
  }

  /// By whole notches, first up or down.
  [[nodiscard]] bool scroll(played_action const& now, scroll_action const& what) {
    auto const down = notches_of(what.dy_v120).notches;
    auto const right = notches_of(what.dx_v120).notches;
    auto const vertical = static_cast<std::size_t>(std::abs(down));
    auto const count = vertical + static_cast<std::size_t>(std::abs(right));
    bool good = pointer_.go_to(*now.what, *now.at) && player_->hold(what.held);
    for (std::size_t each = 0; each < count && good; ++each) {
      // As X11 and those that came after it number them.
      auto const number =
          static_cast<std::uint8_t>(each < vertical ? (down > 0 ? 5 : 4) : (right > 0 ? 7 : 6));
      timing_->wait_for_part(*now.what, each, count, timing_->options().key_ns);
      good = player_->button(number, true) && player_->button(number, false);
    }
    return good;
  }

private:
  /// Without moves in between some programs take a drag for a click.
  [[nodiscard]] bool drag_straight(screen_point from, screen_point to) {
    bool good = true;
    for (int step = 1; step <= 8 && good; ++step) {
      timing_->rest(pointer_.step_ns);
      good = pointer_.move_on({from.x + (to.x - from.x) * step / 8, from.y + (to.y - from.y) * step / 8});
    }
    return good;
  }

  [[nodiscard]] bool drag_along(drag_action const& what) {
    bool good = true;
    for (auto const& point : what.path) {
      if (timing_->is_semantic()) {
        timing_->rest(timing_->options().key_ns);
      } else {
        timing_->wait_until(point.when);
      }
      good = good && pointer_.move_on(point.at);
    }
    return good;
  }

  Player* player_;
  replay_timing<Clock>* timing_;
  replay_pointer<Player, Clock> pointer_;
  std::optional<screen_point> clicked_{}; ///< where the last click was
};

} // namespace overt::inline v0::dataset
