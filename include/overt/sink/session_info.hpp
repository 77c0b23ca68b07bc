#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <overt/consent/purpose.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/source.hpp>

namespace overt::inline v0 {

/// What a trace says about itself before its first event.
struct session_info {
  std::string receipt_id{};      ///< of the consent it was recorded under
  std::string receipt{};         ///< the consent itself, JSON; empty when it was not read from a file
  std::string policy{};          ///< the chain's description, canonical JSON
  std::string policy_digest{};   ///< its SHA-256, 64 hexadecimal digits
  std::string indicator{};       ///< what showed that recording was on
  std::int64_t time_grid_ns = 0; ///< 0: times are exact and monotonic; else counted from the start, floored
  std::optional<clock_anchor> anchor{}; ///< only when times are exact
  std::vector<source> sources{};        ///< what each backend can see, in the order of `source` numbers
  /// From then on nobody may read it, in nanoseconds since 1970-01-01 UTC (see `consent::kept_until`); 0 in
  /// traces that do not say.
  std::int64_t kept_until_wall_ns = 0;
  std::vector<consent::purpose> purposes{}; ///< that the consent named; none in traces that do not say
};

/// How many events of one payload were written.
struct written_count {
  literal payload{};
  std::uint64_t written = 0;
};

/// What a sink learns at the end. Only what was written is counted here: how much was withheld must not reach
/// a disk.
struct session_end {
  std::vector<written_count> written{};
};

} // namespace overt::inline v0
