#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

enum class focus_target : std::uint8_t { window, page, element };

constexpr auto enumerators(focus_target) {
  return std::array<std::string_view, 3>{"window", "page", "element"};
}

/// The focus came to a window, page or element: the one that this event's context describes.
struct focus {
  focus_target target = focus_target::window;

  static constexpr std::string_view name = "focus";
  static constexpr auto lane = input_lane::keyboard;
  static constexpr auto fields() { return overt::fields(field("target", &focus::target)); }
};

} // namespace overt::inline v0
