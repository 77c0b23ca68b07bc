#pragma once

#include <cstddef>
#include <optional>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/replay_check.hpp>
#include <overt/dataset/play/replay_target.hpp>
#include <overt/dataset/play/seen_window.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// An action while it is played, with what was found for it on the way.
struct played_action {
  action const* what = nullptr;
  std::size_t number = 0;           ///< in the episode, from 0
  std::optional<screen_point> at{}; ///< where to point; goes with its element when that has been found
  seen_window window{};             ///< once it has been waited for
  std::size_t moved = 0;            ///< elements of it that were somewhere else than in the trace
};

/// Where an action begins with the pointer; nothing for one of the keyboard.
[[nodiscard]] inline std::optional<screen_point> point_of(action const& what) {
  if (auto const* const move = what.get_if<move_action>()) {
    return move->at;
  }
  if (auto const* const click = what.get_if<click_action>()) {
    return click->at;
  }
  if (auto const* const drag = what.get_if<drag_action>()) {
    return drag->from;
  }
  if (auto const* const scroll = what.get_if<scroll_action>()) {
    return scroll->at;
  }
  if (what.get_if<told_action>() != nullptr && is_pointable(what)) {
    return middle_of(what.meant.front().bounds);
  }
  return std::nullopt;
}

} // namespace overt::inline v0::dataset
