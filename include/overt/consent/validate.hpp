#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <overt/consent/receipt.hpp>
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
  auto const latest_end =
      overt::detail::add_period(terms.granted_wall_ns, {.months = longest_consent_months});
  if (terms.expires_wall_ns <= terms.granted_wall_ns || terms.expires_wall_ns > latest_end) {
    return wrong("it must last for some time, and for 12 months at most. Ask for a shorter consent.");
  }
  return {};
}

/// Whether a receipt's consent holds at this wall-clock time. Errors: `consent_missing`.
[[nodiscard]] inline result<void> holds_at(receipt const& terms, std::int64_t wall_ns) {
  auto const missing = [](std::string_view what) {
    return failure{error_code::consent_missing,
                   std::string{"There is no consent now: "} + std::string{what} + " Nothing is recorded."};
  };
  switch (terms.latest) {
  case consent_event::given:
  case consent_event::renewed: break;
  case consent_event::requested: return missing("it was asked for and not given. Ask the person.");
  case consent_event::refused: return missing("the person refused. Do not ask again for the same thing.");
  case consent_event::withdrawn: return missing("the person withdrew it. Only they can give it again.");
  case consent_event::expired: return missing("it has expired. Ask the person again.");
  case consent_event::invalidated:
    return missing("it was invalidated, because what it was bound to changed. Ask the person again.");
  }
  if (wall_ns < terms.granted_wall_ns) {
    return missing("it was given at " + overt::detail::format_date_time(terms.granted_wall_ns) +
                   ", which this computer's clock says is in the future. Set the clock right.");
  }
  if (wall_ns >= terms.expires_wall_ns) {
    return missing("it ended at " + overt::detail::format_date_time(terms.expires_wall_ns) +
                   ". Ask the person again.");
  }
  return {};
}

} // namespace overt::inline v0::consent
