#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

enum class consent_state : std::uint8_t {
  active,
  expired,
  withdrawn,
  invalidated, ///< the receipt, the policy or the notice changed
  indicator_lost,
  paused,   ///< by the person, and to be resumed: the consent itself goes on (see `consent::controls`)
  resumed,  ///< after a pause
  narrowed, ///< the person exempted an application or a site for the rest of the session
};

constexpr auto enumerators(consent_state) {
  return std::array<std::string_view, 8>{"active",         "expired", "withdrawn", "invalidated",
                                         "indicator_lost", "paused",  "resumed",   "narrowed"};
}

/// The consent began to hold or stopped holding, or the person paused, resumed or narrowed it.
struct consent_change {
  consent_state state = consent_state::active;

  static constexpr std::string_view name = "consent_change";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() { return overt::fields(field("state", &consent_change::state)); }
};

} // namespace overt::inline v0
