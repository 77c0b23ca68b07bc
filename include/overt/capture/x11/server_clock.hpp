#pragma once

#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::x11 {

/// Turns the X server's time (milliseconds in 32 bits, which wrap every 49.7 days) into the session's clock.
///
/// The server of the same machine counts the milliseconds of CLOCK_MONOTONIC, so only the high bits are
/// missing; for another machine the difference is measured when the backend opens.
class server_clock {
public:
  /// How far a stamp may lie before the moment it stands for: one millisecond is cut off, and a server may
  /// read a coarse clock that is up to one more behind.
  static constexpr std::int64_t granularity_ns = 2'000'000;

  constexpr server_clock() = default;
  /// `ahead_ms`: the server's time minus this machine's.
  constexpr explicit server_clock(std::int64_t ahead_ms) : ahead_ms_{ahead_ms} {}

  /// The difference as seen in one round trip: the server stamped something between two readings of our
  /// clock.
  [[nodiscard]] static constexpr server_clock measured(std::uint32_t server_ms, timestamp before,
                                                       timestamp after) {
    auto const middle_ms = (before.ns + (after.ns - before.ns) / 2) / 1'000'000;
    auto const difference = static_cast<std::int32_t>(server_ms - static_cast<std::uint32_t>(middle_ms));
    // Within what cutting off and the round trip explain, both read the same clock.
    auto const explained = (after.ns - before.ns) / 2 / 1'000'000 + 3;
    return difference >= -explained && difference <= explained ? server_clock{} : server_clock{difference};
  }

  /// The moment of a stamp that arrived around `now`: the one nearest to it, before or after.
  [[nodiscard]] constexpr timestamp at(std::uint32_t server_ms, timestamp now) const {
    auto const server_now = now.ns / 1'000'000 + ahead_ms_;
    auto const difference = static_cast<std::int32_t>(server_ms - static_cast<std::uint32_t>(server_now));
    return timestamp{(server_now + difference - ahead_ms_) * 1'000'000};
  }

  [[nodiscard]] constexpr std::int64_t ahead_ms() const { return ahead_ms_; }

private:
  std::int64_t ahead_ms_ = 0;
};

} // namespace overt::inline v0::capture::x11
