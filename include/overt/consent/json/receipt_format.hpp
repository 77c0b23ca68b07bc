#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/json/checked_json.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/tightened.hpp>
#include <overt/consent/validate.hpp>
#include <overt/detail/base64.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>

// The consent record's format, walked once: "overt-consent-1/dpv-27560:record-eu-gdpr". Each function reads
// one object of it and refuses what the format does not have.

namespace overt::inline v0::consent::detail {

inline constexpr std::string_view schema_version = "overt-consent-1/dpv-27560:record-eu-gdpr";

inline bool is_uuid(std::string_view text) {
  if (text.size() != 36) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const dash = i == 8 || i == 13 || i == 18 || i == 23;
    auto const digit = std::string_view{"0123456789abcdefABCDEF"}.find(text[i]) != std::string_view::npos;
    if (dash ? text[i] != '-' : !digit) {
      return false;
    }
  }
  return true;
}

/// "de", "en-GB": ^[a-z]{2,3}(-[A-Za-z0-9]+)*$
inline bool is_language(std::string_view text) {
  constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view more = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  auto dash = text.find('-');
  auto const first = text.substr(0, dash);
  if (first.size() < 2 || first.size() > 3 || first.find_first_not_of(lower) != std::string_view::npos) {
    return false;
  }
  while (dash != std::string_view::npos) {
    auto const next = text.find('-', dash + 1);
    auto const part = text.substr(dash + 1, next == std::string_view::npos ? next : next - dash - 1);
    if (part.empty() || part.find_first_not_of(more) != std::string_view::npos) {
      return false;
    }
    dash = next;
  }
  return true;
}

/// "DE", "US-CA": ^[A-Z]{2}(-[A-Z0-9]{1,3})?$
inline bool is_jurisdiction(std::string_view text) {
  constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return text.size() >= 2 &&
         text.substr(0, 2).find_first_not_of(upper.substr(0, 26)) == std::string_view::npos &&
         (text.size() == 2 || (text[2] == '-' && text.size() >= 4 && text.size() <= 6 &&
                               text.substr(3).find_first_not_of(upper) == std::string_view::npos));
}

inline std::string read_digest(checked_json at) {
  return at.text([](std::string_view t) { return overt::detail::is_lower_hex(t, 64); },
                 "a SHA-256 as 64 lower-case hexadecimal digits");
}

inline std::string read_uuid(checked_json at) { return at.text(is_uuid, "a UUID"); }

inline std::int64_t read_time(checked_json at) {
  auto const text = at.text([](std::string_view t) { return overt::detail::parse_date_time(t).has_value(); },
                            "a date and time with a zone, as in 2026-11-22T09:00:10Z");
  return overt::detail::parse_date_time(text).value_or(0);
}

inline void read_texts(checked_json at, std::size_t fewest = 0) {
  at.array(fewest, [](checked_json each) { each.text(); });
}

/// What the processing entries say together: the least of what each of them allows.
struct processing_terms {
  overt::detail::calendar_period retention{};
  bool impact_assessment = true;
  bool collective_agreement = true;
  bool review_board = true;
  bool local = true; ///< every place where it is stored
};

