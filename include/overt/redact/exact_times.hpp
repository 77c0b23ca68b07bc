#pragma once

#include <cstdint>
#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Writes the exact time of everything, on the monotonic clock, and the anchor that ties it to the wall
/// clock. The rhythm of typing identifies people, so the receipt must say `"keystroke_timing": "raw"`.
///
/// Without it, times are counted from the start of the session on a grid of five seconds.
struct exact_times {
  static constexpr std::string_view name = "exact_times";

  [[nodiscard]] consent::grants needs() const { return consent::grants::raw_timing; }
  [[nodiscard]] std::int64_t time_grid_ns() const { return 0; }
};

} // namespace overt::inline v0::redact
