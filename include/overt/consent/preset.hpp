#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include <overt/consent/grants.hpp>

namespace overt::inline v0::consent {

/// Rules of a place and a kind of relationship. A preset only ever takes away from what a record grants.
/// These are the project's reading of published guidance. They are not legal advice.
enum class jurisdiction_preset : std::uint8_t {
  strict, ///< also when a record names none
  eu_employee,
  eu_volunteer,
  de_employee,
  fr_employee,
  uk_employee,
  us_notice_state,
  us_other,
  research_irb,
};

constexpr auto enumerators(jurisdiction_preset) {
  return std::array<std::string_view, 9>{"strict",          "eu-employee", "eu-volunteer",
                                         "de-employee",     "fr-employee", "uk-employee",
                                         "us-notice-state", "us-other",    "research-irb"};
}

/// What a preset demands and takes away.
struct preset_rules {
  grants denied = grants::none;            ///< removed from the grants, whatever the record says
  std::int32_t retention_days = INT32_MAX; ///< kept at most this long
  bool needs_impact_assessment = false;
  bool needs_collective_agreement = false; ///< or the reference of a consultation

  friend constexpr bool operator==(preset_rules const&, preset_rules const&) = default;
};

[[nodiscard]] constexpr preset_rules rules_of(jurisdiction_preset preset) {
  using enum jurisdiction_preset;
  switch (preset) {
  case strict:
    return {.denied = grants::key_shape | grants::key_raw | grants::raw_timing | grants::screenshot};
  case eu_employee:
  case de_employee:
  case fr_employee:
    return {.denied = grants::pointer_path,
            .retention_days = 30,
            .needs_impact_assessment = true,
            .needs_collective_agreement = true};
  case uk_employee: return {.needs_impact_assessment = true, .needs_collective_agreement = true};
  case eu_volunteer:
  case us_notice_state:
  case us_other:
  case research_irb: return {};
  }
  return rules_of(strict); // a value that only a cast can make
}

} // namespace overt::inline v0::consent
