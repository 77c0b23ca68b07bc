#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/play/play_schedule.hpp>
#include <overt/dataset/play/replay_check.hpp>
#include <overt/dataset/play/replay_clock.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_target.hpp>
#include <overt/dataset/play/typed_symbols.hpp>
#include <overt/dataset/play/wheel_notches.hpp>
#include <overt/dataset/point_of.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

namespace detail {

/// One replay of one episode.
template <input_player Player, window_view Windows, element_view Elements, class Clock>
class replaying {
public:
  replaying(Player& player, Windows& windows, Elements& elements, episode const& what,
            replay_options const& options, Clock clock)
      : player_{&player}, windows_{&windows}, elements_{&elements}, episode_{&what}, options_{&options},
        clock_{std::move(clock)} {}

  [[nodiscard]] result<replay_outcome> run() {
    auto const& actions = episode_->actions;
    auto const first = actions.empty() ? timestamp{} : actions.front().approached;
    schedule_ = play_schedule{first, clock_.now(), options_->speed};
    for (number_ = 0; number_ < actions.size() && !has_ended(); ++number_) {
      act_ = &actions[number_];
      bool const good = do_again();
      if (!good && !has_ended()) {
        (void)player_->let_go();
        return failure{error_code::source_lost, "The display went away during action " +
                                                    std::to_string(number_ + 1) +
                                                    ", or has no key left for a character of it."};
      }
      outcome_.done += has_ended() ? 0u : 1u;
    }
    if (!player_->let_go() && !has_ended()) {
      return failure{error_code::source_lost, "The display went away at the end of the replay."};
    }
    return std::move(outcome_);
  }

private:
  static constexpr std::int64_t second_click_ns = 600'000'000; ///< later it is no double click anywhere
  static constexpr std::int64_t list_ns = 1'500'000'000;       ///< for the list of a combo box to be drawn
  static constexpr std::int64_t field_ns = 2'000'000'000;
  static constexpr std::int64_t answer_ns = 500'000'000;
  static constexpr std::int64_t step_ns =
      10'000'000; ///< between two moves of a path that is made up of a line
  static constexpr std::int64_t look_ns = 50'000'000;
  static constexpr std::int32_t near_px = 8;

  [[nodiscard]] bool is_semantic() const { return options_->pace == replay_pace::semantic; }

  [[nodiscard]] bool has_ended() const { return outcome_.diverged || outcome_.stopped; }

  /// Waits, and looks whether it is to stop; then there is no more waiting.
  void rest_until(timestamp when) {
    while (!is_stopped() && clock_.now() < when) {
      clock_.sleep_until(std::min(when, clock_.now() + look_ns));
    }
  }
  [[nodiscard]] bool is_stopped() {
    outcome_.stopped = outcome_.stopped || (options_->stop && options_->stop());
    return outcome_.stopped;
  }

  /// False: it diverged, was stopped, or the display went away.
  [[nodiscard]] bool do_again() {
    at_ = target_of(*act_);
    if (act_->template get_if<wait_action>() != nullptr) {
      return true;
    }
    if (act_->template get_if<focus_action>() != nullptr) {
      return is_last_focus() ? wait_for_window() : true;
    }
    pause();
    if (is_stopped() || !wait_for_window() || (is_semantic() && !wait_for_elements())) {
      return false;
    }
    bool const good = std::visit([this](auto const& what) { return this->play(what); }, act_->what) &&
                      player_->hold(modifiers::none);
    ended_ = clock_.now();
    if (good && is_semantic()) {
      elements_->settle(window_.process, answer_ns);
      return check_values();
    }
    return good;
  }

  /// What a focus that comes at the end says, came of the actions; others are waited for by what is done
  /// in them, because windows have titles in passing that are never seen again.
  [[nodiscard]] bool is_last_focus() const {
    auto const& actions = episode_->actions;
    for (auto later = number_ + 1; later < actions.size(); ++later) {
      if (actions[later].template get_if<wait_action>() == nullptr) {
        return false;
      }
    }
    return true;
  }

  /// Where the pointer has to be for it; nothing for what the keyboard does.
  [[nodiscard]] static std::optional<screen_point> target_of(action const& what) {
    if (auto const* const at = point_of(what); at != nullptr) {
      return *at;
    }
    if (what.get_if<told_action>() != nullptr && is_pointable(what)) {
      auto const& box = what.meant.front().bounds;
      return screen_point{box.x + box.width / 2, box.y + box.height / 2};
    }
    return std::nullopt;
  }

