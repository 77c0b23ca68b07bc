#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/consent/preset.hpp>
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

  std::string principal{};       ///< of the person's earlier record, to renew it; empty makes a new pseudonym
  std::string previous_sha256{}; ///< of the person's earlier record; empty for the first
  consent_event answer = consent_event::given; ///< or `refused`, which is recorded just the same

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

namespace detail {

/// What is recorded at most under these grants.
template <class Item>
void say_grants(grants granted, receipt_request const& asked, Item const& item) {
  constexpr struct {
    grants kind;
    std::string_view words;
  } kinds[] = {
      {grants::key_semantic, "that you type, the text you leave in fields with a mark in place of what is "
                             "recognised as personal, and "
                             "shortcuts"},
      {grants::key_shape, "that you pressed a key of some class (a letter, a digit), not which"},
      {grants::pointer_click, "clicks and what they hit"},
      {grants::scroll, "scrolling"},
      {grants::ui_element, "which buttons, menus and fields you use, and what they are called"},
      {grants::window_focus, "which window you work in, and of its title and address what names nobody"},
      {grants::key_raw, "single keys, as you press them, and texts with nothing left out"},
      {grants::raw_timing, "the exact times of your keys, by which people can be recognised"},
  };
  for (auto const& [kind, words] : kinds) {
    if (has_all(granted, kind)) {
      item(words);
    }
  }
  if (has_all(granted, grants::pointer_path)) {
    item("how the pointer moves, up to " + std::to_string(asked.pointer_max_hz) +
         " times a second, to within " + std::to_string(std::max(asked.pointer_grid_px, 1u)) + " pixels");
  }
}

} // namespace detail

/// What will and will not be recorded, in plain English, for the person to read before they are asked. Its
/// SHA-256 goes into the receipt.
[[nodiscard]] inline std::string notice_text(receipt_request const& asked) {
  std::string text;
  auto const say = [&](std::string_view line) { text.append(line).append("\n"); };
  auto const item = [&](std::string_view line) { text.append("  - ").append(line).append("\n"); };
  auto const granted = asked.granted();
  auto const has = [&](grants kind) { return has_all(granted, kind); };

  say("You are asked whether your work with this computer may be recorded.");
  say("");
  say("Responsible for it:");
  item(asked.responsible.name.empty() ? asked.responsible.id : asked.responsible.name);
  for (auto const& line : {asked.responsible.address, asked.responsible.contact}) {
    if (!line.empty()) {
      item(line);
    }
  }
  say("");
  say("It is recorded only for this:");
  for (auto const each : asked.purposes) {
    switch (each) {
    case purpose::train_computer_use_model: item("to train models that use computers"); break;
    case purpose::evaluate_computer_use_model:
      item("to find out how well models use computers (the models are judged, not you)");
      break;
    case purpose::academic_research: item("for academic research"); break;
    case purpose::reproduce_own_workflow: item("so that you can repeat your own work"); break;
    }
  }
  say("It is never used to assess, compare or monitor you.");
  say("");
  say("It is recorded only in these applications and sites, and nowhere else:");
  for (auto const& each : asked.apps) {
    item(each);
  }
  for (auto const& each : asked.sites) {
    item(each);
  }
  if (asked.apps.empty() && asked.sites.empty()) {
    item("none, so nothing is recorded");
  }
  say("");
  say("There, this is recorded:");
  // What a policy says of itself is more exact than its grants, and holds if all of them are granted.
  if (!asked.recorded.empty() && without(asked.grants, granted) == grants::none) {
    for (auto const& line : asked.recorded) {
      item(line);
    }
  } else {
    detail::say_grants(granted, asked, item);
  }
  if (has(grants::screenshot)) {
    item("pictures of these windows, with sensitive parts painted over");
  }
  if (granted == grants::none) {
    item("nothing");
  }
  say("");
  if (!asked.not_recorded.empty()) {
    say("Of what you do there, this is not recorded:");
    for (auto const& line : asked.not_recorded) {
      item(line);
    }
    say("");
  }
  if (has(grants::key_raw)) {
    say("Single keys are recorded also where nothing can tell a password field from another field. Do not "
        "type");
    say("passwords or other secrets in these applications while it records.");
    say("");
  }
  say("This is never recorded:");
  constexpr std::string_view never_words[] = {"password fields",
                                              "private browsing",
                                              "what is on the clipboard",
                                              "sound",
                                              "the camera",
                                              "messages that other people wrote",
                                              "password managers",
                                              "any other application or site"};
  auto bit = 1u;
  for (auto const words : never_words) {
    if ((static_cast<unsigned>(asked.never) & bit) != 0) {
      bool const guessed = bit == static_cast<unsigned>(never::password_fields) && has(grants::key_raw);
      item(guessed ? "password fields, where they can be told from others" : words);
    }
    bit <<= 1;
  }
  if (!has(grants::screenshot)) {
    item("pictures of the screen");
  }
  say("");
  auto const kept = std::min(asked.retention_days, rules_of(asked.preset).retention_days);
  say("Recordings are kept for " + std::to_string(kept) + (kept == 1 ? " day" : " days") +
      ", then they are destroyed. They are stored here:");
  for (auto const& each : asked.storage_locations) {
    item(each);
  }
  say("");
  if (!asked.readers.empty()) {
    say("Sealed recordings can be opened by these, and by nobody else:");
    for (auto const& each : asked.readers) {
      item(each.name + ", with the key " + each.public_key);
    }
    say("");
  }
  say("While it records, an indicator says so. You can pause at any time.");
  say("Your consent ends after " + std::to_string(asked.months) + (asked.months == 1 ? " month" : " months") +
      ". You can withdraw it at any time, in one step and without a");
  say("reason: recording stops and what was recorded becomes unreadable.");
  say("You can see what was recorded, have a copy, and complain to the authorities.");
  say("You may say no. It has no consequences for you.");
  return text;
}

} // namespace overt::inline v0::consent
