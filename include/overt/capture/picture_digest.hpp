#pragma once

#include <cstdint>

#include <overt/event/screen_picture.hpp>

namespace overt::inline v0::capture {

/// A number that tells pictures of the same size apart, to see that the screen shows again what it showed
/// before. Kept in memory only. Two pictures have the same one by accident once in 2^64, and it is no
/// protection against somebody who draws for that.
[[nodiscard]] inline std::uint64_t digest_of(screen_picture const& picture) noexcept {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15; // the golden ratio, as a fraction of 2^64
  std::uint64_t digest = odd;
  for (auto const pixel : picture.pixels()) {
    digest = (digest ^ pixel) * odd;
    digest ^= digest >> 29; // else the high bits of a pixel would not reach the low ones
  }
  return digest;
}

} // namespace overt::inline v0::capture
