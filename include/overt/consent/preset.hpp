#pragma once

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

inline constexpr std::string_view not_legal_advice =
    "This is the project's reading of published guidance. It is not legal advice.";

/// What a preset demands and takes away. Data: `rules_of` has the values, `tightened` applies them.
struct preset_rules {
  grants denied = grants::none;            ///< removed from the grants, whatever the record says
  std::int32_t retention_days = INT32_MAX; ///< kept at most this long
  bool needs_impact_assessment = false;    ///< `impact_assessment` in each processing entry
  bool needs_collective_agreement = false; ///< `collective_agreement`, or the reference of a consultation
  bool needs_review_board = false;         ///< `authority_party`: the approval of an ethics board
  bool needs_acknowledgement = false;      ///< signed by the person, whose signature covers the notice
  bool only_local_storage = false;         ///< `storage_locations` that begin with "local:"
  bool needs_review = false;               ///< the person looks at it before anybody else does
  bool no_person_aggregates = false;       ///< no totals or rates of one person are shown to anybody
  std::string_view advice = not_legal_advice;

  friend constexpr bool operator==(preset_rules const&, preset_rules const&) = default;
};

[[nodiscard]] constexpr preset_rules rules_of(jurisdiction_preset preset) {
  using enum jurisdiction_preset;
  constexpr preset_rules employee{.denied = grants::pointer_path,
                                  .retention_days = 30,
                                  .needs_impact_assessment = true,
                                  .needs_collective_agreement = true,
                                  .only_local_storage = true,
                                  .needs_review = true};
  switch (preset) {
  case strict:
    return {.denied = grants::key_shape | grants::key_raw | grants::raw_timing | grants::screenshot};
  case eu_employee: return employee;
  case de_employee: {
    auto german = employee;
    german.no_person_aggregates = true;
    return german;
  }
  case fr_employee: {
    auto french = employee; // what is typed stays, so its single keys do too
    french.denied =
        employee.denied | grants::key_semantic | grants::key_raw | grants::raw_timing | grants::screenshot;
    return french;
  }
  case uk_employee: return {.needs_impact_assessment = true, .needs_collective_agreement = true};
  case us_notice_state: return {.needs_acknowledgement = true};
  case research_irb: return {.needs_review_board = true};
  case eu_volunteer:
  case us_other: return {};
  }
  return rules_of(strict); // a value that only a cast can make
}

} // namespace overt::inline v0::consent
