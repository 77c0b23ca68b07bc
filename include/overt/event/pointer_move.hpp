#pragma once

#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

/// Where something is on the desktop: physical pixels from the top left corner of the primary origin. Points
/// may be negative or beyond a monitor; they are never clamped. `display_epoch` says which `display` event
/// describes the topology the point was seen in.
struct screen_point {
  std::int32_t x = 0;
  std::int32_t y = 0;
  std::uint16_t display = 0; ///< the monitor that holds the point; `no_display` when none does
  std::uint16_t display_epoch = 0;

  static constexpr std::uint16_t no_display = 0xFFFF;
  static constexpr auto fields() {
    return overt::fields(field("x", &screen_point::x, unit::pixels),
                         field("y", &screen_point::y, unit::pixels), field("display", &screen_point::display),
                         field("display_epoch", &screen_point::display_epoch));
  }
};

/// The pointer is at a point. How it got there is `pointer_delta`, a different type, because adding the two
/// up is wrong.
struct pointer_move {
  screen_point at{};
  bool injected = false;
  std::uint16_t device = 0;

  static constexpr std::string_view name = "pointer_move";
  static constexpr auto lane = input_lane::pointer;
  static constexpr bool packed = true;
  static constexpr bool expendable = true;
  static constexpr auto fields() {
    return overt::fields(field("at", &pointer_move::at), field("injected", &pointer_move::injected),
                         field("device", &pointer_move::device));
  }
};

} // namespace overt::inline v0
