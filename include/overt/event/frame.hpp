#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0 {

enum class frame_reason : std::uint8_t {
  before_action,
  after_action,
  focus,
  typing_pause,
  scroll_end,
  idle,
  period
};

constexpr auto enumerators(frame_reason) {
  return std::array<std::string_view, 7>{"before_action", "after_action", "focus", "typing_pause",
                                         "scroll_end",    "idle",         "period"};
}

/// A picture of the agreed windows: why it was taken, what it covers, what was masked, and where its bytes
/// are.
struct frame {
  frame_reason reason = frame_reason::period;
  rectangle covers{};
  std::vector<rectangle> masked{};
  guarded_text media{}; ///< a reference to the picture, relative to the trace

  static constexpr std::string_view name = "frame";
  static constexpr auto lane = input_lane::pointer;
  static constexpr auto fields() {
    return overt::fields(field("reason", &frame::reason), field("covers", &frame::covers),
                         field("masked", &frame::masked), field("media", &frame::media));
  }
};

} // namespace overt::inline v0
