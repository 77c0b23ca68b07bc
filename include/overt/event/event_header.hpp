#pragma once

#include <cstdint>

#include <overt/event/context_ptr.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0 {

/// The `source` number of what the recorder says itself.
inline constexpr std::uint16_t recorder_source = 0xFFFF;

/// What every event has: when it happened and where. A backend fills in these two; the rest is the
/// recorder's.
struct event_header {
  timestamp time{};
  context_ptr context{}; ///< null when the source does not know

  /// Its number in memory, which tells it from every other event of the session; 0 when it came through no
  /// port. The number in a trace is given after clearing, so that a hole in it tells nothing.
  std::uint64_t produced = 0;
  std::uint16_t source = 0; ///< which backend, in the order in which they were given

  /// The source itself vouches for the context at the event's time: a program that records what happens in
  /// its own windows does. Otherwise the event waits until an answer confirms it (see `settle`).
  bool confirmed = false;
};

} // namespace overt::inline v0
