#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt/consent/purpose.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// What the ledger knows of: a closed set, so that nothing else can be said in it.
enum class ledger_kind : std::uint8_t {
  consent_requested, ///< of consents, `digest`: of the record, which has random ids in it
  consent_given,
  consent_refused,
  consent_renewed,
  consent_withdrawn,
  consent_expired,
  consent_invalidated,
  policy_changed, ///< `digest`: of the new policy
  session_began,  ///< `subject`: the trace; `digest`: of the policy
  session_ended,  ///< `subject`: the trace; `count`: events written
  paused,         ///< `count`: minutes; 0: until it is resumed
  resumed,
  exempted,        ///< `count`: applications and sites
  review_approved, ///< `subject`: the trace
  review_rejected, ///< `subject`: the trace
  exported,        ///< `subject`: the dataset; `purpose`; `count`: traces that go into it
  accessed,        ///< `subject`: what was opened; `purpose`, where one was said; `who`: whose key opened it
  subject_access,  ///< the person was given what is held about them; `count`: traces
  erased,          ///< `subject`: trace or dataset; `count`: events, or tasks, that are gone
  retention_ended, ///< `subject`: the trace; it was removed because its time was over
  key_destroyed,   ///< `subject`: the key; `count`: how many, where it was more than one
  interrupted,     ///< `count`: bytes after the last whole line that a crash left; `digest`: of them
};

constexpr auto enumerators(ledger_kind) {
  return std::array<std::string_view, 22>{"consent_requested",
                                          "consent_given",
                                          "consent_refused",
                                          "consent_renewed",
                                          "consent_withdrawn",
                                          "consent_expired",
                                          "consent_invalidated",
                                          "policy_changed",
                                          "session_began",
                                          "session_ended",
                                          "paused",
                                          "resumed",
                                          "exempted",
                                          "review_approved",
                                          "review_rejected",
                                          "exported",
                                          "accessed",
                                          "subject_access",
                                          "erased",
                                          "retention_ended",
                                          "key_destroyed",
                                          "interrupted"};
}

/// One line of the ledger, as plain data: ids, counts, digests and words of closed sets. There is nowhere to
/// put a name, a path or a sentence (L54), and no digest is of something that could be guessed (L55): ids are
/// random or keyed, `digest` is of a policy, of a receipt or of the ledger's own bytes.
///
///     consent::ledger_entry{.kind = consent::ledger_kind::paused, .record_id = terms.record_id, .count = 10}
struct ledger_entry {
  ledger_kind kind = ledger_kind::consent_requested;
  std::string record_id{};                   ///< the consent record's UUID; empty where there is none
  std::string subject{};                     ///< id of a trace, a dataset or a key: 32 hexadecimal digits
  std::optional<consent::purpose> purpose{}; ///< what for, where that was said
  std::uint64_t count = 0;                   ///< see the kind; at most 2^53 - 1
  std::string digest{};                      ///< SHA-256, 64 hexadecimal digits; see the kind
  std::string who{};        ///< fingerprint of a public key, 32 hexadecimal digits; empty: the person here
  std::int64_t wall_ns = 0; ///< nanoseconds since 1970-01-01 UTC, kept to the second; 0: when it is appended

  friend bool operator==(ledger_entry const&, ledger_entry const&) = default;
};

namespace detail {

inline constexpr std::uint64_t largest_count = (std::uint64_t{1} << 53) - 1; ///< exact in every JSON reader

/// A UUID as consent records have it: lower-case or upper-case digits in groups of 8, 4, 4, 4 and 12.
[[nodiscard]] constexpr bool is_uuid_text(std::string_view text) noexcept {
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  if (text.size() != 36) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : digits.find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

} // namespace detail

/// Whether an entry says only what an entry may say. Errors: `misuse`, without the value that was wrong.
[[nodiscard]] inline result<void> validate(ledger_entry const& entry) {
  using overt::detail::is_lower_hex;
  auto const wrong = [](std::string_view what) {
    return failure{error_code::misuse, "an entry of the ledger holds ids, counts and digests alone: " +
                                           std::string{what} + ". Nothing was written."};
  };
  if (name_of(entry.kind) == "?" || (entry.purpose && name_of(*entry.purpose) == "?")) {
    return wrong("its kind and its purpose are of closed sets");
  }
  if (!entry.record_id.empty() && !detail::is_uuid_text(entry.record_id)) {
    return wrong("record_id is a UUID");
  }
  if (!entry.subject.empty() && !is_lower_hex(entry.subject, 32)) {
    return wrong("subject is 32 hexadecimal digits");
  }
  if (!entry.digest.empty() && !is_lower_hex(entry.digest, 64)) {
    return wrong("digest is 64 hexadecimal digits");
  }
  if (!entry.who.empty() && !is_lower_hex(entry.who, 32)) {
    return wrong("who is the fingerprint of a public key, 32 hexadecimal digits");
  }
  if (entry.count > detail::largest_count) {
    return wrong("count is at most 2^53 - 1");
  }
  return {};
}

} // namespace overt::inline v0::consent
