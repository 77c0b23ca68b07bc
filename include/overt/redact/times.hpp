#pragma once

#include <cstdint>
#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/consent/terms.hpp>
#include <overt/event/field.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// How exact the times in a trace are. The rhythm of typing tells who typed: of 55 people, from 500 keys, it
/// named the right one in 88 of 100 cases with exact times, in 33 when times were on a grid of one second,
/// and in no more than chance when the intervals were somebody else's.
///
///     redact::times{overt::consent::key_timing::resampled}
///
/// - `none`: every event has the time 0, and only the order is kept;
/// - `resampled`: intervals of the population instead of the person's, within segments of five seconds. For
///   what is replayed or looks at pace, not for studies of rhythm;
/// - `segment_5s`: on a grid of five seconds from the start of the session. So it is without this policy;
/// - `segment_1s`: on one of a second; the receipt has to say so;
/// - `raw`: exact, on the monotonic clock. The receipt must say `"keystroke_timing": "raw"`.
///
/// `time_writer` does it.
struct times {
  consent::key_timing how = consent::key_timing::segment_5s;

  static constexpr std::string_view name = "times";
  static constexpr auto fields() { return overt::fields(field("how", &times::how)); }

  [[nodiscard]] consent::grants needs() const {
    return how == consent::key_timing::raw ? consent::grants::raw_timing : consent::grants{};
  }

  /// How fine the times are at most, for comparing with the receipt; 0 is exact. Without times there is
  /// nothing finer than the usual grid either.
  [[nodiscard]] std::int64_t time_grid_ns() const {
    switch (how) {
    case consent::key_timing::raw: return 0;
    case consent::key_timing::segment_1s: return 1'000'000'000;
    default: return default_time_grid_ns;
    }
  }

  [[nodiscard]] consent::key_timing key_times() const { return how; }
};

} // namespace overt::inline v0::redact
