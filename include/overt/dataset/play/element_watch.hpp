#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/played_action.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_target.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/dataset/play/window_watch.hpp>

namespace overt::inline v0::dataset {

/// Waits for the elements of the actions of a semantic replay, before and after. What a trace does not tell
/// of them is not waited for.
template <element_view Elements, class Clock>
class element_watch {
public:
  static constexpr std::int64_t answer_ns = 500'000'000; ///< for a program to handle what was sent to it

  /// Both live as long as this.
  element_watch(Elements& elements, replay_timing<Clock>& timing) : elements_{&elements}, timing_{&timing} {}

  /// Before an action: until what it was done to is there and takes something. Moves the point with it.
  /// Nothing: all are there, or the replay was stopped.
  template <window_view Windows>
  [[nodiscard]] std::optional<divergence> wait_for(played_action& now,
                                                   window_watch<Windows, Clock>& windows) {
    if constexpr (std::is_same_v<Elements, no_elements>) {
      return std::nullopt;
    }
    for (auto const& one : now.what->meant) {
      if (one.label.empty() && is_empty(one.bounds)) {
        continue; // the trace does not tell what it was
      }
      if (now.at && is_outside(one, *now.at)) {
        windows.wait_for_list(now);
      }
      auto const asked_at = now.at.value_or(middle_of(one.bounds));
      std::optional<seen_element> found;
      bool const there = timing_->poll(timing_->options().limit_ns, [&] {
        found = elements_->find(one, now.window, asked_at);
        return found && found->enabled;
      });
      if (!there) {
        return found ? unless_stopped(now, difference::disabled, words_of(one), "disabled")
                     : unless_stopped(now, difference::element, words_of(one), "none");
      }
      if (now.at) {
        auto const moved = point_in(one.bounds, found->bounds, *now.at);
        now.moved += moved.x != now.at->x || moved.y != now.at->y ? 1u : 0u;
        now.at = moved;
      }
    }
    return std::nullopt;
  }

  /// After an action: until the elements have the values that they had in the trace, as long as they are
  /// there. Nothing: they have, or the replay was stopped.
  [[nodiscard]] std::optional<divergence> wait_for_values(played_action const& now) {
    if constexpr (std::is_same_v<Elements, no_elements>) {
      return std::nullopt;
    }
    elements_->settle(now.window.process, answer_ns);
    for (auto const& one : now.what->meant) {
      // Programs flash the button of a key that is typed.
      bool const passing = !now.at && one.act == ui_act::toggle && one.role == ui_role::toggle_button;
      if (one.after.empty() || one.label.empty() || passing) {
        continue;
      }
      std::optional<seen_element> found;
      bool const same = timing_->poll(timing_->options().limit_ns, [&] {
        found = elements_->find(one, now.window, middle_of(one.bounds));
        return !found || found->value.empty() || found->value == one.after;
      });
      if (!same) {
        return unless_stopped(now, difference::value, words_of(one) + ": " + one.after, found->value);
      }
    }
    return std::nullopt;
  }

private:
  [[nodiscard]] static std::string words_of(meaning const& one) {
    return std::string{name_of(one.role)} + " \"" + one.label + '"';
  }

  /// A replay that was stopped did not wait to the end.
  [[nodiscard]] std::optional<divergence> unless_stopped(played_action const& now, difference what,
                                                         std::string expected, std::string found) const {
    return timing_->was_stopped()
               ? std::nullopt
               : std::optional{divergence{now.number, what, std::move(expected), std::move(found)}};
  }

  Elements* elements_;
  replay_timing<Clock>* timing_;
};

} // namespace overt::inline v0::dataset
