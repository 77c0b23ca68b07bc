#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/consent/json/receipt_format.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/json/sign_receipt.hpp>
#include <overt/consent/plain/notice_text.hpp>
#include <overt/consent/receipt_request.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

namespace detail {
/// A random UUID (RFC 9562, version 4).
template <randomness Random>
[[nodiscard]] std::string new_uuid(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random(std::span<std::uint8_t>{bytes});
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
  auto text = overt::detail::to_hex(bytes);
  for (std::size_t const dash : {8u, 13u, 18u, 23u}) {
    text.insert(dash, 1, '-');
  }
  return text;
}

template <named_flags Enum>
[[nodiscard]] nlohmann::ordered_json names_in(Enum set, std::size_t count = flags(Enum{}).size()) {
  auto list = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < count; ++i) {
    if ((static_cast<std::uint32_t>(set) >> i & 1) != 0) {
      list.push_back(flags(Enum{})[i]);
    }
  }
  return list;
}

[[nodiscard]] inline nlohmann::ordered_json processing_for(receipt_request const& asked, purpose each) {
  auto const in_europe =
      asked.preset == jurisdiction_preset::eu_employee || asked.preset == jurisdiction_preset::eu_volunteer ||
      asked.preset == jurisdiction_preset::de_employee || asked.preset == jurisdiction_preset::fr_employee;
  auto information = nlohmann::ordered_json::array();
  for (auto const& kind : names_in(asked.granted(), 9)) {
    information.push_back({{"pii_type", "pd:Behavioural"},
                           {"pii_attribute_id", kind},
                           {"pii_optional", true},
                           {"special_pii_category", "none"}});
  }
  if (information.empty()) {
    information.push_back({{"pii_type", "dpv:PersonalData"}, {"pii_optional", true}});
  }
  nlohmann::ordered_json entry{
      {"purpose", name_of(each)},
      {"prohibited_purposes",
       {"dpv:PersonnelPerformanceEvaluation", "dpv:PersonnelMonitoring", "dpv:PersonnelBehaviourMonitoring"}},
      {"lawful_basis", in_europe ? "eu-gdpr:A6-1-a" : "dpv:Consent"},
      {"pii_information", std::move(information)},
      {"pii_controllers", nlohmann::ordered_json::array({asked.responsible.id})},
      {"collection_method", "dpv:Observe"},
      {"processing_method", {"dpv:Collect", "dpv:Pseudonymise", "dpv:Store", "dpv:Erase"}},
      {"storage_locations", asked.storage_locations},
      {"retention_period", "P" + std::to_string(asked.retention_days) + "D"},
      {"recipient_third_parties", nlohmann::ordered_json::array()},
      {"withdrawal_method", {{"uri", "overt:withdraw"}, {"max_steps", 1}, {"effect", "stop_and_shred"}}},
      {"privacy_rights", {"eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A17", "eu-gdpr:A20", "eu-gdpr:A77"}}};
  if (!asked.impact_assessment.empty()) {
    entry["impact_assessment"] = asked.impact_assessment;
  }
  if (!asked.collective_agreement.empty()) {
    entry["collective_agreement"] = asked.collective_agreement;
  }
  if (!asked.review_board.empty()) {
    entry["authority_party"] = asked.review_board;
  }
  return entry;
}

[[nodiscard]] inline nlohmann::ordered_json event_for(std::string time, std::string principal,
                                                      std::int32_t months, consent_event state) {
  return {{"event_time", std::move(time)},     {"validity_duration", "P" + std::to_string(months) + "M"},
          {"entity_id", std::move(principal)}, {"event_type", "dpv:ExplicitlyExpressedConsent"},
          {"event_state", name_of(state)},     {"detriment_if_refused", false}};
}

[[nodiscard]] inline nlohmann::ordered_json parties_of(receipt_request const& asked) {
  auto parties = nlohmann::ordered_json::array({{{"party_id", asked.responsible.id},
                                                 {"party_name", asked.responsible.name},
                                                 {"party_address", asked.responsible.address},
                                                 {"party_contact", asked.responsible.contact},
                                                 {"party_type", "controller"}}});
  for (auto const& each : asked.readers) {
    parties.push_back({{"party_id", each.name},
                       {"party_name", each.name},
                       {"party_address", ""},
                       {"party_contact", ""},
                       {"party_type", "recipient"},
                       {"public_key", each.public_key}});
  }
  if (auto const& by = asked.policy_published_by; !by.key_id.empty()) {
    parties.push_back({{"party_id", by.key_id},
                       {"party_name", by.publisher},
                       {"party_address", ""},
                       {"party_contact", ""},
                       {"party_type", "processor"},
                       {"party_role", policy_publisher}});
  }
  return parties;
}

