#pragma once

#include <cstdint>
#include <cstdlib>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::x11 {

/// Tells single, double and triple clicks apart, as toolkits do: the same button, again, soon enough and near
/// enough to the first press.
class click_counter {
public:
  constexpr click_counter() = default;
  constexpr click_counter(std::int64_t longest_ns, std::int32_t farthest_pixels)
      : longest_ns_{longest_ns}, farthest_{farthest_pixels} {}

  /// A button went down; which click of a row this is.
  [[nodiscard]] std::uint8_t press(std::uint32_t button, timestamp time, std::int32_t x, std::int32_t y) {
    bool const continues = button == button_ && time - last_ <= longest_ns_ && time - last_ >= 0 &&
                           std::abs(x - x_) <= farthest_ && std::abs(y - y_) <= farthest_ && count_ < 255;
    if (!continues) {
      count_ = 0;
      x_ = x;
      y_ = y;
    }
    button_ = button;
    last_ = time;
    return ++count_;
  }

  /// The button came up: the same click as its press.
  [[nodiscard]] std::uint8_t release(std::uint32_t button) const {
    return button == button_ && count_ > 0 ? count_ : std::uint8_t{1};
  }

private:
  std::int64_t longest_ns_ = 400'000'000;
  std::int32_t farthest_ = 5;
  std::uint32_t button_ = 0;
  timestamp last_{};
  std::int32_t x_ = 0;
  std::int32_t y_ = 0;
  std::uint8_t count_ = 0;
};

} // namespace overt::inline v0::capture::x11
