#pragma once

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/roles.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether what is typed into an element is a text of its own. In a spin button it is a value, in a terminal
/// it cannot be told from passwords.
[[nodiscard]] inline bool takes_text(element const& what) noexcept {
  auto const nature = nature_of(what.role);
  if (nature == role_nature::password || nature == role_nature::terminal || nature == role_nature::unknown ||
      is_role(what.role, accessible_role::spin_button)) {
    return false;
  }
  bool const edits =
      has_state(what, accessible_state::editable) && !has_state(what, accessible_state::read_only);
  return edits && (what.interfaces & (element::text | element::editable_text)) != 0;
}

/// Whether Enter puts a line into it rather than ending it. Not every toolkit says of a field that it has one
/// line, but all say of one that it has many.
[[nodiscard]] inline bool has_lines(element const& what) noexcept {
  return has_state(what, accessible_state::multi_line) || nature_of(what.role) == role_nature::document;
}

} // namespace overt::inline v0::capture::atspi
