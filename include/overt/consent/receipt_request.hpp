#pragma once

#include <concepts>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/consent/preset.hpp>
#include <overt/consent/publication.hpp>
#include <overt/consent/purpose.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/terms.hpp>

namespace overt::inline v0::consent {

/// Who is responsible for the recording, as the person may read and write to them.
struct controller {
  std::string id{"self"};
  std::string name{};
  std::string address{};
  std::string contact{};
};

/// Somebody who may open sealed recordings: who it is, and the X25519 public key as `overt keys new` prints
/// it for a receipt (44 characters of base64).
struct key_holder {
  std::string name{};
  std::string public_key{};
};

/// What a person is asked for. `notice_text` says it in plain language, `write_receipt` makes the record of
/// the answer. Nothing is asked for by default.
struct receipt_request {
  std::vector<std::string> apps{};
  std::vector<std::string> sites{};
  consent::grants grants = grants::none;
  std::vector<purpose> purposes{};
  jurisdiction_preset preset = jurisdiction_preset::strict;
  std::string jurisdiction{};          ///< "DE", "US-CA"; required
  std::string policy_digest{};         ///< of the policy the person was shown; required
  std::vector<std::string> recorded{}; ///< what the policy lets out, in plain words (see `redact::explain`)
  std::vector<std::string> not_recorded{}; ///< and what it keeps back there
  controller responsible{};
  std::vector<key_holder> readers{}; ///< of sealed recordings; none: nothing can be sealed

  std::int32_t months = 6; ///< how long the consent lasts, 12 at most
  std::int32_t retention_days = 30;
  std::string language{"en"};
  screenshot_mode screenshots = screenshot_mode::none;
  key_timing keystroke_timing = key_timing::segment_5s;
  std::uint32_t pointer_max_hz = 4;
  std::uint32_t pointer_grid_px = 32;
  std::string pseudonym_domain{"local"};
  /// These hold for every chain. Add the others when the policy keeps them.
  consent::never never = never::password_fields | never::clipboard_content | never::audio | never::camera |
                         never::outside_allowlist;
  std::vector<std::string> storage_locations{"local:device"};
  std::string impact_assessment{};    ///< a reference; presets for employees require it
  std::string collective_agreement{}; ///< a reference; presets for employees require it
  std::string review_board{};         ///< the approval of an ethics board; research-irb requires it
  publication policy_published_by{};
  std::string notice_uri{"overt:notice"}; ///< "file:NAME" when the notice is kept beside the receipt

  std::string principal{};       ///< of the person's earlier record, to renew it; empty makes a new pseudonym
  std::string previous_sha256{}; ///< of the person's earlier record; empty for the first
  consent_event answer = consent_event::given; ///< or `renewed`, or `refused`, recorded just the same

  /// What the preset leaves of `grants`; raw times are asked for by either name, pictures need both.
  [[nodiscard]] consent::grants granted() const {
    auto const timed = keystroke_timing == key_timing::raw ? grants | consent::grants::raw_timing : grants;
    auto const drawn =
        screenshots == screenshot_mode::none ? without(timed, consent::grants::screenshot) : timed;
    return without(drawn, rules_of(preset).denied);
  }
};

/// Fills bytes with ones nobody can guess.
template <class Random>
concept randomness = requires(Random& random, std::span<std::uint8_t> bytes) {
  { random(bytes) } -> std::same_as<void>;
};

/// The randomness of the system.
struct system_randomness {
  void operator()(std::span<std::uint8_t> bytes) const {
    std::random_device device; // getrandom or /dev/urandom with the standard libraries in use
    for (auto& byte : bytes) {
      byte = static_cast<std::uint8_t>(device());
    }
  }
};

} // namespace overt::inline v0::consent
