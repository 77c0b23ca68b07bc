#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/play_schedule.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_run.hpp>
#include <overt/dataset/play/wheel_notches.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset::detail {

/// Makes the input of a replay's actions, in time with its run. `false`: the display has gone, or it is to
/// stop; then nothing more is pressed.
template <input_player Player, class Clock>
class replay_input {
public:
  replay_input(Player& player, replay_run<Clock>& run) : player_{&player}, run_{&run} {}

  /// Before an action: until its time, or until programs have begun with the one before.
  void pause(std::optional<screen_point> const& at, timestamp before_ended) {
    action const& act = run_->act();
    if (!run_->is_semantic()) {
      run_->wait_for_way(act.approached);
      return;
    }
    bool const again = at && clicked_ && act.get_if<move_action>() == nullptr &&
                       std::abs(at->x - clicked_->x) <= near_px && std::abs(at->y - clicked_->y) <= near_px;
    run_->rest_until(before_ended + (again ? second_click_ns : run_->options().pause_ns));
  }

  [[nodiscard]] bool let_go() { return player_->let_go(); }
  [[nodiscard]] bool let_go_of_modifiers() { return player_->hold(modifiers::none); }

  [[nodiscard]] bool point(move_action const& what, screen_point at) {
    return run_->is_semantic() || what.path.empty() ? go_to(at) : follow(what.path) && go_on_to(what.at);
  }

  [[nodiscard]] bool click(screen_point at, std::uint8_t number, std::uint8_t count, modifiers held) {
    bool good = go_to(at) && player_->hold(held);
    std::size_t const halves = 2u * std::max<std::size_t>(1, count);
    for (std::size_t half = 0; half < halves && good; ++half) {
      if (run_->is_semantic()) {
        run_->rest_until(run_->now() + (half == 0 ? 0 : 2 * run_->options().key_ns));
      } else {
        run_->wait_until(spread(run_->act().began, run_->act().ended, half, halves));
      }
      good = button(number, half % 2 == 0);
    }
    clicked_ = at;
    return good;
  }

  /// `at`: where it begins now, which may be elsewhere than in the trace.
  [[nodiscard]] bool drag(drag_action const& what, screen_point at) {
    auto const by_x = at.x - what.from.x;
    auto const by_y = at.y - what.from.y;
    auto to = what.to;
    to.x += by_x;
    to.y += by_y;
    bool good = go_to(at) && player_->hold(what.held) && button(what.number, true);
    if (what.path.empty() || by_x != 0 || by_y != 0) {
      // Without the moves in between some programs take it for a click.
      for (int step = 1; step <= 8 && good; ++step) {
        run_->rest_until(run_->now() + step_ns);
        good = move({at.x + (to.x - at.x) * step / 8, at.y + (to.y - at.y) * step / 8});
      }
    } else {
      for (auto const& point : what.path) {
        if (run_->is_semantic()) {
          run_->rest_until(run_->now() + run_->options().key_ns);
        } else {
          run_->wait_until(point.when);
        }
        good = good && move(point.at);
      }
    }
    good = good && go_on_to(to);
    if (!run_->is_semantic()) {
      run_->wait_until(run_->act().ended);
    }
    return button(what.number, false) && good;
  }

  [[nodiscard]] bool scroll(scroll_action const& what, screen_point at) {
    auto const down = notches_of(what.dy_v120);
    auto const right = notches_of(what.dx_v120);
    run_->outcome().unscrolled_dx_v120 += right.remainder_v120;
    run_->outcome().unscrolled_dy_v120 += down.remainder_v120;
    auto const vertical = static_cast<std::size_t>(std::abs(down.notches));
    auto const count = vertical + static_cast<std::size_t>(std::abs(right.notches));
    bool good = go_to(at) && player_->hold(what.held);
    for (std::size_t each = 0; each < count && good; ++each) {
      // As X11 and those that came after it number them.
      int const number = each < vertical ? (down.notches > 0 ? 5 : 4) : (right.notches > 0 ? 7 : 6);
      run_->wait_for_stroke(each, count);
      good =
          button(static_cast<std::uint8_t>(number), true) && button(static_cast<std::uint8_t>(number), false);
    }
    return good;
  }

