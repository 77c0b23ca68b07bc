#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// What a program told of one of its objects. `checked` and `unchecked` also stand for a toggle button that
/// was pressed in or let out, `showing` and `hidden` for visible too, `gone` for defunct.
enum class tracked_change : std::uint8_t {
  focused,
  selected,
  unselected,
  checked,
  unchecked,
  expanded,
  collapsed,
  selection_changed,
  value_changed,
  caret_moved,
  showing,
  hidden,
  gone,
};

constexpr auto enumerators(tracked_change) {
  return std::array<std::string_view, 13>{
      "focused",           "selected",      "unselected",  "checked", "unchecked", "expanded", "collapsed",
      "selection_changed", "value_changed", "caret_moved", "showing", "hidden",    "gone"};
}

/// One signal of a program, without any content. It says that something changed, never that a person did it.
struct tracked_signal {
  tracked_change kind = tracked_change::focused;
  object_id id{};
  timestamp time{}; ///< when it was taken from the bus
};

} // namespace overt::inline v0::capture::atspi
