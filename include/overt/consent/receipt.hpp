#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/consent/preset.hpp>
#include <overt/consent/purpose.hpp>
#include <overt/consent/site.hpp>
#include <overt/consent/terms.hpp>

namespace overt::inline v0::consent {

/// A party that may open what was recorded, and its X25519 public key.
struct recipient {
  std::string party{};
  std::array<std::uint8_t, 32> public_key{};

  friend bool operator==(recipient const&, recipient const&) = default;
};

/// Somebody that a record names: who is responsible, who receives, who published the policy.
struct party {
  std::string id{};
  std::string name{};
  std::string address{};
  std::string contact{};
  party_kind kind = party_kind::controller;
  std::string role{};

  friend bool operator==(party const&, party const&) = default;
};

/// One thing that happened in the life of a consent.
struct consent_step {
  consent_event what = consent_event::requested;
  std::int64_t wall_ns = 0;
  std::int64_t until_wall_ns = 0; ///< of a consent that is given: when it ends; 0 of everything else

  friend bool operator==(consent_step const&, consent_step const&) = default;
};

/// The signature that a record carries, unchecked (see `signature_check`).
struct receipt_signature {
  std::string key_id{}; ///< "ed25519:" and the public key in base64
  std::string value{};  ///< base64; empty when nothing was signed

  /// Whether anything is there that could be checked.
  [[nodiscard]] bool is_made() const noexcept { return !key_id.empty() && !value.empty(); }

  friend bool operator==(receipt_signature const&, receipt_signature const&) = default;
};

/// What one person agreed to: a consent record as plain data. `parse_receipt` reads it from JSON; `activate`
/// turns one that holds now into an `active_consent`. Having a receipt permits nothing by itself.
///
/// Times are nanoseconds since 1970-01-01 UTC.
struct receipt {
  std::string record_id{};
  std::string receipt_id{}; ///< empty when the record names none
  std::string principal{};  ///< keyed pseudonym, "psn1:" and 32 hexadecimal digits. Never in a message.
  std::string language{};
  std::string jurisdiction{};
  jurisdiction_preset preset = jurisdiction_preset::strict;

  std::vector<purpose> purposes{};
  consent::grants grants = grants::none;           ///< after the preset took away what it denies
  consent::grants denied_by_preset = grants::none; ///< what the record names and the preset took away
  std::vector<std::string> apps{};
  std::vector<std::string> sites{};
  screenshot_mode screenshots = screenshot_mode::none;
  consent::never never = never::nothing;

  key_timing keystroke_timing = key_timing::none;
  std::uint32_t pointer_max_hz = 0;
  std::uint32_t pointer_grid_px = 0;
  std::string pseudonym_domain{};

  std::string policy_digest{};   ///< SHA-256 of the agreed policy, 64 hexadecimal digits
  std::string notice_sha256{};   ///< of the notice that was shown
  std::string notice_uri{};      ///< "file:NAME" beside the record, or where else it is
  std::string previous_sha256{}; ///< of the record that this one renews; zeros for the first
  std::string document{};        ///< the record as it was read, JSON; empty when it was not
  std::string document_sha256{}; ///< of the record's own bytes; empty when it was not read from JSON

  consent_event latest = consent_event::requested; ///< requests aside, unless there was nothing else
  std::int64_t granted_wall_ns = 0;
  std::int64_t expires_wall_ns = 0;
  std::int32_t retention_days = 0;
  std::vector<recipient> recipients{}; ///< those with a key
  std::vector<party> parties{};
  std::vector<consent_step> history{};
  std::vector<std::string> storage{};
  std::string impact_assessment{}; ///< references; empty when the record names none
  std::string collective_agreement{};
  std::string review_board{};
  receipt_signature signature{};

  /// Whether the person agreed to this application: the exact identifier, nothing else.
  [[nodiscard]] bool covers_application(std::string_view id) const {
    return !id.empty() && std::find(apps.begin(), apps.end(), id) != apps.end();
  }

  /// Whether the person agreed to this page, by its address or its origin ("https://example.org"). An entry
  /// that is narrower than the origin does not cover the origin.
  [[nodiscard]] bool covers_site(std::string_view address) const {
    return std::any_of(sites.begin(), sites.end(),
                       [&](std::string const& site) { return site_covers(site, address); });
  }

  [[nodiscard]] bool has_purpose(purpose wanted) const {
    return std::find(purposes.begin(), purposes.end(), wanted) != purposes.end();
  }

  /// Whether this record may be finer than the default: raw keys, raw times, pointer paths above 10 Hz.
  [[nodiscard]] bool may_be_fine() const {
    return preset == jurisdiction_preset::research_irb || has_purpose(purpose::reproduce_own_workflow);
  }

  friend bool operator==(receipt const&, receipt const&) = default;
};

} // namespace overt::inline v0::consent
