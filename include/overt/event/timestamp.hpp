#pragma once

#include <compare>
#include <cstdint>

namespace overt::inline v0 {

/// A moment on the session's one clock: nanoseconds of a monotonic clock, 64 bits, signed.
///
/// On Linux this is CLOCK_MONOTONIC. A timestamp orders events; it never identifies one, because two events
/// may share it. Identity is the sequence number.
struct timestamp {
  std::int64_t ns = 0;

  friend constexpr auto operator<=>(timestamp, timestamp) = default;
};

/// The nanoseconds from `earlier` to `later`; negative when they are the other way round.
[[nodiscard]] constexpr std::int64_t operator-(timestamp later, timestamp earlier) {
  return later.ns - earlier.ns;
}

[[nodiscard]] constexpr timestamp operator+(timestamp start, std::int64_t ns) {
  return timestamp{start.ns + ns};
}

} // namespace overt::inline v0
