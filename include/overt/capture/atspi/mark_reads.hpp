#pragma once

#include <cstdint>

namespace overt::inline v0::capture::atspi {

/// How many readings of what programs marked were begun, and how many are done.
struct mark_reads {
  std::uint64_t asked = 0;
  std::uint64_t known = 0;
};

} // namespace overt::inline v0::capture::atspi
