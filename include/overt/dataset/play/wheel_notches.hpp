#pragma once

#include <cstdint>

namespace overt::inline v0::dataset {

/// A turn of the wheel in whole notches, which is all that some systems can play, and what is left of it.
struct wheel_notches {
  std::int32_t notches = 0;
  std::int32_t remainder_v120 = 0; ///< of the same sign, less than a notch

  friend constexpr bool operator==(wheel_notches const&, wheel_notches const&) = default;
};

[[nodiscard]] constexpr wheel_notches notches_of(std::int32_t v120) noexcept {
  return {v120 / 120, v120 % 120};
}

} // namespace overt::inline v0::dataset
