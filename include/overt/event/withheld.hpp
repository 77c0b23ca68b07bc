#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/enumerators.hpp>

namespace overt::inline v0 {

/// Why something is not in the trace. A closed vocabulary, so that a reason can never carry content.
enum class withheld_reason : std::uint8_t {
  not_disclosed,  ///< no policy disclosed it, which is the default
  by_policy,      ///< a policy denied it
  policy_failed,  ///< a policy threw, or moved the event away
  outside_scope,  ///< an application or page that was not agreed to
  secret_field,   ///< a field known to be secret
  unknown_field,  ///< a field that nothing could vouch for
  unconfirmed,    ///< no source confirmed in time where it went
  stale_context,  ///< it went somewhere else than it seemed
  no_context,     ///< nobody said where it went
  no_room,        ///< a ring, an arena or the hold was full
  late,           ///< it arrived after its place in the order had passed
  consent_ended,  ///< the consent expired, was withdrawn, or no longer matches
  indicator_lost, ///< nobody could see that recording was on
  output_failed,  ///< the sink could not take it
  source_lost,    ///< a backend stopped seeing
  disk_full,      ///< there was no room for it on the disk; it had a number already (see `took_numbers`)
  damaged,        ///< it was in the trace, and the trace was damaged afterwards; the same
  screen_locked,  ///< the screen was locked, or a screen saver covered it
  erased,         ///< it was in the trace, and the person had it erased (`trace::erase`)
  paused,         ///< the person had paused (`consent::controls`)
};

constexpr auto enumerators(withheld_reason) {
  return std::array<std::string_view, 20>{"not_disclosed",  "by_policy",     "policy_failed", "outside_scope",
                                          "secret_field",   "unknown_field", "unconfirmed",   "stale_context",
                                          "no_context",     "no_room",       "late",          "consent_ended",
                                          "indicator_lost", "output_failed", "source_lost",   "disk_full",
                                          "damaged",        "screen_locked", "erased",        "paused"};
}

/// Whether a stretch of this kind is written as one gap that says neither how much nor how long: counting
/// what somebody did where they did not agree to be recorded would be recording it. What was erased stays
/// erased the same way.
[[nodiscard]] constexpr bool hides_amount(withheld_reason reason) noexcept {
  switch (reason) {
  case withheld_reason::outside_scope:
  case withheld_reason::secret_field:
  case withheld_reason::unknown_field:
  case withheld_reason::unconfirmed:
  case withheld_reason::stale_context:
  case withheld_reason::no_context:
  case withheld_reason::consent_ended:
  case withheld_reason::indicator_lost:
  case withheld_reason::screen_locked:
  case withheld_reason::erased:
  case withheld_reason::paused: return true;
  default: return false;
  }
}

/// Whether what such a gap counts had sequence numbers. Then the gap stands at the first of them, and the
/// event after it (after them, where one gap for each payload tells of one loss) has the number that follows
/// the last.
[[nodiscard]] constexpr bool took_numbers(withheld_reason reason) noexcept {
  return reason == withheld_reason::disk_full || reason == withheld_reason::damaged;
}

} // namespace overt::inline v0
