#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace overt_fuzz {

/// The input as numbers; zeros when it is used up.
struct numbers {
  std::span<std::uint8_t const> rest{};

  std::uint64_t take(std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes && !rest.empty(); ++i, rest = rest.subspan(1)) {
      value = value << 8 | rest.front();
    }
    return value;
  }
};

} // namespace overt_fuzz
