#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include <overt/consent/ledger_entry.hpp>
#include <overt/event/enumerators.hpp>

namespace command {

/// What an entry of the ledger says, in a sentence for the person.
[[nodiscard]] inline std::string words_of(overt::consent::ledger_entry const& entry) {
  using overt::consent::ledger_kind;
  auto const many = [&](std::string_view one, std::string_view several) {
    return entry.count == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}", entry.count, several);
  };
  auto const of = [&](std::string_view what) {
    return entry.subject.empty() ? std::string{what} : fmt::format("{} {}", what, entry.subject);
  };
  std::string text;
  switch (entry.kind) {
  case ledger_kind::consent_requested: text = "You were asked for consent"; break;
  case ledger_kind::consent_given: text = "You gave your consent"; break;
  case ledger_kind::consent_refused: text = "You refused your consent"; break;
  case ledger_kind::consent_renewed: text = "You renewed your consent"; break;
  case ledger_kind::consent_withdrawn: text = "You withdrew your consent"; break;
  case ledger_kind::consent_expired: text = "Your consent expired"; break;
  case ledger_kind::consent_invalidated:
    text = "Your consent ended, because its record, the policy or the notice changed";
    break;
  case ledger_kind::policy_changed: text = "The policy changed"; break;
  case ledger_kind::session_began: text = "A recording began: " + of("trace"); break;
  case ledger_kind::session_ended:
    text = fmt::format("The recording ended, with {}: {}", many("event", "events"), of("trace"));
    break;
  case ledger_kind::paused:
    text = entry.count == 0 ? "Recording was paused"
                            : fmt::format("Recording was paused for {}", many("minute", "minutes"));
    break;
  case ledger_kind::resumed: text = "Recording went on after a pause"; break;
  case ledger_kind::exempted:
    text =
        fmt::format("You exempted {} from recording", many("application or site", "applications or sites"));
    break;
  case ledger_kind::review_approved: text = "You approved what you had looked at: " + of("trace"); break;
  case ledger_kind::review_rejected: text = "You looked, and did not approve: " + of("trace"); break;
  case ledger_kind::exported:
    text = fmt::format("A dataset was made from {}: {}", many("trace", "traces"), of("dataset"));
    break;
  case ledger_kind::accessed: text = "A sealed recording was opened: " + of("trace"); break;
  case ledger_kind::subject_access:
    text = fmt::format("You were given everything that is held about you, {}", many("trace", "traces"));
    break;
  case ledger_kind::erased:
    text = fmt::format("Something was erased{}", entry.subject.empty() ? "" : " from " + entry.subject);
    break;
  case ledger_kind::retention_ended: text = "Its time was over, and it was removed: " + of("trace"); break;
  case ledger_kind::key_destroyed:
    text = entry.subject.empty() ? fmt::format("What {} sealed can no longer be opened", many("key", "keys"))
                                 : "What a key sealed can no longer be opened: " + of("key");
    break;
  case ledger_kind::interrupted:
    text = fmt::format("The computer stopped while something was noted; {} of it are left",
                       many("byte", "bytes"));
    break;
  }
  if (entry.purpose) {
    text += fmt::format(", for the purpose {}", overt::name_of(*entry.purpose));
  }
  if (!entry.who.empty()) {
    text += fmt::format(", with the key of {}", entry.who);
  }
  return text;
}

} // namespace command
