#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

namespace overt::inline v0::detail {

/// Bytes that nobody can guess, from the system's own source.
template <std::size_t Size>
[[nodiscard]] std::array<std::uint8_t, Size> random_bytes() {
  std::random_device source; // getrandom or /dev/urandom with the standard libraries in use
  std::array<std::uint8_t, Size> bytes{};
  for (auto& byte : bytes) {
    byte = static_cast<std::uint8_t>(source());
  }
  return bytes;
}

} // namespace overt::inline v0::detail
