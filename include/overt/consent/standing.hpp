#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/consent/receipt.hpp>
#include <overt/consent/terms.hpp>

namespace overt::inline v0::consent {

/// Where a consent stands at a moment. Recording is allowed in `holds` alone.
enum class standing : std::uint8_t {
  holds,
  not_answered, ///< asked for, and neither given nor refused
  refused,
  withdrawn,
  expired,
  invalidated, ///< what it was bound to changed
  not_begun,   ///< given later than the clock says it is now
};

constexpr auto enumerators(standing) {
  return std::array<std::string_view, 7>{"holds",   "not_answered", "refused",  "withdrawn",
                                         "expired", "invalidated",  "not_begun"};
}

/// The one place that says whether a receipt permits recording at a wall-clock time (nanoseconds since 1970):
/// what the record says of itself, and its time. `holds_at` gives it as a failure that says what to do.
[[nodiscard]] inline standing standing_at(receipt const& terms, std::int64_t wall_ns) noexcept {
  switch (terms.latest) {
  case consent_event::given:
  case consent_event::renewed: break;
  case consent_event::requested: return standing::not_answered;
  case consent_event::refused: return standing::refused;
  case consent_event::withdrawn: return standing::withdrawn;
  case consent_event::expired: return standing::expired;
  case consent_event::invalidated: return standing::invalidated;
  default: return standing::invalidated; // a value that only a cast can make
  }
  return wall_ns < terms.granted_wall_ns    ? standing::not_begun
         : wall_ns >= terms.expires_wall_ns ? standing::expired
                                            : standing::holds;
}

} // namespace overt::inline v0::consent
