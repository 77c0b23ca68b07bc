#pragma once

#include <optional>
#include <string_view>

#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether a check box, switch, radio button or toggle button is on. Toggle buttons say "pressed" where
/// others say "checked".
[[nodiscard]] inline bool is_on(element const& what) noexcept {
  return has_state(what, accessible_state::checked) || has_state(what, accessible_state::pressed);
}

[[nodiscard]] inline bool is_mixed(element const& what) noexcept {
  return has_state(what, accessible_state::indeterminate);
}

[[nodiscard]] inline std::string_view on_or_off(element const& what) noexcept {
  return is_mixed(what) ? "mixed" : is_on(what) ? "on" : "off";
}

[[nodiscard]] inline bool is_expanded(element const& what) noexcept {
  return has_state(what, accessible_state::expanded);
}

/// Whether the name of a combo box is what is chosen in it. GTK 3 and Qt 5 call it so and keep what it is
/// called in its label; on the web, and in GTK 4, the name is what it is called.
[[nodiscard]] inline bool is_named_after_value(element const& what) noexcept {
  auto const name = what.name.view();
  return is_role(what.role, accessible_role::combo_box) && !name.empty() && !what.document &&
         name != what.label.view() && (what.value.view().empty() || what.value.view() == name);
}

/// The value of a combo box, slider or spin button; empty when it is not known.
[[nodiscard]] inline std::string_view value_of(element const& what) noexcept {
  if (is_named_after_value(what)) {
    return what.name.view();
  }
  // A reader that takes the name for the value, where it is not.
  bool const only_name =
      is_role(what.role, accessible_role::combo_box) && what.value.view() == what.name.view();
  return only_name ? std::string_view{} : what.value.view();
}

} // namespace overt::inline v0::capture::atspi