/// The text, if it is a receipt that this library itself accepts.
[[nodiscard]] inline result<std::string> checked(nlohmann::ordered_json const& record) {
  auto text = record_text(record);
  if (auto const valid = parse_receipt(text); !valid) {
    return valid.error();
  }
  return text;
}
} // namespace detail

/// The record of a person's answer to `notice_text(asked)`, given now, as JSON. `principal` becomes a random
/// pseudonym unless the request names one. The signature is a placeholder (key "unsigned", nothing signed):
/// `sign_receipt` makes it the person's.
///
/// Errors: `unsupported` (no notice in this language), `invalid_input`, for a request that no receipt may
/// hold (a wildcard, 13 months, raw times without a purpose that allows them): what this returns,
/// `parse_receipt` accepts.
template <clock_source Clock, randomness Random>
[[nodiscard]] result<std::string> write_receipt(receipt_request const& asked, Clock const& clock,
                                                Random&& random) {
  auto const now = overt::detail::format_date_time(clock.wall_ns());
  auto const granted = asked.granted();
  auto const timing = has_all(granted, grants::raw_timing)        ? key_timing::raw
                      : asked.keystroke_timing == key_timing::raw ? key_timing::none
                                                                  : asked.keystroke_timing;
  auto const screenshots = has_all(granted, grants::screenshot) ? asked.screenshots : screenshot_mode::none;
  auto principal = asked.principal;
  if (principal.empty()) {
    std::array<std::uint8_t, 16> bytes{};
    random(std::span<std::uint8_t>{bytes});
    principal = "psn1:" + overt::detail::to_hex(bytes);
  }
  auto processing = nlohmann::ordered_json::array();
  for (auto const each : asked.purposes) {
    processing.push_back(detail::processing_for(asked, each));
  }
  auto const shown = notice_text(asked);
  if (!shown) {
    return shown.error();
  }
  auto const notice = overt::detail::to_hex(overt::detail::sha256(*shown));
  constexpr std::size_t kinds = 9; // raw timing is no kind of event
  nlohmann::ordered_json const record{
      {"schema_version", detail::schema_version},
      {"record_id", detail::new_uuid(random)},
      {"receipt_id", detail::new_uuid(random)},
      {"pii_principal_id", principal},
      {"privacy_notice", {{"uri", asked.notice_uri}, {"sha256", notice}, {"shown_at", now}}},
      {"language", asked.language},
      {"jurisdiction", asked.jurisdiction},
      {"jurisdiction_preset", name_of(asked.preset)},
      {"processing", std::move(processing)},
      {"parties", detail::parties_of(asked)},
      {"events",
       nlohmann::ordered_json::array({detail::event_for(now, principal, asked.months, asked.answer)})},
      {"scope",
       {{"apps", asked.apps},
        {"sites", asked.sites},
        {"event_kinds", detail::names_in(granted, kinds)},
        {"screenshots", name_of(screenshots)},
        {"never", detail::names_in(asked.never)}}},
      {"minimisation",
       {{"keystroke_timing", name_of(timing)},
        {"pointer_max_hz", asked.pointer_max_hz},
        {"pointer_grid_px", asked.pointer_grid_px},
        {"pseudonym_domain", asked.pseudonym_domain}}},
      {"policy_digest", asked.policy_digest},
      {"prev_hash", asked.previous_sha256.empty() ? std::string(64, '0') : asked.previous_sha256},
      {"signature", {{"alg", "ed25519"}, {"key_id", "unsigned"}, {"sig", ""}}}};
  return detail::checked(record);
}

/// The same record with the person's withdrawal at its end. Needs no more than the record: no reason, no
/// permission and no key. It is not signed any more, and ends the consent all the same; `sign_receipt` may
/// sign it. A consent that watches the file it is written to ends at once.
/// Errors: `invalid_input`, for a text that is no receipt.
template <clock_source Clock>
[[nodiscard]] result<std::string> write_withdrawal(std::string_view record, Clock const& clock) {
  if (auto const valid = parse_receipt(record); !valid) {
    return valid.error();
  }
  auto withdrawn = nlohmann::ordered_json::parse(record, nullptr, false);
  auto& events = withdrawn["events"];
  std::string last;
  if (auto const time = events.back().find("event_time"); time != events.back().end()) {
    last = time->template get<std::string>();
  }
  // Clocks go wrong; a withdrawal counts whatever they say, and events stand in order.
  auto const now = clock.wall_ns();
  auto const time = overt::detail::parse_date_time(last).value_or(now) >
                            now / overt::detail::iso::second_ns * overt::detail::iso::second_ns
                        ? last
                        : overt::detail::format_date_time(now);
  std::string principal = withdrawn["pii_principal_id"];
  events.push_back(detail::event_for(time, std::move(principal), 0, consent_event::withdrawn));
  withdrawn["signature"] = {{"alg", "ed25519"}, {"key_id", "unsigned"}, {"sig", ""}};
  return detail::checked(withdrawn);
}

} // namespace overt::inline v0::consent
