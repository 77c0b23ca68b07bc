#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_value.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/typed_copy.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/text_arena.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether a name may be written as what something is called: not a copy of what was typed elsewhere, and no
/// longer than a text may be.
[[nodiscard]] inline bool is_label(std::string_view name, std::uint32_t role) noexcept {
  return !name.empty() && name.size() <= text_arena::longest_text && !is_widget_type(name) &&
         !typed_copy_in(name, role);
}

/// What a person would call the element: its name, else what labels it, else its description. Empty when
/// nothing says so. A combo box that is called after its value is called after its label instead.
[[nodiscard]] inline std::string_view label_of(element const& what) noexcept {
  bool const named_after_value = is_named_after_value(what);
  // Of a slider the description may be its value (GTK 3).
  bool const described_by_value = shape_of_role(what.role) == act_shape::slides;
  auto const usable = [&what](std::string_view name) { return is_label(name, what.role); };
  if (!named_after_value && !what.name.view().empty() && !is_widget_type(what.name.view())) {
    // A name that copies what was typed is not replaced by something else that may copy it too.
    return usable(what.name.view()) ? what.name.view() : std::string_view{};
  }
  if (usable(what.label.view())) {
    return what.label.view();
  }
  return !described_by_value && usable(what.description.view()) ? what.description.view()
                                                                : std::string_view{};
}

/// The nearest ancestor with a name, for parts of a control of which only the box around them is named.
[[nodiscard]] inline std::string_view name_around(element const& what, std::size_t farthest = 4) noexcept {
  for (std::size_t up = 0; up < what.path.size() && up < farthest; ++up) {
    auto const& one = what.path[what.path.size() - 1 - up];
    auto const role = ui_role_of(one.role);
    if (role == ui_role::window || role == ui_role::dialog || role == ui_role::document ||
        role == ui_role::tool_bar) {
      return {};
    }
    if (is_label(one.name.view(), one.role)) {
      return one.name.view();
    }
  }
  return {};
}

/// What the list is called that a button opens, in LibreOffice, which shows no combo box: a toggle button of
/// GTK without a name, inside a box that has one, or drawn on one that `hit` found there. Empty: it is none.
[[nodiscard]] inline std::string_view list_name(element const& button, element const* hit) noexcept {
  if (!is_role(button.role, accessible_role::toggle_button) || !label_of(button).empty() ||
      button.attribute_named("toolkit") != "gtk") {
    return {};
  }
  auto const around = name_around(button);
  if (!around.empty() || hit == nullptr || hit->id.bus != button.id.bus || hit->id == button.id) {
    return around;
  }
  bool const within = hit->bounds.contains(button.bounds.x + button.bounds.width / 2,
                                           button.bounds.y + button.bounds.height / 2);
  return within && shape_of(*hit) == act_shape::nothing && ui_role_of(hit->role) != ui_role::window
             ? label_of(*hit)
             : std::string_view{};
}

} // namespace overt::inline v0::capture::atspi
