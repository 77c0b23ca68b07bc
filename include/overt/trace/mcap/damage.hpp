#pragma once

#include <cstdint>
#include <string>

namespace overt::inline v0::trace {

/// A part of a file that cannot be believed. `size` 0: something is missing here.
struct mcap_damage {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::string why{};
};

} // namespace overt::inline v0::trace
