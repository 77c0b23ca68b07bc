#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/play/element_watch.hpp>
#include <overt/dataset/play/field_watch.hpp>
#include <overt/dataset/play/played_action.hpp>
#include <overt/dataset/play/replay_check.hpp>
#include <overt/dataset/play/replay_hand.hpp>
#include <overt/dataset/play/replay_keyboard.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/dataset/play/stoppable_player.hpp>
#include <overt/dataset/play/wheel_notches.hpp>
#include <overt/dataset/play/window_watch.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset {

/// One replay of one episode: what is waited for before and after each action, and which hand does it. Runs
/// once. `replay` looks before whether all of the episode can be played, which is expected here.
template <input_player Player, window_view Windows, element_view Elements, class Clock>
class replay_run {
public:
  replay_run(Player& player, Windows& windows, Elements& elements, episode const& what,
             replay_options const& options, Clock clock)
      : actions_{&what.actions},
        timing_{options, what.actions.empty() ? timestamp{} : what.actions.front().approached,
                std::move(clock)},
        player_{player, timing_}, hand_{player_, timing_}, keyboard_{player_, timing_},
        windows_{windows, timing_}, elements_{elements, timing_}, fields_{elements, timing_} {}
  replay_run(replay_run const&) = delete; // its parts know each other
  replay_run& operator=(replay_run const&) = delete;

  [[nodiscard]] result<replay_outcome> to_end() {
    for (std::size_t number = 0; number < actions_->size() && !has_ended(); ++number) {
      bool const good = do_again(number);
      if (!good && !has_ended()) {
        (void)player_.let_go();
        return failure{error_code::source_lost, "The display went away during action " +
                                                    std::to_string(number + 1) +
                                                    ", or has no key left for a character of it."};
      }
      outcome_.done += has_ended() ? 0u : 1u;
    }
    if (!player_.let_go() && !has_ended()) {
      return failure{error_code::source_lost, "The display went away at the end of the replay."};
    }
    outcome_.stopped = timing_.was_stopped();
    return std::move(outcome_);
  }

private:
  static constexpr std::int64_t second_click_ns = 600'000'000; ///< later it is no double click anywhere

  [[nodiscard]] bool has_ended() const { return outcome_.diverged || timing_.was_stopped(); }

  /// False: that is a difference, or the replay was stopped while it was looked for.
  [[nodiscard]] bool goes_on(std::optional<divergence> found) {
    outcome_.diverged = std::move(found);
    return !has_ended();
  }

  /// False: it diverged, was stopped, or the display went away.
  [[nodiscard]] bool do_again(std::size_t number) {
    auto const& what = (*actions_)[number];
    played_action now{.what = &what, .number = number, .at = point_of(what)};
    if (what.template get_if<wait_action>() != nullptr) {
      return true;
    }
    if (what.template get_if<focus_action>() != nullptr) {
      return is_last_focus(number) ? goes_on(windows_.wait_for(now)) : true;
    }
    pause(now);
    if (timing_.is_stopped() || !goes_on(windows_.wait_for(now))) {
      return false;
    }
    if (timing_.is_semantic()) {
      bool const there = goes_on(elements_.wait_for(now, windows_));
      outcome_.moved += now.moved;
      if (!there) {
        return false;
      }
    }
    bool const good = std::visit([&](auto const& kind) { return this->play(now, kind); }, what.what) &&
                      player_.hold(modifiers::none);
    ended_ = timing_.now();
    return good && (!timing_.is_semantic() || goes_on(elements_.wait_for_values(now)));
  }

  /// What a focus that comes at the end says, came of the actions; others are waited for by what is done
  /// in them, because windows have titles in passing that are never seen again.
  [[nodiscard]] bool is_last_focus(std::size_t number) const {
    for (auto later = number + 1; later < actions_->size(); ++later) {
      if ((*actions_)[later].template get_if<wait_action>() == nullptr) {
        return false;
      }
    }
    return true;
  }

  /// Before an action: until its time, or until programs have begun with the one before.
  void pause(played_action const& now) {
    if (!timing_.is_semantic()) {
      timing_.wait_for_way(now.what->approached);
      return;
    }
    bool const again =
        now.at && now.what->template get_if<move_action>() == nullptr && hand_.is_near_last_click(*now.at);
    timing_.rest_until(ended_ + (again ? second_click_ns : timing_.options().pause_ns));
  }

  [[nodiscard]] bool play(played_action const& now, move_action const& what) { return hand_.move(now, what); }
  [[nodiscard]] bool play(played_action const& now, click_action const& what) {
    return hand_.click(now, what);
  }
  [[nodiscard]] bool play(played_action const& now, drag_action const& what) { return hand_.drag(now, what); }

  [[nodiscard]] bool play(played_action const& now, scroll_action const& what) {
    outcome_.unscrolled_dx_v120 += notches_of(what.dx_v120).remainder_v120;
    outcome_.unscrolled_dy_v120 += notches_of(what.dy_v120).remainder_v120;
    return hand_.scroll(now, what);
  }

  [[nodiscard]] bool play(played_action const& now, text_action const& what) {
    auto const text = text_to_write(*now.what, now.number, timing_.options()).value_or(std::string{});
    auto const before = timing_.is_semantic() ? fields_.wait_for(now) : std::nullopt;
    return keyboard_.write(*now.what, what, text) &&
           (!before || *before == text || goes_on(fields_.wait_for_change(now, *before, text)));
  }

  [[nodiscard]] bool play(played_action const& now, key_action const& what) {
    return keyboard_.press(*now.what, what);
  }

  /// Its element is clicked: what was meant is in the trace, though not how it was done.
  [[nodiscard]] bool play(played_action const& now, told_action const&) {
    if (!now.at) {
      return true;
    }
    ++outcome_.told;
    return hand_.click(now, click_action{});
  }

  [[nodiscard]] bool play(played_action const&, wait_action const&) { return true; }
  [[nodiscard]] bool play(played_action const&, focus_action const&) { return true; }

  using stoppable = stoppable_player<Player, Clock>;

  std::vector<action> const* actions_;
  replay_timing<Clock> timing_;
  stoppable player_;
  replay_hand<stoppable, Clock> hand_;
  replay_keyboard<stoppable, Clock> keyboard_;
  window_watch<Windows, Clock> windows_;
  element_watch<Elements, Clock> elements_;
  field_watch<Elements, Clock> fields_;
  replay_outcome outcome_{};
  timestamp ended_{}; ///< the action before
};

} // namespace overt::inline v0::dataset
