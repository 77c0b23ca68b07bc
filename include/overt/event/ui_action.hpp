#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/event/ui_role.hpp>

namespace overt::inline v0 {

/// What an act meant to the program it went to.
enum class ui_act : std::uint8_t { activate, select, toggle, expand, open_menu, set_value };

constexpr auto enumerators(ui_act) {
  return std::array<std::string_view, 6>{"activate", "select", "toggle", "expand", "open_menu", "set_value"};
}

/// A step of the way to an element: its role and what it is called.
struct ui_step {
  ui_role role = ui_role::unknown;
  guarded_text label{};

  static constexpr auto fields() {
    return overt::fields(field("role", &ui_step::role), field("label", &ui_step::label));
  }
};

/// What a person did, in the program's own terms: the menu item "Save As…", the list whose value went from
/// "Red" to "Blue".
struct ui_action {
  ui_act act = ui_act::activate;
  ui_role role = ui_role::unknown;
  guarded_text label{};        ///< what the element is called
  std::vector<ui_step> path{}; ///< from the window down to the element itself
  guarded_text before{};       ///< its value before
  guarded_text after{};        ///< and after
  rectangle bounds{};          ///< where it was
  guarded_text selector{};     ///< another way to find it again: its identifier, else roles and a place
  timestamp observed{};        ///< when the element was read, which may be before the act
  std::vector<std::uint64_t> made_of{}; ///< the input events it came from, those of them that were written

  static constexpr std::string_view name = "ui_action";
  static constexpr auto lane = input_lane::keyboard;
  static constexpr bool derived = true;
  static constexpr auto fields() {
    return overt::fields(field("act", &ui_action::act), field("role", &ui_action::role),
                         field("label", &ui_action::label), field("path", &ui_action::path),
                         field("before", &ui_action::before), field("after", &ui_action::after),
                         field("bounds", &ui_action::bounds), field("selector", &ui_action::selector),
                         field("observed", &ui_action::observed, unit::nanoseconds),
                         field("made_of", &ui_action::made_of, unit::event_number));
  }
};

} // namespace overt::inline v0