inline processing_terms read_processing(checked_json at, receipt& terms) {
  at.object({"purpose", "lawful_basis", "pii_information", "pii_controllers", "storage_locations",
             "retention_period", "recipient_third_parties", "withdrawal_method", "privacy_rights"},
            {"purpose_type", "prohibited_purposes", "collection_method", "processing_method",
             "geographic_restrictions", "impact_assessment", "collective_agreement", "authority_party"});
  processing_terms read;
  at.with("purpose", [&](checked_json v) {
    auto const asked = v.enumerator<purpose>();
    if (v.ok() && !terms.has_purpose(asked)) {
      terms.purposes.push_back(asked);
    }
  });
  at.with("purpose_type", [](checked_json v) {
    v.one_of({"dpv:ResearchAndDevelopment", "dpv:AcademicResearch", "dpv:CommercialResearch",
              "dpv:ServiceProvision"});
  });
  auto const contains = [](checked_json list, std::string_view wanted) {
    bool found = false;
    list.array(0, [&](checked_json each) { found = each.text() == wanted || found; });
    if (!found) {
      list.refuse("an array that contains " + std::string{wanted});
    }
  };
  at.with("prohibited_purposes", [&](checked_json v) { contains(v, "dpv:PersonnelPerformanceEvaluation"); });
  at.with("lawful_basis", [](checked_json v) {
    v.one_of({"eu-gdpr:A6-1-a", "eu-gdpr:A6-1-a-explicit-consent", "dpv:Consent"});
  });
  at.with("pii_information", [](checked_json v) {
    v.array(1, [](checked_json each) {
      each.object({"pii_type", "pii_optional"}, {"pii_attribute_id", "special_pii_category"});
      each.with("pii_type", [](checked_json t) {
        t.one_of(
            {"pd:Behavioural", "pd:BrowsingBehaviour", "pd:LinkClicked", "dpv:PersonalData", "pd:Biometric"});
      });
      each.with("pii_attribute_id", [](checked_json t) { t.text(); });
      each.with("pii_optional", [](checked_json t) { t.boolean(); });
      each.with("special_pii_category", [](checked_json t) { t.one_of({"none"}); });
    });
  });
  at.with("pii_controllers", [](checked_json v) { read_texts(v, 1); });
  at.with("collection_method", [](checked_json v) { v.one_of({"dpv:Observe"}); });
  at.with("processing_method", [](checked_json v) {
    v.array(0, [](checked_json each) {
      each.one_of(
          {"dpv:Collect", "dpv:Pseudonymise", "dpv:Store", "dpv:Share", "dpv:Erase", "ai:ModelTraining"});
    });
  });
  at.with("storage_locations", [&](checked_json v) {
    v.array(1, [&](checked_json each) {
      auto const place = each.text();
      read.local = read.local && place.starts_with("local:");
      if (std::find(terms.storage.begin(), terms.storage.end(), place) == terms.storage.end()) {
        terms.storage.push_back(place);
      }
    });
  });
  at.with("retention_period", [&](checked_json v) {
    auto const text = v.text(
        [](std::string_view t) {
          auto const period = overt::detail::parse_period(t);
          return period && period->months + period->days > 0;
        },
        "a time such as P30D, P6M or P1Y: recordings are not kept for ever");
    read.retention = overt::detail::parse_period(text).value_or(overt::detail::calendar_period{});
  });
  at.with("geographic_restrictions", [](checked_json v) { read_texts(v); });
  at.with("recipient_third_parties", [](checked_json v) { read_texts(v); });
  at.with("withdrawal_method", [](checked_json v) {
    v.object({"uri", "max_steps", "effect"});
    v.with("uri", [](checked_json t) { t.text(); });
    v.with("max_steps", [](checked_json t) {
      t.whole_number(std::numeric_limits<double>::lowest(), 2, "a whole number of at most 2");
    });
    v.with("effect", [](checked_json t) { t.one_of({"stop_and_shred"}); });
  });
  at.with("privacy_rights", [&](checked_json v) {
    v.array(0, [](checked_json each) {
      each.one_of({"eu-gdpr:A7-3", "eu-gdpr:A13", "eu-gdpr:A15", "eu-gdpr:A16", "eu-gdpr:A17", "eu-gdpr:A18",
                   "eu-gdpr:A20", "eu-gdpr:A21", "eu-gdpr:A77"});
    });
    contains(v, "eu-gdpr:A17");
  });
  for (auto const* name : {"impact_assessment", "collective_agreement", "authority_party"}) {
    at.with(name, [](checked_json v) { v.text(); });
  }
  auto const named = [&](std::string_view name, std::string& reference) {
    auto const found = at.member(name);
    auto const text = found ? found->text() : std::string{};
    reference = reference.empty() ? text : reference;
    return !text.empty();
  };
  read.impact_assessment = named("impact_assessment", terms.impact_assessment);
  read.collective_agreement = named("collective_agreement", terms.collective_agreement);
  read.review_board = named("authority_party", terms.review_board);
  return read;
}

inline void read_party(checked_json at, receipt& terms) {
  at.object({"party_id", "party_name", "party_address", "party_contact", "party_type"},
            {"party_role", "public_key"});
  party read;
  auto const text = [&](std::string_view name, std::string& to) {
    at.with(name, [&](checked_json v) { to = v.text(); });
  };
  text("party_id", read.id);
  text("party_name", read.name);
  text("party_address", read.address);
  text("party_contact", read.contact);
  text("party_role", read.role);
  at.with("party_type", [&](checked_json v) { read.kind = v.enumerator<party_kind>(); });
  at.with("public_key", [&](checked_json v) {
    auto const key = overt::detail::key_from_base64(
        v.text([](std::string_view t) { return overt::detail::key_from_base64(t).has_value(); },
               "an X25519 public key: 32 bytes as 44 characters of base64"));
    if (auto const id = at.member("party_id"); key && id) {
      terms.recipients.push_back({.party = id->text(), .public_key = *key});
    }
  });
  terms.parties.push_back(std::move(read));
}

