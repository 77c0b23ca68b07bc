#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/enumerators.hpp>

namespace overt::inline v0::consent {

// The closed vocabularies of a consent record, beside purposes and grants.

/// What happened in the life of a consent (W3C DPV names in files).
enum class consent_event : std::uint8_t {
  requested,
  given,
  refused,
  renewed,
  withdrawn,
  expired,
  invalidated
};

constexpr auto enumerators(consent_event) {
  return std::array<std::string_view, 7>{
      "dpv:ConsentRequested", "dpv:ConsentGiven",   "dpv:ConsentRefused",    "dpv:RenewedConsentGiven",
      "dpv:ConsentWithdrawn", "dpv:ConsentExpired", "dpv:ConsentInvalidated"};
}

enum class screenshot_mode : std::uint8_t { none, allowlisted_window_masked, allowlisted_region_masked };

constexpr auto enumerators(screenshot_mode) {
  return std::array<std::string_view, 3>{"none", "allowlisted_window_masked", "allowlisted_region_masked"};
}

/// How much of the rhythm of typing may be kept.
enum class key_timing : std::uint8_t { none, resampled, segment_1s, segment_5s, raw };

constexpr auto enumerators(key_timing) {
  return std::array<std::string_view, 5>{"none", "resampled", "segment_1s", "segment_5s", "raw"};
}

/// What a party is to the person.
enum class party_kind : std::uint8_t { controller, processor, recipient, data_protection_officer, authority };

constexpr auto enumerators(party_kind) {
  return std::array<std::string_view, 5>{"controller", "processor", "recipient", "dpo", "authority"};
}

/// The `party_role` of whoever signed the policy file that the person was shown; such a party's id is the
/// key.
inline constexpr std::string_view policy_publisher = "overt:policy-publisher";

/// What the record says is never recorded, as a set.
enum class never : std::uint8_t {
  nothing = 0,
  password_fields = 1u << 0,
  private_browsing = 1u << 1,
  clipboard_content = 1u << 2,
  audio = 1u << 3,
  camera = 1u << 4,
  third_party_messages = 1u << 5,
  password_managers = 1u << 6,
  outside_allowlist = 1u << 7,
};

constexpr auto flags(never) {
  return std::array<std::string_view, 8>{
      "password_fields", "private_browsing",     "clipboard_content", "audio",
      "camera",          "third_party_messages", "password_managers", "outside_allowlist"};
}

// For code outside the library, which looks for these beside the type.
using overt::operator|;
using overt::operator&;
using overt::has_all;
using overt::without;

} // namespace overt::inline v0::consent
