#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/window_fit.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether an object, and what is in it, may show in a popup.
[[nodiscard]] inline bool opens_popup(shown_object const& one) noexcept {
  auto const role = ui_role_of(one.what.role);
  return is_menu_role(one.what.role) || role == ui_role::combo_box || role == ui_role::list ||
         is_role(one.what.role, accessible_role::tool_tip) ||
         (is_role(one.what.role, accessible_role::window) && !one.managed);
}

/// Whether menus, lists or tips that can be seen fill a popup from edge to edge. Most toolkits tell of these
/// as of parts of the window that opened them.
[[nodiscard]] inline bool fills_popup(std::deque<shown_object> const& all, rectangle const& popup) {
  rectangle shown{};
  std::vector<bool> opened(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const& one = all[i];
    opened[i] = opens_popup(one) || (one.parent != shown_object::nothing && opened[one.parent]);
    auto const box = one.placed(one.what.bounds);
    if (one.shown && opened[i] && clipped(box, grown(popup, 4)) == box) {
      shown = around_both(shown, box);
    }
  }
  return covers_popup(shown, popup);
}

} // namespace overt::inline v0::capture::atspi