/// Events stand in the order of their times. The last one decides, except that asking again ends nothing.
inline void read_events(checked_json at, receipt& terms) {
  auto before = std::numeric_limits<std::int64_t>::min();
  bool first = true;
  at.array(1, [&](checked_json each) {
    each.object({"event_time", "validity_duration", "entity_id", "event_type", "event_state"},
                {"detriment_if_refused"});
    std::int64_t time = 0;
    each.with("event_time", [&](checked_json v) { time = read_time(v); });
    overt::detail::calendar_period validity;
    each.with("validity_duration", [&](checked_json v) {
      auto const text = v.text(
          [](std::string_view t) {
            return t.find('Y') == std::string_view::npos && overt::detail::parse_period(t).has_value();
          },
          "a time in months and days, as in P6M");
      validity = overt::detail::parse_period(text).value_or(overt::detail::calendar_period{});
    });
    each.with("entity_id", [](checked_json v) { v.text(); });
    each.with("event_type",
              [](checked_json v) { v.one_of({"dpv:ExplicitlyExpressedConsent", "dpv:ExpressedConsent"}); });
    auto state = consent_event::requested;
    each.with("event_state", [&](checked_json v) { state = v.enumerator<consent_event>(); });
    each.with("detriment_if_refused", [](checked_json v) {
      if (v.boolean()) {
        v.refuse("false: nobody may suffer for refusing");
      }
    });
    if (!each.ok()) {
      return;
    }
    if (time < before) {
      each.refuse_with("is earlier than the event before it. Events stand in the order of their times");
    }
    before = time;
    consent_step step{.what = state, .wall_ns = time};
    if (state == consent_event::given || state == consent_event::renewed) {
      auto const ends = overt::detail::add_period(time, validity);
      if (ends <= time || ends > overt::detail::add_period(time, {.months = longest_consent_months})) {
        each.refuse_with("gives consent for no time or for more than 12 months. Allowed are P1D to P12M");
      }
      terms.granted_wall_ns = time;
      terms.expires_wall_ns = ends;
      step.until_wall_ns = ends;
    }
    terms.history.push_back(step);
    if (first || state != consent_event::requested) {
      terms.latest = state;
    }
    first = false;
  });
}

inline void read_scope(checked_json at, receipt& terms) {
  at.object({"apps", "sites", "event_kinds", "screenshots", "never"});
  at.with("apps", [&](checked_json v) {
    v.array(0, [&](checked_json each) {
      terms.apps.push_back(
          each.text([](std::string_view t) { return !t.empty() && t.find('*') == std::string_view::npos; },
                    "the identifier of one application: a wildcard is no agreement"));
    });
  });
  at.with("sites", [&](checked_json v) {
    v.array(0, [&](checked_json each) {
      terms.sites.push_back(each.text(
          is_site, "one site, such as https://example.org/*: a wildcard for every site is no agreement"));
    });
  });
  at.with("event_kinds", [&](checked_json v) {
    v.array(0, [&](checked_json each) {
      constexpr std::size_t kinds = 9; // raw timing is no kind of event
      auto const kind = each.flag<grants>(kinds);
      if (each.ok() && has_all(terms.grants, kind)) {
        each.refuse("a kind that is not named twice");
      }
      terms.grants = terms.grants | kind;
    });
  });
  at.with("screenshots", [&](checked_json v) { terms.screenshots = v.enumerator<screenshot_mode>(); });
  at.with("never", [&](checked_json v) {
    v.array(0, [&](checked_json each) { terms.never = terms.never | each.flag<never>(); });
    if (!has_all(terms.never, never::password_fields)) {
      v.refuse("an array that contains password_fields");
    }
  });
}

inline void read_minimisation(checked_json at, receipt& terms) {
  at.object({"keystroke_timing", "pointer_max_hz", "pseudonym_domain"}, {"pointer_grid_px"});
  at.with("keystroke_timing", [&](checked_json v) { terms.keystroke_timing = v.enumerator<key_timing>(); });
  // Larger than 32 bits: saturates, which changes nothing about what either means.
  auto const count = [](checked_json v) {
    auto const number = v.whole_number(0, std::numeric_limits<double>::max(), "a whole number, not below 0");
    return static_cast<std::uint32_t>(std::min<double>(number, std::numeric_limits<std::uint32_t>::max()));
  };
  at.with("pointer_max_hz", [&](checked_json v) { terms.pointer_max_hz = count(v); });
  at.with("pointer_grid_px", [&](checked_json v) { terms.pointer_grid_px = count(v); });
  at.with("pseudonym_domain", [&](checked_json v) { terms.pseudonym_domain = v.text(); });
}

