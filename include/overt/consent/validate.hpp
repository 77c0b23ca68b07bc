#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <overt/consent/preset.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/standing.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// A consent lasts at most this long; then it is asked for again.
inline constexpr std::int32_t longest_consent_months = 12;

/// Whether these terms are ones that any consent may have, however they were put together: what holds for a
/// record in a file holds for a receipt that a program fills in. Errors: `invalid_input`.
[[nodiscard]] inline result<void> validate(receipt const& terms) {
  auto const wrong = [](std::string_view what) {
    return failure{error_code::invalid_input,
                   std::string{"The consent receipt cannot be used: "} + std::string{what}};
  };
  if (!terms.principal.starts_with("psn1:") || !overt::detail::is_lower_hex(terms.principal.substr(5), 32)) {
    return wrong(
        "the person must be a keyed pseudonym, \"psn1:\" and 32 hexadecimal digits, never a name or an "
        "address. Make the receipt anew.");
  }
  if (terms.purposes.empty()) {
    return wrong("it names no purpose. Name what the recording is for.");
  }
  if (!overt::detail::is_lower_hex(terms.policy_digest, 64)) {
    return wrong("it is not bound to a policy. Give the SHA-256 of the policy that was shown.");
  }
  if (terms.retention_days <= 0) {
    return wrong("it does not say how long recordings are kept. Give a retention of at least a day.");
  }
  if (has_all(terms.never, never::password_fields) == false) {
    return wrong("it does not exclude password fields. Exclude them.");
  }
  constexpr auto fine = grants::key_raw | grants::raw_timing;
  if (((terms.grants & fine) != grants::none || terms.keystroke_timing == key_timing::raw ||
       terms.pointer_max_hz > 10) &&
      !terms.may_be_fine()) {
    return wrong(
        "raw keys, raw times and pointer paths above 10 Hz are only for the preset research-irb or the "
        "purpose overt:ReproduceOwnWorkflow. Ask for less.");
  }
  if (rules_of(terms.preset).needs_acknowledgement && !terms.signature.is_made()) {
    return wrong(
        "the preset " + std::string{name_of(terms.preset)} +
        " needs the person's signature under the notice, and there is none. Let the person sign it.");
  }
  bool const given = terms.latest == consent_event::given || terms.latest == consent_event::renewed;
  auto const latest_end =
      overt::detail::add_period(terms.granted_wall_ns, {.months = longest_consent_months});
  if (given && (terms.expires_wall_ns <= terms.granted_wall_ns || terms.expires_wall_ns > latest_end)) {
    return wrong("it must last for some time, and for 12 months at most. Ask for a shorter consent.");
  }
  return {};
}

/// Whether a receipt's consent holds at this wall-clock time: `standing_at`, with what to do about it.
/// Errors: `consent_missing`.
[[nodiscard]] inline result<void> holds_at(receipt const& terms, std::int64_t wall_ns) {
  auto const missing = [](std::string_view what) {
    return failure{error_code::consent_missing,
                   std::string{"There is no consent now: "} + std::string{what} + " Nothing is recorded."};
  };
  switch (standing_at(terms, wall_ns)) {
  case standing::holds: return {};
  case standing::not_answered: return missing("it was asked for and not given. Ask the person.");
  case standing::refused: return missing("the person refused. Do not ask again for the same thing.");
  case standing::withdrawn: return missing("the person withdrew it. Only they can give it again.");
  case standing::invalidated: break;
  case standing::expired:
    return missing(terms.latest == consent_event::expired
                       ? "it has expired. Ask the person again."
                       : "it ended at " + overt::detail::format_date_time(terms.expires_wall_ns) +
                             ". Ask the person again.");
  case standing::not_begun:
    return missing("it was given at " + overt::detail::format_date_time(terms.granted_wall_ns) +
                   ", which this computer's clock says is in the future. Set the clock right.");
  }
  return missing("it was invalidated, because what it was bound to changed. Ask the person again.");
}

} // namespace overt::inline v0::consent