  /// Before an action: until its time, or until programs have begun with the one before.
  void pause() {
    if (!is_semantic()) {
      wait_for_way(act_->approached);
      return;
    }
    bool const again = at_ && clicked_ && act_->template get_if<move_action>() == nullptr &&
                       std::abs(at_->x - clicked_->x) <= near_px && std::abs(at_->y - clicked_->y) <= near_px;
    rest_until(ended_ + (again ? second_click_ns : options_->pause_ns));
  }

  /// What comes late makes all after it late by as much.
  void wait_until(timestamp recorded) {
    auto const due = schedule_.due(recorded);
    rest_until(due);
    schedule_.delay(due, clock_.now());
  }

  /// A hand may be on its way while another still types: that is not late.
  void wait_for_way(timestamp recorded) { rest_until(schedule_.due(recorded)); }

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

  [[nodiscard]] bool diverge(difference what, std::string expected, std::string found) {
    if (outcome_.stopped) {
      return false; // it was not waited for to the end
    }
    outcome_.diverged = divergence{number_, what, std::move(expected), std::move(found)};
    return false;
  }

  [[nodiscard]] static std::string words_of(action_place const& where) {
    return where.application + (where.title.empty() ? "" : ": " + where.title);
  }

  // --- what is there before

  [[nodiscard]] bool is_there(std::optional<seen_window> const& one) const {
    if (!one) {
      return false;
    }
    return one->popup ? act_->where.application.empty() || act_->where.application == one->application
                      : is_place(act_->where, one->application, one->title);
  }

  [[nodiscard]] bool is_named() const {
    return std::ranges::any_of(act_->meant, [](meaning const& one) { return !one.label.empty(); });
  }

  /// Until the window of the action has the focus; for the pointer, until it is at the point. An element that
  /// is named is looked for in a window that has moved, too.
  [[nodiscard]] bool wait_for_window() {
    std::optional<seen_window> seen;
    bool const there = poll(options_->limit_ns, [&] {
      if (at_) {
        seen = windows_->at(*at_);
        if (is_there(seen)) {
          return true;
        }
        auto focused = is_semantic() && is_named() ? windows_->focused() : std::nullopt;
        seen = is_there(focused) ? std::move(focused) : std::move(seen);
      } else {
        seen = windows_->focused();
      }
      return is_there(seen);
    });
    if (!there && (!act_->where.application.empty() || !act_->where.title.empty())) {
      return diverge(difference::window, words_of(act_->where),
                     seen ? seen->application + ": " + seen->title : std::string{"none"});
    }
    window_ = seen.value_or(seen_window{});
    return true;
  }

  /// Until what the action was done to is there and takes something. Moves the point with it.
  [[nodiscard]] bool wait_for_elements() {
    if constexpr (std::is_same_v<Elements, no_elements>) {
      return true;
    }
    for (auto const& one : act_->meant) {
      if (one.label.empty() && is_empty(one.bounds)) {
        continue; // the trace does not tell what it was
      }
      if (at_ && is_outside(one, *at_)) {
        wait_for_list();
      }
      std::optional<seen_element> found;
      auto const asked_at = at_.value_or(
          screen_point{one.bounds.x + one.bounds.width / 2, one.bounds.y + one.bounds.height / 2});
      bool const there = poll(options_->limit_ns, [&] {
        found = elements_->find(one, window_, asked_at);
        return found && found->enabled;
      });
      if (!there) {
        return diverge(found ? difference::disabled : difference::element,
                       std::string{name_of(one.role)} + " \"" + one.label + '"', found ? "disabled" : "none");
      }
      if (at_) {
        auto const moved = point_in(one.bounds, found->bounds, *at_);
        outcome_.moved += moved.x != at_->x || moved.y != at_->y ? 1u : 0u;
        at_ = moved;
      }
    }
    return true;
  }

  /// What is chosen lies in a list over the window. Some programs draw it in the window: it is not waited for
  /// long.
  void wait_for_list() {
    (void)poll(list_ns, [&] {
      auto const seen = windows_->at(*at_);
      return seen && seen->popup && is_there(seen);
    });
  }

  // --- and after

  /// Until the element has the value that it had in the trace, as long as it is there.
  [[nodiscard]] bool check_values() {
    if constexpr (std::is_same_v<Elements, no_elements>) {
      return true;
    }
    for (auto const& one : act_->meant) {
      // Programs flash the button of a key that is typed.
      bool const passing = !at_ && one.act == ui_act::toggle && one.role == ui_role::toggle_button;
      if (one.after.empty() || one.label.empty() || passing) {
        continue;
      }
      std::optional<seen_element> found;
      auto const asked_at =
          screen_point{one.bounds.x + one.bounds.width / 2, one.bounds.y + one.bounds.height / 2};
      bool const same = poll(options_->limit_ns, [&] {
        found = elements_->find(one, window_, asked_at);
        return !found || found->value.empty() || found->value == one.after;
      });
      if (!same) {
        return diverge(difference::value,
                       std::string{name_of(one.role)} + " \"" + one.label + "\": " + one.after, found->value);
      }
    }
    return true;
  }

