#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace overt::inline v0 {

/// What an element is. A role that is not in this list is `unknown`, and treated as secret.
enum class ui_role : std::uint8_t {
  unknown,
  button,
  toggle_button,
  check_box,
  radio_button,
  menu_bar,
  menu,
  menu_item,
  combo_box,
  list,
  list_item,
  tab_list,
  tab,
  link,
  text_field,
  password_field,
  terminal,
  spin_button,
  slider,
  table,
  table_cell,
  tree,
  tree_item,
  label,
  heading,
  image,
  tool_bar,
  group,
  document,
  dialog,
  window,
};

constexpr auto enumerators(ui_role) {
  return std::array<std::string_view, 31>{
      "unknown", "button",    "toggle_button", "check_box",      "radio_button", "menu_bar",
      "menu",    "menu_item", "combo_box",     "list",           "list_item",    "tab_list",
      "tab",     "link",      "text_field",    "password_field", "terminal",     "spin_button",
      "slider",  "table",     "table_cell",    "tree",           "tree_item",    "label",
      "heading", "image",     "tool_bar",      "group",          "document",     "dialog",
      "window"};
}

} // namespace overt::inline v0
