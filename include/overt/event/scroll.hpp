#pragma once

#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0 {

/// The wheel turned, in 120ths of a notch, the unit that Windows, evdev and Wayland share. A high-resolution
/// wheel sends less than a notch at a time; nothing is rounded.
struct scroll {
  std::int32_t dx_v120 = 0; ///< right is positive
  std::int32_t dy_v120 = 0; ///< towards the person (content moves up, view goes down) is positive
  modifiers held = modifiers::none;
  screen_point at{};
  bool injected = false;
  std::uint16_t device = 0;

  static constexpr std::string_view name = "scroll";
  static constexpr auto lane = input_lane::pointer;
  static constexpr bool packed = true;
  static constexpr auto fields() {
    return overt::fields(field("dx_v120", &scroll::dx_v120, unit::v120),
                         field("dy_v120", &scroll::dy_v120, unit::v120), field("held", &scroll::held),
                         field("at", &scroll::at), field("injected", &scroll::injected),
                         field("device", &scroll::device));
  }
};

} // namespace overt::inline v0
