#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/field.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0 {

/// One monitor. Its make and serial number are not asked for.
struct monitor {
  std::uint16_t id = 0; ///< a number for this session
  rectangle bounds{};
  std::uint16_t scale_percent = 100;
  bool primary = false;

  static constexpr auto fields() {
    return overt::fields(field("id", &monitor::id), field("bounds", &monitor::bounds),
                         field("scale_percent", &monitor::scale_percent, unit::percent),
                         field("primary", &monitor::primary));
  }
};

/// The monitors and where they stand, at the start and whenever that changes.
struct display {
  std::uint16_t epoch = 0; ///< points with this `display_epoch` belong to it
  std::vector<monitor> monitors{};

  static constexpr std::string_view name = "display";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() {
    return overt::fields(field("epoch", &display::epoch), field("monitors", &display::monitors));
  }
};

} // namespace overt::inline v0
