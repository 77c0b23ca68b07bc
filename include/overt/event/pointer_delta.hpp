#pragma once

#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

/// A device moved by so much, in its own units times 256, before the system turned it into pixels.
struct pointer_delta {
  std::int32_t dx = 0; ///< right is positive
  std::int32_t dy = 0; ///< down is positive
  bool injected = false;
  std::uint16_t device = 0;

  static constexpr std::string_view name = "pointer_delta";
  static constexpr auto lane = input_lane::pointer;
  static constexpr bool packed = true;
  static constexpr bool expendable = true;
  static constexpr auto fields() {
    return overt::fields(field("dx", &pointer_delta::dx), field("dy", &pointer_delta::dy),
                         field("injected", &pointer_delta::injected),
                         field("device", &pointer_delta::device));
  }
};

} // namespace overt::inline v0
