#pragma once

#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::sink::packed {

/// What stands in front of the leaves in every row. `context` is a number that the trace explains elsewhere;
/// 0 for an event of no place.
struct row_head {
  std::uint64_t sequence = 0;
  timestamp time{};
  std::uint16_t source = 0; ///< `recorder_source` (65535) for the recorder itself
  std::uint64_t context = 0;
};

} // namespace overt::inline v0::sink::packed
