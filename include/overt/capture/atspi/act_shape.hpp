#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// GTK 4 calls what has no name after the type of the widget: "GtkToggleButton".
[[nodiscard]] constexpr bool is_widget_type(std::string_view name) noexcept {
  return name.size() > 4 && name.starts_with("Gtk") && name[3] >= 'A' && name[3] <= 'Z' &&
         name.find(' ') == std::string_view::npos;
}

/// What a click on an element, or Enter on it, does to it.
enum class act_shape : std::uint8_t {
  nothing,    ///< it takes no acts of its own: a panel, a label, a picture
  edits,      ///< a text field: going into it is no act, and what is typed becomes `text`
  activates,  ///< a button, link, leaf of a menu
  opens_menu, ///< a menu, or what opens one
  toggles,    ///< on and off
  chooses,    ///< a combo box
  picks,      ///< an item of a list, a table or a tree
  turns_to,   ///< a tab
  slides,     ///< a slider, spin button or scroll bar
  expands,    ///< shows and hides what belongs to it
};

/// By the role alone, which is all that is known of an ancestor.
[[nodiscard]] constexpr act_shape shape_of_role(std::uint32_t number) noexcept {
  using role = accessible_role;
  switch (static_cast<role>(number)) {
  case role::push_button:
  case role::link:
  case role::menu_item:
  case role::tearoff_menu_item: return act_shape::activates;
  case role::menu:
  case role::push_button_menu: return act_shape::opens_menu;
  case role::check_box:
  case role::check_menu_item:
  case role::radio_button:
  case role::radio_menu_item:
  case role::toggle_button: return act_shape::toggles;
  case role::combo_box: return act_shape::chooses;
  case role::list_item:
  case role::icon:
  case role::table_cell:
  case role::table_row:
  case role::tree_item: return act_shape::picks;
  case role::page_tab: return act_shape::turns_to;
  case role::slider:
  case role::spin_button: return act_shape::slides;
  case role::text:
  case role::entry:
  case role::autocomplete:
  case role::password_text:
  case role::terminal: return act_shape::edits;
  default: break;
  }
  switch (number) {
  case 10: // column header: sorts
  case 57: // table column header
    return act_shape::activates;
  case 13:                           // desktop icon
  case 47:                           // row header
  case 58: return act_shape::picks;  // table row header
  case 15:                           // dial
  case 48: return act_shape::slides; // scroll bar
  case 12:                           // date editor
  case 77: return act_shape::edits;  // editbar
  default: return act_shape::nothing;
  }
}

[[nodiscard]] inline bool is_menu_role(std::uint32_t number) noexcept {
  using role = accessible_role;
  return is_role(number, role::menu) || is_role(number, role::menu_item) ||
         is_role(number, role::check_menu_item) || is_role(number, role::radio_menu_item) ||
         is_role(number, role::tearoff_menu_item) || is_role(number, role::popup_menu);
}

/// What a person may choose from a combo box that is open. A menu inside one is the whole list (Firefox finds
/// it at the place of the closed combo box), not a choice.
[[nodiscard]] inline bool is_choice(element const& what) noexcept {
  return shape_of_role(what.role) == act_shape::picks ||
         (is_menu_role(what.role) && !is_role(what.role, accessible_role::menu) &&
          !is_role(what.role, accessible_role::popup_menu));
}

/// The shape of an element with its states.
[[nodiscard]] inline act_shape shape_of(element const& what) noexcept {
  using role = accessible_role;
  using state = accessible_state;
  auto const by_role = shape_of_role(what.role);
  if (by_role == act_shape::slides || by_role == act_shape::chooses || by_role == act_shape::picks ||
      by_role == act_shape::edits) {
    return by_role;
  }
  if (has_state(what, state::editable) && !has_state(what, state::read_only)) {
    return act_shape::edits;
  }
  if (is_role(what.role, role::menu_item)) {
    bool const on_bar = !what.path.empty() && is_role(what.path.back().role, role::menu_bar);
    // In GTK 4 and on the web the words of an item are its children.
    bool const holds_menu = what.children > 0 && !what.document && what.attribute_named("toolkit") != "GTK";
    return on_bar || holds_menu || has_state(what, state::has_popup) || has_state(what, state::expandable)
               ? act_shape::opens_menu
               : act_shape::activates;
  }
  if (is_role(what.role, role::push_button) || is_role(what.role, role::toggle_button) ||
      is_role(what.role, role::link)) {
    if (has_state(what, state::has_popup)) {
      return act_shape::opens_menu;
    }
    return has_state(what, state::expandable) ? act_shape::expands : by_role;
  }
  return by_role == act_shape::nothing && has_state(what, state::expandable) ? act_shape::expands : by_role;
}

/// The nearest ancestor, at most `farthest` steps up, that takes acts for what is inside it: the link around
/// a picture, the item around a label. Null when there is none before the page, dialog or window.
[[nodiscard]] inline ancestor const* acting_ancestor(element const& what, std::size_t farthest = 8) noexcept {
  for (std::size_t up = 0; up < what.path.size() && up < farthest; ++up) {
    auto const& one = what.path[what.path.size() - 1 - up];
    auto const role = ui_role_of(one.role);
    if (role == ui_role::document || role == ui_role::dialog || role == ui_role::window ||
        role == ui_role::menu_bar) {
      return nullptr;
    }
    bool const popup =
        is_role(one.role, accessible_role::menu) || is_role(one.role, accessible_role::popup_menu);
    bool const named = !one.name.view().empty() && !is_widget_type(one.name.view());
    if (shape_of_role(one.role) != act_shape::nothing && (named || !popup)) {
      return &one;
    }
  }
  return nullptr;
}

/// The combo box around an element, or null.
[[nodiscard]] inline ancestor const* combo_around(element const& what, std::size_t farthest = 8) noexcept {
  for (std::size_t up = 0; up < what.path.size() && up < farthest; ++up) {
    auto const& one = what.path[what.path.size() - 1 - up];
    if (is_role(one.role, accessible_role::combo_box)) {
      return &one;
    }
  }
  return nullptr;
}

[[nodiscard]] inline bool is_inside(element const& what, object_id const& around) noexcept {
  for (auto const& one : what.path) {
    if (one.id == around) {
      return true;
    }
  }
  return false;
}

} // namespace overt::inline v0::capture::atspi
