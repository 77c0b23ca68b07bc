#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0 {

enum class button_phase : std::uint8_t { press, release };

constexpr auto enumerators(button_phase) { return std::array<std::string_view, 2>{"press", "release"}; }

/// Numbered by use, not by any system: `other` keeps its number in `button::number`.
enum class button_name : std::uint8_t { left, middle, right, back, forward, other };

constexpr auto enumerators(button_name) {
  return std::array<std::string_view, 6>{"left", "middle", "right", "back", "forward", "other"};
}

/// A button of a pointing device went down or came up.
struct button {
  button_phase phase = button_phase::press;
  button_name which = button_name::left;
  std::uint8_t number = 1; ///< as the system numbers it (X11: 1, 2, 3, 8, 9, …)
  std::uint8_t clicks = 1; ///< 1 single, 2 double, 3 triple, by the desktop's own time and distance
  modifiers held = modifiers::none;
  screen_point at{};
  bool injected = false;
  std::uint16_t device = 0;

  static constexpr std::string_view name = "button";
  static constexpr auto lane = input_lane::pointer;
  static constexpr auto fields() {
    return overt::fields(field("phase", &button::phase), field("which", &button::which),
                         field("number", &button::number), field("clicks", &button::clicks, unit::count),
                         field("held", &button::held), field("at", &button::at),
                         field("injected", &button::injected), field("device", &button::device));
  }
};

} // namespace overt::inline v0
