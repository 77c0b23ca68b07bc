#pragma once

#include <string>
#include <string_view>

#include <overt/consent/purpose.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/dataset/export/session_facts.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

/// Whether what was recorded under this receipt may be exported for this purpose: the receipt was read from
/// its own document, names the purpose, and its last word is a consent. Purposes are a closed set, in which
/// evaluating people does not exist.
///
/// Asked before the first byte is written. Errors: `consent_missing`, `consent_mismatch`; the message names
/// the purpose and never the person.
[[nodiscard]] inline result<void> may_export(consent::receipt const& agreed, consent::purpose wanted) {
  if (agreed.document_sha256.empty()) {
    return failure{error_code::consent_missing,
                   "Nothing is exported without a consent receipt that was read from its document. Nothing "
                   "was written."};
  }
  if (agreed.latest != consent::consent_event::given && agreed.latest != consent::consent_event::renewed) {
    return failure{error_code::consent_missing,
                   "The consent does not hold: the last event of its receipt is " +
                       std::string{name_of(agreed.latest)} + ". Nothing was written."};
  }
  if (!agreed.has_purpose(wanted)) {
    return failure{error_code::consent_mismatch, "The consent is not for the purpose " +
                                                     std::string{name_of(wanted)} +
                                                     ". Ask for a consent that names it, or export for a "
                                                     "purpose that it names. Nothing was written."};
  }
  return {};
}

/// Whether a trace was recorded under this receipt and the policy that it names. Errors: `consent_mismatch`.
[[nodiscard]] inline result<void> recorded_under(consent::receipt const& agreed, session_facts const& trace) {
  if (trace.receipt_id.empty() || trace.receipt_id != agreed.receipt_id) {
    return failure{error_code::consent_mismatch,
                   "The trace names another consent receipt. Give the one that it was recorded under."};
  }
  if (trace.policy_digest.empty() || trace.policy_digest != agreed.policy_digest) {
    return failure{error_code::consent_mismatch,
                   "The trace was recorded under another policy than the receipt names."};
  }
  return {};
}

} // namespace overt::inline v0::dataset
