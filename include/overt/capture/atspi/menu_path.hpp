#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_label.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether an ancestor is a step of the way that a person would name. Boxes that only arrange others are
/// not, nor is a popup without a name between a menu and its items.
[[nodiscard]] inline bool is_step(ancestor const& one) noexcept {
  switch (ui_role_of(one.role)) {
  case ui_role::window:
  case ui_role::document:
  case ui_role::dialog:
  case ui_role::menu_bar:
  case ui_role::tab_list:
  case ui_role::tool_bar:
  case ui_role::list:
  case ui_role::table:
  case ui_role::tree: return !is_role(one.role, accessible_role::paragraph);
  case ui_role::unknown:
  case ui_role::image:
  case ui_role::label: return false;
  default: return is_label(one.name.view(), one.role);
  }
}

/// What a step is called. Of a window and of a page it is left out: the context of the event has their
/// titles, under rules of their own.
[[nodiscard]] inline guarded_text step_label(std::uint32_t role, std::string_view called) {
  auto const what = ui_role_of(role);
  bool const titled = what == ui_role::window || what == ui_role::document;
  return titled || !is_label(called, role) ? guarded_text{} : guarded_text{arena_string{called}};
}

/// The way to an element: window, dialog, menu … and the element itself at the end, called `called`.
[[nodiscard]] inline std::vector<ui_step> path_of(element const& what, std::string_view called) {
  std::vector<ui_step> steps;
  steps.reserve(what.path.size() + 1);
  for (auto const& one : what.path) {
    if (is_step(one)) {
      steps.push_back(ui_step{ui_role_of(one.role), step_label(one.role, one.name.view())});
    }
  }
  steps.push_back(
      ui_step{ui_role_of(what.role), called.empty() ? guarded_text{} : guarded_text{arena_string{called}}});
  return steps;
}

} // namespace overt::inline v0::capture::atspi
