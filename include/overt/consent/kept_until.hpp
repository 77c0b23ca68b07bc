#pragma once

#include <algorithm>
#include <cstdint>

#include <overt/detail/iso8601.hpp>

namespace overt::inline v0::consent {

/// Until when a recording that began at `start_wall_ns` may be read, for a receipt that lets it be kept so
/// many days: both in nanoseconds since 1970-01-01 UTC; 0 when the receipt names no days.
///
/// It stands in the trace, and an exact date there would tell when somebody worked. So it is rounded down, to
/// the begin of a day in UTC, and from 14 days on to that of a week (Monday): never later than was agreed.
[[nodiscard]] constexpr std::int64_t kept_until(std::int64_t start_wall_ns,
                                                std::int32_t retention_days) noexcept {
  if (retention_days <= 0) {
    return 0;
  }
  constexpr auto day = overt::detail::iso::day_ns;
  constexpr auto latest = *overt::detail::parse_date_time("2261-01-01T00:00:00Z");
  auto const exact = (std::min)(overt::detail::add_period(start_wall_ns, {.days = retention_days}), latest);
  auto days = exact / day - (exact % day < 0 ? 1 : 0);
  if (retention_days >= 14) {
    days -= ((days + 3) % 7 + 7) % 7; // 1970-01-05 was a Monday
  }
  return days * day;
}

} // namespace overt::inline v0::consent
