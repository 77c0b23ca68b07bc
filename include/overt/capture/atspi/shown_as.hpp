#pragma once

#include <cstdint>

#include <overt/capture/atspi/roles.hpp>
#include <overt/event/ui_role.hpp>

namespace overt::inline v0::capture::atspi {

/// What of an object can be seen, as far as its role tells.
enum class shown_as : std::uint8_t {
  nothing,   ///< it says and shows nothing of its own
  secret,    ///< whatever is in it
  control,   ///< the name that a program gave it
  bar,       ///< the same where nothing is in it; else only what is in it
  text,      ///< what a program shows: its name, or its text
  document,  ///< a part of a document: its text
  value,     ///< a number
  image,     ///< it is drawn
  container, ///< what is in it; drawn where nothing is in it
};

/// By AtspiRole. What is not known is a container, and so an image unless something is in it.
[[nodiscard]] constexpr shown_as shown_as_of(std::uint32_t role) noexcept {
  switch (nature_of(role)) {
  case role_nature::password:
  case role_nature::terminal: return shown_as::secret;
  case role_nature::document: return shown_as::document;
  default: break;
  }
  constexpr std::uint32_t calendar = 5;
  constexpr std::uint32_t progress_bar = 42;
  constexpr std::uint32_t scroll_bar = 48;
  constexpr std::uint32_t separator = 50;
  constexpr std::uint32_t level_bar = 103;
  constexpr std::uint32_t audio = 106;
  constexpr std::uint32_t video = 107;
  if (role == scroll_bar || role == separator) {
    return shown_as::nothing;
  }
  if (role == progress_bar || role == level_bar) {
    return shown_as::value;
  }
  if (role == calendar || role == audio || role == video || is_role(role, accessible_role::canvas) ||
      is_role(role, accessible_role::drawing_area)) {
    return shown_as::image;
  }
  switch (ui_role_of(role)) {
  case ui_role::button:
  case ui_role::toggle_button:
  case ui_role::check_box:
  case ui_role::radio_button:
  case ui_role::menu_item:
  case ui_role::tab: return shown_as::control;
  case ui_role::menu:
  case ui_role::menu_bar:
  case ui_role::tab_list:
  case ui_role::tool_bar: return shown_as::bar;
  case ui_role::image: return shown_as::image;
  case ui_role::slider: return shown_as::value;
  case ui_role::combo_box:
  case ui_role::list_item:
  case ui_role::link:
  case ui_role::text_field:
  case ui_role::spin_button:
  case ui_role::table_cell:
  case ui_role::tree_item:
  case ui_role::label:
  case ui_role::heading: return shown_as::text;
  default: return shown_as::container;
  }
}

} // namespace overt::inline v0::capture::atspi
