#pragma once

#include <overt/dataset/action.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// Where an action began on the desktop; nothing for one of the keyboard.
[[nodiscard]] inline screen_point const* point_of(action const& what) noexcept {
  if (auto const* const move = what.get_if<move_action>(); move != nullptr) {
    return &move->at;
  }
  if (auto const* const click = what.get_if<click_action>(); click != nullptr) {
    return &click->at;
  }
  if (auto const* const drag = what.get_if<drag_action>(); drag != nullptr) {
    return &drag->from;
  }
  auto const* const scroll = what.get_if<scroll_action>();
  return scroll == nullptr ? nullptr : &scroll->at;
}

} // namespace overt::inline v0::dataset