  // --- input

  // Nothing more is pressed once it is to stop.

  [[nodiscard]] bool move(screen_point to) { return !outcome_.stopped && player_->move(to); }
  [[nodiscard]] bool stroke(key_symbol symbol, modifiers held) {
    return !outcome_.stopped && player_->stroke(symbol, held);
  }
  [[nodiscard]] bool button(std::uint8_t number, bool down) {
    return (!down || !outcome_.stopped) && player_->button(number, down);
  }

  /// The pointer comes over the place like a hand, from somewhere: programs see it enter. In real time it
  /// goes the way that the trace has, or straight.
  [[nodiscard]] bool go_to(screen_point to) {
    bool good = true;
    if (is_semantic()) {
      good = move({to.x > 2 ? to.x - 2 : to.x + 2, to.y});
    } else if (!act_->approach.empty()) {
      for (auto const& point : act_->approach) {
        wait_for_way(point.when);
        good = good && move(point.at);
      }
    } else {
      good = go_straight(to);
    }
    if (!is_semantic()) {
      wait_until(act_->began);
    }
    pointer_ = to;
    return good && move(to);
  }

  [[nodiscard]] bool go_straight(screen_point to) {
    auto const from = pointer_.value_or(screen_point{to.x - 3, to.y});
    auto const length = std::max<std::int64_t>(0, act_->began - act_->approached);
    auto const steps = std::clamp<std::int64_t>(length / step_ns, 1, 400);
    bool good = true;
    for (std::int64_t step = 1; step <= steps && good; ++step) {
      auto const steps_and_end = static_cast<std::size_t>(steps) + 1;
      wait_for_way(spread(act_->approached, act_->began, static_cast<std::size_t>(step) - 1, steps_and_end));
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
      if (!is_semantic()) {
        wait_until(point.when);
      }
      good = good && move(point.at);
      pointer_ = point.at;
    }
    return good;
  }

  [[nodiscard]] bool play(move_action const& what) {
    return is_semantic() || what.path.empty() ? go_to(*at_) : follow(what.path) && go_on_to(what.at);
  }
  [[nodiscard]] bool go_on_to(screen_point to) {
    pointer_ = to;
    return move(to);
  }

  [[nodiscard]] bool play(click_action const& what) { return click(what.number, what.count, what.held); }

  [[nodiscard]] bool click(std::uint8_t number, std::uint8_t count, modifiers held) {
    bool good = go_to(*at_) && player_->hold(held);
    std::size_t const halves = 2u * std::max<std::size_t>(1, count);
    for (std::size_t half = 0; half < halves && good; ++half) {
      if (is_semantic()) {
        rest_until(clock_.now() + (half == 0 ? 0 : 2 * options_->key_ns));
      } else {
        wait_until(spread(act_->began, act_->ended, half, halves));
      }
      good = button(number, half % 2 == 0);
    }
    clicked_ = at_;
    return good;
  }

  [[nodiscard]] bool play(drag_action const& what) {
    auto const by_x = at_->x - what.from.x;
    auto const by_y = at_->y - what.from.y;
    auto to = what.to;
    to.x += by_x;
    to.y += by_y;
    bool good = go_to(*at_) && player_->hold(what.held) && button(what.number, true);
    if (what.path.empty() || by_x != 0 || by_y != 0) {
      // Without the moves in between some programs take it for a click.
      for (int step = 1; step <= 8 && good; ++step) {
        rest_until(clock_.now() + step_ns);
        good = move({at_->x + (to.x - at_->x) * step / 8, at_->y + (to.y - at_->y) * step / 8});
      }
    } else {
      for (auto const& point : what.path) {
        if (is_semantic()) {
          rest_until(clock_.now() + options_->key_ns);
        } else {
          wait_until(point.when);
        }
        good = good && move(point.at);
      }
    }
    good = good && go_on_to(to);
    if (!is_semantic()) {
      wait_until(act_->ended);
    }
    return button(what.number, false) && good;
  }

  [[nodiscard]] bool play(scroll_action const& what) {
    auto const down = notches_of(what.dy_v120);
    auto const right = notches_of(what.dx_v120);
    outcome_.unscrolled_dx_v120 += right.remainder_v120;
    outcome_.unscrolled_dy_v120 += down.remainder_v120;
    auto const count =
        static_cast<std::size_t>(std::abs(down.notches)) + static_cast<std::size_t>(std::abs(right.notches));
    bool good = go_to(*at_) && player_->hold(what.held);
    for (std::size_t each = 0; each < count && good; ++each) {
      bool const is_down = each < static_cast<std::size_t>(std::abs(down.notches));
      // As X11 and those that came after it number them.
      auto const number =
          static_cast<std::uint8_t>(is_down ? (down.notches > 0 ? 5 : 4) : (right.notches > 0 ? 7 : 6));
      wait_for_stroke(each, count);
      good = button(number, true) && button(number, false);
    }
    return good;
  }

