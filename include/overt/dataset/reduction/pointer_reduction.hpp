#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/event/button.hpp>
#include <overt/event/context.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// Presses and releases of buttons to clicks and drags. How far apart they were decides which, so that a fast
/// drag without a single move is one. Presses and releases are matched by button and order, never by time.
class pointer_reduction {
public:
  /// The action that this press begins. Moves on the way to it are given to it by the caller.
  action_drafts::number press(action_drafts& into, reduce_options const& options, moment at,
                              button const& what, std::optional<context> const& where) {
    if (auto const stuck = find(what); stuck != open_.end()) {
      conclude_without_release(into, options, *stuck);
      open_.erase(stuck);
    }
    auto const action =
        into.begin(click_action{.which = what.which, .number = what.number, .held = what.held, .at = what.at},
                   at, where);
    auto const joins = joined_by(options, at, what);
    if (!seen_ && (what.clicks == 2 || what.clicks == 3)) {
      into[action].what.flaw = action_flaw::cut; // the click before it is not in the trace
    }
    seen_ = true;
    open_.push_back({.action = action, .joins = joins, .pressed = at, .what = what, .last = what.at});
    last_.reset();
    return action;
  }

  void release(action_drafts& into, reduce_options const& options, moment at, button const& what) {
    auto const found = find(what);
    if (found == open_.end()) {
      into.leave(at.sequence, left_over::no_press);
      return;
    }
    auto pressed = std::move(*found);
    open_.erase(found);
    into.adopt(pressed.action, at, gap_lane::pointer);
    if (!nearer_than(options.drag_px, pressed.what.at, what.at)) {
      make_drag(into, pressed, what.at);
      return;
    }
    auto action = pressed.action;
    std::uint8_t count = 1;
    if (pressed.joins != action_drafts::none && into[action].what.flaw == action_flaw::none) {
      count = static_cast<std::uint8_t>(into.get_if<click_action>(pressed.joins)->count + 1);
      into.join(action, pressed.joins);
      action = pressed.joins;
      into.get_if<click_action>(action)->count = count;
    }
    if (into[action].what.flaw == action_flaw::none && open_.empty()) {
      last_ = last_click{action, count, pressed.pressed.time, pressed.what};
    }
  }

  /// Whether a button is down; then the move is a part of what is done with it.
  [[nodiscard]] bool move(action_drafts& into, moment at, screen_point to) {
    if (open_.empty() || open_.back().hidden_since) {
      return false;
    }
    auto& pressed = open_.back();
    into.adopt_move(pressed.action, at);
    pressed.path.push_back({to, at.time});
    pressed.last = to;
    return true;
  }

  /// Something else was done: no further click belongs to the last one.
  void interrupt() { last_.reset(); }

  /// Something is missing: what the pointer did since then may have been done without the button.
  void cut() {
    last_.reset();
    seen_ = false;
    for (auto& each : open_) {
      each.hidden_since = true;
    }
  }

  void finish(action_drafts& into, reduce_options const& options) {
    for (auto& each : open_) {
      conclude_without_release(into, options, each);
    }
    open_.clear();
  }

private:
  struct open_press {
    action_drafts::number action = action_drafts::none;
    action_drafts::number joins = action_drafts::none; ///< the click that it makes a double one
    moment pressed{};
    button what{};
    screen_point last{}; ///< where the pointer was seen last
    std::vector<path_point> path{};
    bool hidden_since = false;
  };
  struct last_click {
    action_drafts::number action = action_drafts::none;
    std::uint8_t count = 1;
    timestamp pressed{};
    button what{};
  };

  [[nodiscard]] std::vector<open_press>::iterator find(button const& what) {
    return std::find_if(open_.begin(), open_.end(),
                        [&](open_press const& each) { return each.what.number == what.number; });
  }

  [[nodiscard]] action_drafts::number joined_by(reduce_options const& options, moment at,
                                                button const& what) const {
    if (!last_ || last_->what.number != what.number || last_->count >= 3) {
      return action_drafts::none;
    }
    bool const joins = what.clicks != 0 ? what.clicks == last_->count + 1
                                        : nearer_than(options.double_click_px + 1, last_->what.at, what.at) &&
                                              options.surely_within(pause_between(last_->pressed, at.time),
                                                                    options.double_click_ns);
    return joins ? last_->action : action_drafts::none;
  }

  static void make_drag(action_drafts& into, open_press& pressed, screen_point to) {
    into[pressed.action].what.what = drag_action{.which = pressed.what.which,
                                                 .number = pressed.what.number,
                                                 .held = pressed.what.held,
                                                 .from = pressed.what.at,
                                                 .to = to,
                                                 .path = std::move(pressed.path)};
  }

  /// It stays what it was seen to be; no release is made up.
  static void conclude_without_release(action_drafts& into, reduce_options const& options,
                                       open_press& pressed) {
    into[pressed.action].what.flaw = action_flaw::no_release;
    if (!nearer_than(options.drag_px, pressed.what.at, pressed.last)) {
      make_drag(into, pressed, pressed.last);
    }
  }

  std::vector<open_press> open_{};
  std::optional<last_click> last_{};
  bool seen_ = false; ///< a press, since the trace began or something was missing
};

} // namespace overt::inline v0::dataset
