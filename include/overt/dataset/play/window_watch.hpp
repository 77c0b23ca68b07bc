#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/played_action.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_target.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/dataset/play/seen_window.hpp>

namespace overt::inline v0::dataset {

/// Waits for the windows of the actions of a replay.
template <window_view Windows, class Clock>
class window_watch {
public:
  static constexpr std::int64_t list_ns = 1'500'000'000; ///< for the list of a combo box to be drawn

  /// Both live as long as this.
  window_watch(Windows& windows, replay_timing<Clock>& timing) : windows_{&windows}, timing_{&timing} {}

  /// Until the window of the action has the focus; for the pointer, until it is at the point. An element that
  /// is named is looked for in a window that has moved, too. Nothing: it is there and in `now`, or the replay
  /// was stopped.
  [[nodiscard]] std::optional<divergence> wait_for(played_action& now) {
    auto const& where = now.what->where;
    std::optional<seen_window> seen;
    bool const there = timing_->poll(timing_->options().limit_ns, [&] {
      seen = look(now);
      return is_there(where, seen);
    });
    if (there || (where.application.empty() && where.title.empty())) {
      now.window = std::move(seen).value_or(seen_window{});
      return std::nullopt;
    }
    if (timing_->was_stopped()) {
      return std::nullopt; // it was not waited for to the end
    }
    return divergence{now.number, difference::window,
                      where.application + (where.title.empty() ? "" : ": " + where.title),
                      seen ? seen->application + ": " + seen->title : std::string{"none"}};
  }

  /// What is chosen lies in a list over the window. Some programs draw it in the window: it is not waited for
  /// long.
  void wait_for_list(played_action const& now) {
    (void)timing_->poll(list_ns, [&] {
      auto const seen = windows_->at(*now.at);
      return seen && seen->popup && is_there(now.what->where, seen);
    });
  }

private:
  /// The window that the action would be done in at this moment.
  [[nodiscard]] std::optional<seen_window> look(played_action const& now) {
    if (!now.at) {
      return windows_->focused();
    }
    auto seen = windows_->at(*now.at);
    if (!is_there(now.what->where, seen) && timing_->is_semantic() && is_named(*now.what)) {
      if (auto focused = windows_->focused(); is_there(now.what->where, focused)) {
        return focused;
      }
    }
    return seen;
  }

  [[nodiscard]] static bool is_there(action_place const& where, std::optional<seen_window> const& seen) {
    if (!seen) {
      return false;
    }
    return seen->popup ? where.application.empty() || where.application == seen->application
                       : is_place(where, seen->application, seen->title);
  }

  [[nodiscard]] static bool is_named(action const& what) {
    return std::ranges::any_of(what.meant, [](meaning const& one) { return !one.label.empty(); });
  }

  Windows* windows_;
  replay_timing<Clock>* timing_;
};

} // namespace overt::inline v0::dataset