  /// Where the trace tells only what stood in the field afterwards, that takes the place of all that stands
  /// in it.
  [[nodiscard]] bool type(text_action const& what, std::span<key_symbol const> keys) {
    bool good = !what.whole || stroke({'a'}, modifiers::control);
    for (std::size_t each = 0; each < keys.size() && good; ++each) {
      if (!run_->is_semantic() && what.typed.size() == keys.size()) {
        run_->wait_until(what.typed[each]);
      } else {
        run_->wait_for_stroke(each, keys.size());
      }
      good = stroke(keys[each], modifiers::none);
    }
    return good;
  }

  [[nodiscard]] bool press(key_action const& what) {
    std::size_t const count = 1u + what.repeated;
    bool good = true;
    for (std::size_t each = 0; each < count && good; ++each) {
      run_->wait_for_stroke(each, count);
      good = stroke(*what.symbol, what.held);
    }
    return good;
  }

private:
  static constexpr std::int64_t second_click_ns = 600'000'000; ///< later it is no double click anywhere
  static constexpr std::int64_t step_ns = 10'000'000; ///< between two moves of a path that is made up
  static constexpr std::int32_t near_px = 8;

  [[nodiscard]] bool move(screen_point to) { return !run_->outcome().stopped && player_->move(to); }
  [[nodiscard]] bool stroke(key_symbol symbol, modifiers held) {
    return !run_->outcome().stopped && player_->stroke(symbol, held);
  }
  [[nodiscard]] bool button(std::uint8_t number, bool down) {
    return (!down || !run_->outcome().stopped) && player_->button(number, down);
  }

  /// The pointer comes over the place like a hand, from somewhere: programs see it enter. In real time it
  /// goes the way that the trace has, or straight.
  [[nodiscard]] bool go_to(screen_point to) {
    action const& act = run_->act();
    bool good = true;
    if (run_->is_semantic()) {
      good = move({to.x > 2 ? to.x - 2 : to.x + 2, to.y});
    } else if (!act.approach.empty()) {
      for (auto const& point : act.approach) {
        run_->wait_for_way(point.when);
        good = good && move(point.at);
      }
    } else {
      good = go_straight(to);
    }
    if (!run_->is_semantic()) {
      run_->wait_until(act.began);
    }
    return good && go_on_to(to);
  }

  [[nodiscard]] bool go_straight(screen_point to) {
    action const& act = run_->act();
    auto const from = pointer_.value_or(screen_point{to.x - 3, to.y});
    auto const length = std::max<std::int64_t>(0, act.began - act.approached);
    auto const steps = std::clamp<std::int64_t>(length / step_ns, 1, 400);
    bool good = true;
    for (std::int64_t step = 1; step <= steps && good; ++step) {
      auto const steps_and_end = static_cast<std::size_t>(steps) + 1;
      run_->wait_for_way(
          spread(act.approached, act.began, static_cast<std::size_t>(step) - 1, steps_and_end));
      auto const part = [step, steps](std::int32_t a, std::int32_t b) {
        return static_cast<std::int32_t>(a + (std::int64_t{b} - a) * (2 * step - 1) / (2 * steps));
      };
      good = move({part(from.x, to.x), part(from.y, to.y)});
    }
    return good;
  }

  [[nodiscard]] bool follow(std::vector<path_point> const& path) {
    bool good = true;
    for (auto const& point : path) {
      if (!run_->is_semantic()) {
        run_->wait_until(point.when);
      }
      good = good && go_on_to(point.at);
    }
    return good;
  }

  [[nodiscard]] bool go_on_to(screen_point to) {
    pointer_ = to;
    return move(to);
  }

  Player* player_;
  replay_run<Clock>* run_;
  std::optional<screen_point> clicked_{};
  std::optional<screen_point> pointer_{};
};

} // namespace overt::inline v0::dataset::detail