  /// Where the trace tells only what stood in the field afterwards, that takes the place of all that stands
  /// in it.
  [[nodiscard]] bool play(text_action const&) {
    auto const text = text_to_write(*act_, number_, *options_);
    auto const keys = symbols_of_text(text.value_or(std::string{})).value_or(std::vector<key_symbol>{});
    auto const* const told = act_->template get_if<text_action>();
    auto const before = is_semantic() ? wait_for_field() : std::nullopt;
    bool good = !told->whole || stroke({'a'}, modifiers::control);
    for (std::size_t each = 0; each < keys.size() && good; ++each) {
      if (!is_semantic() && told->typed.size() == keys.size()) {
        wait_until(told->typed[each]);
      } else {
        wait_for_stroke(each, keys.size());
      }
      good = stroke(keys[each], modifiers::none);
    }
    return good && (!before || *before == *text || has_changed(*before, *text));
  }

  /// Until something that can be written into has the focus, which may come a while after a click. Not for
  /// long: a calculator takes keys without a field. What stands in it, if that is told.
  [[nodiscard]] std::optional<std::string> wait_for_field() {
    std::optional<seen_field> seen;
    (void)poll(std::min(field_ns, options_->limit_ns), [&] {
      seen = elements_->focused(window_.process);
      return std::is_same_v<Elements, no_elements> || (seen && seen->editable);
    });
    return seen && seen->editable ? seen->text : std::nullopt;
  }

  /// Until something else stands in the field, as long as it has the focus.
  [[nodiscard]] bool has_changed(std::string const& before, std::string const& written) {
    bool const changed = written.empty() || poll(options_->limit_ns, [&] {
                           auto const seen = elements_->focused(window_.process);
                           return !seen || !seen->editable || !seen->text || *seen->text != before;
                         });
    return changed || diverge(difference::value, written, before);
  }

  [[nodiscard]] bool play(key_action const& what) {
    std::size_t const count = 1u + what.repeated;
    bool good = true;
    for (std::size_t each = 0; each < count && good; ++each) {
      wait_for_stroke(each, count);
      good = stroke(*what.symbol, what.held);
    }
    return good;
  }

  void wait_for_stroke(std::size_t number, std::size_t count) {
    if (is_semantic()) {
      rest_until(clock_.now() + (number == 0 ? 0 : options_->key_ns));
    } else {
      wait_until(spread(act_->began, act_->ended, number, count));
    }
  }

  /// Its element is clicked: what was meant is in the trace, though not how it was done.
  [[nodiscard]] bool play(told_action const&) {
    if (!at_) {
      return true;
    }
    ++outcome_.told;
    return click(1, 1, modifiers::none);
  }

  [[nodiscard]] bool play(wait_action const&) { return true; }
  [[nodiscard]] bool play(focus_action const&) { return true; }

  Player* player_;
  Windows* windows_;
  Elements* elements_;
  episode const* episode_;
  replay_options const* options_;
  Clock clock_;
  play_schedule schedule_{{}, {}, 1.0};
  replay_outcome outcome_{};
  std::size_t number_ = 0;
  action const* act_ = nullptr;
  seen_window window_{};             ///< of the action
  std::optional<screen_point> at_{}; ///< where it points, after its element has been found
  std::optional<screen_point> clicked_{};
  std::optional<screen_point> pointer_{};
  timestamp ended_{}; ///< the action before
};

} // namespace detail

/// Does again what was done in an episode, and ends at the first difference. Everything that was pressed has
/// been let go when it returns. Waits, in this thread, until it is done.
///
/// In real time each action comes as long after the one before as in the trace, and waits only for its
/// window; what comes late makes all after it late by as much. Semantically it waits for its window and for
/// the elements that it was done to, looks whether they have the value afterwards that they had, and goes on
/// at once.
template <input_player Player, window_view Windows, element_view Elements, class Clock = replay_clock>
[[nodiscard]] result<replay_outcome> replay(Player& player, Windows& windows, Elements& elements,
                                            episode const& what, replay_options const& options = {},
                                            Clock clock = {}) {
  if (auto const good = check_playable(what, options); !good) {
    return good.error();
  }
  return detail::replaying<Player, Windows, Elements, Clock>{player, windows, elements,
                                                             what,   options, std::move(clock)}
      .run();
}

} // namespace overt::inline v0::dataset
