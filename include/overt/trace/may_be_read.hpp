#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include <overt/consent/purpose.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/session_info.hpp>

namespace overt::inline v0::trace {

/// Whether a trace may be read at this moment (nanoseconds since 1970-01-01 UTC): until the time that it says
/// it is kept for, also where nothing has removed it. A trace that says none, of an earlier version, may be.
///
/// Asked by everything that opens a trace for somebody (`session_of` gives the session), but not by what
/// erases it. Errors: `consent_missing`.
[[nodiscard]] inline result<void> may_be_read(session_info const& session, std::int64_t wall_ns) {
  if (session.kept_until_wall_ns == 0 || wall_ns < session.kept_until_wall_ns) {
    return {};
  }
  return failure{error_code::consent_missing,
                 "This trace was to be kept until " +
                     v0::detail::format_date_time(session.kept_until_wall_ns) +
                     " and may not be read any more. Remove it: overt erase --expired, or overt erase TRACE "
                     "--all"};
}

/// The same for somebody who says what for: the consent has to name that purpose too. The person whose trace
/// it is looks without one. Errors: also `consent_mismatch`, where the purpose is not named, or the trace is
/// of an earlier version and names none.
[[nodiscard]] inline result<void> may_be_read(session_info const& session, consent::purpose wanted,
                                              std::int64_t wall_ns) {
  if (auto const kept = may_be_read(session, wall_ns); !kept) {
    return kept;
  }
  auto const& named = session.purposes;
  if (std::find(named.begin(), named.end(), wanted) != named.end()) {
    return {};
  }
  return failure{error_code::consent_mismatch,
                 named.empty() ? std::string{"This trace does not say which purposes were agreed to, so it "
                                             "is read for none."}
                               : "What was agreed to for this trace is not the purpose " +
                                     std::string{name_of(wanted)} +
                                     ". Ask for a consent that names it, or read it for a purpose that was "
                                     "agreed to."};
}

/// The same by the consent record that a trace was recorded under, for traces that say no purposes
/// themselves; what was recorded under a consent stays readable when the consent has expired, and not when it
/// was withdrawn.
[[nodiscard]] inline result<void> may_be_read(consent::receipt const& agreed, consent::purpose wanted,
                                              session_info const& session, std::int64_t wall_ns) {
  if (agreed.latest == consent::consent_event::withdrawn) {
    return failure{error_code::consent_missing,
                   "The consent for this trace was withdrawn. Erase it: overt erase TRACE --all"};
  }
  auto said = session;
  said.purposes = agreed.purposes;
  return may_be_read(said, wanted, wall_ns);
}

} // namespace overt::inline v0::trace
