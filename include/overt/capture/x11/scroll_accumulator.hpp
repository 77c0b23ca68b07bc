#pragma once

#include <cstdint>
#include <optional>

#include <overt/capture/x11/raw_event.hpp>

namespace overt::inline v0::capture::x11 {

/// One scroll axis of a device: turns its steps into 120ths of a notch. What is less than a 120th is kept for
/// the next step, so that the sum is exact however finely the wheel reports.
class scroll_accumulator {
public:
  constexpr scroll_accumulator() = default;
  /// `increment`: what the device calls one notch; negative when it counts the other way. `absolute`: the
  /// axis says where the wheel stands, and not how far it turned.
  constexpr scroll_accumulator(fixed3232 increment, bool absolute)
      : increment_{increment}, absolute_{absolute} {}

  constexpr void set_absolute() { absolute_ = true; }

  /// Whether it counts as another does, so that it can go on where that one stopped.
  [[nodiscard]] constexpr bool counts_like(scroll_accumulator const& other) const {
    return increment_ == other.increment_ && absolute_ == other.absolute_;
  }

  /// The 120ths that this value of the axis completes.
  [[nodiscard]] constexpr std::int32_t add(fixed3232 value) {
    fixed3232 step = value;
    if (absolute_) {
      step = last_ ? value - *last_ : 0; // where it stood before is not known the first time
      last_ = value;
    }
    // Beyond these no wheel is turned, and the sums below would not fit.
    constexpr fixed3232 widest = fixed_one << 20;
    if (increment_ == 0 || step > widest || step < -widest) {
      return 0;
    }
    remainder_ += step * 120;
    auto const whole = remainder_ / increment_;
    remainder_ -= whole * increment_;
    return static_cast<std::int32_t>(whole);
  }

private:
  fixed3232 increment_ = 0;
  fixed3232 remainder_ = 0;
  std::optional<fixed3232> last_{};
  bool absolute_ = false;
};

/// A wheel that has only buttons: 4 up, 5 down, 6 left, 7 right, one notch each.
struct wheel_step {
  std::int32_t dx_v120 = 0;
  std::int32_t dy_v120 = 0;
};

[[nodiscard]] constexpr std::optional<wheel_step> wheel_step_of_button(std::uint32_t button) {
  switch (button) {
  case 4: return wheel_step{.dy_v120 = -120};
  case 5: return wheel_step{.dy_v120 = 120};
  case 6: return wheel_step{.dx_v120 = -120};
  case 7: return wheel_step{.dx_v120 = 120};
  default: return std::nullopt;
  }
}

} // namespace overt::inline v0::capture::x11