/// What a preset demands of the record.
inline void demand(checked_json at, preset_rules const& rules, jurisdiction_preset preset,
                   processing_terms const& each) {
  auto const lacks = [&](std::string_view what) {
    at.refuse_with("lacks " + std::string{what} + " in /processing, which the preset " +
                   std::string{name_of(preset)} + " requires");
  };
  if (rules.needs_impact_assessment && !each.impact_assessment) {
    lacks("the reference of an impact assessment (impact_assessment)");
  }
  if (rules.needs_collective_agreement && !each.collective_agreement) {
    lacks("the reference of a collective agreement or consultation (collective_agreement)");
  }
  if (rules.needs_review_board && !each.review_board) {
    lacks("the reference of the ethics board's approval (authority_party)");
  }
  if (rules.only_local_storage && !each.local) {
    at.refuse_with("stores elsewhere than on the person's computer, and the preset " +
                   std::string{name_of(preset)} +
                   R"( allows storage_locations that begin with "local:" alone)");
  }
}

/// What follows from several parts together: finer recording, the preset, retention in days.
inline void combine(checked_json at, receipt& terms, std::vector<processing_terms> const& processing) {
  if (terms.keystroke_timing == key_timing::raw) {
    terms.grants = terms.grants | grants::raw_timing;
  }
  constexpr auto fine = grants::key_raw | grants::raw_timing;
  if (((terms.grants & fine) != grants::none || terms.pointer_max_hz > 10) && !terms.may_be_fine()) {
    at.refuse_with("asks for raw keys, raw times or pointer paths above 10 Hz, which are only for the preset "
                   "research-irb or the purpose overt:ReproduceOwnWorkflow. Ask for less");
  }
  auto const rules = rules_of(terms.preset);
  auto kept = std::numeric_limits<std::int32_t>::max();
  for (auto const& each : processing) {
    demand(at, rules, terms.preset, each);
    auto const until = overt::detail::add_period(terms.granted_wall_ns, each.retention);
    auto const days = (until - terms.granted_wall_ns) / overt::detail::iso::day_ns;
    kept = static_cast<std::int32_t>(std::min<std::int64_t>(kept, days));
  }
  terms.retention_days = kept;
  terms = tightened(std::move(terms), rules);
}

inline receipt read_record(checked_json at) {
  receipt terms;
  at.object({"schema_version", "record_id", "pii_principal_id", "privacy_notice", "language", "jurisdiction",
             "processing", "parties", "events", "scope", "minimisation", "policy_digest", "prev_hash",
             "signature"},
            {"receipt_id", "jurisdiction_preset"});
  at.with("schema_version", [](checked_json v) { v.one_of({schema_version}); });
  at.with("record_id", [&](checked_json v) { terms.record_id = read_uuid(v); });
  at.with("receipt_id", [&](checked_json v) { terms.receipt_id = read_uuid(v); });
  at.with("pii_principal_id", [&](checked_json v) {
    terms.principal = v.text(
        [](std::string_view t) {
          return t.starts_with("psn1:") && overt::detail::is_lower_hex(t.substr(5), 32);
        },
        "a keyed pseudonym, psn1: and 32 lower-case hexadecimal digits, never a name or an address");
  });
  at.with("privacy_notice", [&](checked_json v) {
    v.object({"uri", "sha256", "shown_at"});
    v.with("uri", [&](checked_json t) { terms.notice_uri = t.text(); });
    v.with("sha256", [&](checked_json t) { terms.notice_sha256 = read_digest(t); });
    v.with("shown_at", [](checked_json t) { read_time(t); });
  });
  at.with("language", [&](checked_json v) {
    terms.language = v.text(is_language, "a language tag such as en or de-AT");
  });
  at.with("jurisdiction", [&](checked_json v) {
    terms.jurisdiction = v.text(is_jurisdiction, "a country or one of its parts, such as DE or US-CA");
  });
  at.with("jurisdiction_preset", [&](checked_json v) { terms.preset = v.enumerator<jurisdiction_preset>(); });
  std::vector<processing_terms> processing;
  at.with("processing", [&](checked_json v) {
    v.array(1, [&](checked_json each) { processing.push_back(read_processing(each, terms)); });
  });
  at.with("parties",
          [&](checked_json v) { v.array(1, [&](checked_json each) { read_party(each, terms); }); });
  at.with("events", [&](checked_json v) { read_events(v, terms); });
  at.with("scope", [&](checked_json v) { read_scope(v, terms); });
  at.with("minimisation", [&](checked_json v) { read_minimisation(v, terms); });
  at.with("policy_digest", [&](checked_json v) { terms.policy_digest = read_digest(v); });
  at.with("prev_hash", [&](checked_json v) { terms.previous_sha256 = read_digest(v); });
  at.with("signature", [&](checked_json v) {
    v.object({"alg", "key_id", "sig"});
    v.with("alg", [](checked_json t) { t.one_of({"ed25519"}); });
    v.with("key_id", [&](checked_json t) { terms.signature.key_id = t.text(); });
    v.with("sig", [&](checked_json t) { terms.signature.value = t.text(); });
  });
  if (at.ok()) {
    combine(at, terms, processing);
  }
  return terms;
}

} // namespace overt::inline v0::consent::detail
