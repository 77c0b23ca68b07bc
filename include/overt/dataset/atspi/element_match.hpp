#pragma once

#include <string>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_label.hpp>
#include <overt/capture/atspi/element_value.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/dataset/action.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::dataset::atspi {

/// Whether an element is the one that an act was done to: of the same role and label. One without a label in
/// the trace has to be where it was.
[[nodiscard]] inline bool is_wanted(capture::atspi::element const& what, meaning const& wanted) {
  if (capture::atspi::ui_role_of(what.role) != wanted.role) {
    return false;
  }
  return wanted.label.empty() ? is_empty(wanted.bounds) || what.bounds == wanted.bounds
                              : capture::atspi::label_of(what) == wanted.label;
}

/// An element with the value that such an act changes, in the words of `meaning::after`.
[[nodiscard]] inline seen_element described(capture::atspi::element const& what, ui_act act) {
  using state = capture::atspi::accessible_state;
  auto const expansion = [&what]() -> std::string_view {
    return capture::atspi::is_expanded(what) ? "expanded" : "collapsed";
  };
  std::string_view const value = act == ui_act::toggle   ? capture::atspi::on_or_off(what)
                                 : act == ui_act::expand ? expansion()
                                                         : capture::atspi::value_of(what);
  return {.bounds = what.bounds,
          .enabled = has_state(what, state::enabled) || has_state(what, state::sensitive),
          .value = std::string{value}};
}

} // namespace overt::inline v0::dataset::atspi
