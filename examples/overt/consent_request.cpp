#include "consent_request.hpp"

#include <algorithm>
#include <utility>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/publication.hpp>
#include <overt/consent/plain/language.hpp>
#include <overt/consent/sodium/verifying_key.hpp>
#include <overt/consent/validate.hpp>
#include <overt/detail/base64.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/explain.hpp>
#include <overt/redact/json/policy_file.hpp>

namespace {

namespace consent = overt::consent;

/// How fine the policy is, and what it says of itself.
void describe(consent::receipt_request& asked, overt::redact::file_chain const& policies) {
  namespace redact = overt::redact;
  asked.keystroke_timing = redact::key_times_of(policies);
  asked.screenshots = has_all(asked.grants, consent::grants::screenshot)
                          ? consent::screenshot_mode::allowlisted_window_masked
                          : consent::screenshot_mode::none;
  if (auto const limits = redact::pointer_limits_of(policies); limits.max_hz != 0) {
    bool const all = limits.max_hz == redact::pointer_limits::every_move;
    asked.pointer_max_hz = all ? 1000 : limits.max_hz;
    asked.pointer_grid_px = limits.grid_px;
  }
  auto const read = redact::read_chain(policies);
  if (read.settings.key) {
    asked.pseudonym_domain = read.settings.key.domain();
  }
  if (*consent::language_named(asked.language) != consent::language::english) {
    return; // a policy speaks of itself in English alone; the grants have words in every language
  }
  auto const said = redact::explain(policies);
  for (auto const& kind : said.kinds) {
    if (!kind.leaves.empty()) {
      asked.recorded.push_back(kind.kind + ": " + kind.leaves);
    }
    if (!kind.stays.empty()) {
      asked.not_recorded.push_back(kind.kind + ": " + kind.stays);
    }
  }
}

/// The publisher's key: as it is written, or in a file.
overt::result<std::string> key_named(std::string const& named) {
  if (named.empty()) {
    return named;
  }
  auto const key = named.starts_with("ed25519:") ? consent::verifying_key::parse(named)
                                                 : consent::read_verifying_key_file(named);
  return key ? overt::result<std::string>{key->id()} : overt::result<std::string>{key.error()};
}

/// Fills in what the policy says: scope, grants, digest, publisher.
overt::result<void> read_policy(consent::receipt_request& asked, command::consent_choice const& chosen) {
  if (auto const spoken = consent::language_named(asked.language); !spoken) {
    return spoken.error();
  }
  auto const policy = overt::redact::read_policy(chosen.policy);
  if (!policy) {
    return policy.error();
  }
  auto const bytes = consent::file_watch::read(chosen.policy);
  if (!bytes || bytes->watch.digest() != policy->watch.digest()) {
    return overt::failure{overt::error_code::invalid_input,
                          chosen.policy + " changed while it was read. Do it again."};
  }
  auto const expected = key_named(chosen.publisher_key);
  if (!expected) {
    return expected.error();
  }
  auto const publisher =
      consent::publication_beside<consent::verifying_key>(chosen.policy, bytes->content, *expected);
  if (!publisher) {
    return publisher.error();
  }
  asked.policy_published_by = publisher->value_or(consent::publication{});
  auto const& scope = std::get<overt::redact::only>(policy->policies.policies);
  asked.apps = scope.applications;
  asked.sites = scope.origins;
  asked.grants = overt::redact::needs_of(policy->policies);
  asked.policy_digest = overt::redact::digest_of(policy->policies);
  describe(asked, policy->policies);
  return {};
}

/// What was named on the command line, over what is there already.
overt::result<void> take(consent::receipt_request& asked, command::consent_choice const& chosen) {
  auto const over = [](auto& to, auto const& named) {
    if (!named.empty()) {
      to = named;
    }
  };
  over(asked.language, chosen.language);
  over(asked.jurisdiction, chosen.jurisdiction);
  over(asked.responsible.name, chosen.controller);
  asked.months = chosen.months.value_or(asked.months);
  asked.retention_days = chosen.retention_days.value_or(asked.retention_days);
  over(asked.impact_assessment, chosen.impact_assessment);
  over(asked.collective_agreement, chosen.collective_agreement);
  over(asked.review_board, chosen.review_board);
  if (!chosen.readers.empty()) {
    asked.readers.clear();
  }
  for (auto const& each : chosen.readers) {
    auto const equals = each.find('=');
    if (equals == std::string::npos || equals == 0) {
      return overt::failure{
          overt::error_code::misuse,
          "--reader is a name and a public key as overt keys new prints it: --reader me=AbC…="};
    }
    asked.readers.push_back({each.substr(0, equals), each.substr(equals + 1)});
  }
  if (!chosen.preset.empty() && !overt::value_named(chosen.preset, asked.preset)) {
    return overt::failure{overt::error_code::misuse,
                          "unknown preset \"" + chosen.preset + "\". overt consent presets lists them."};
  }
  if (!chosen.purposes.empty()) {
    asked.purposes.clear();
  }
  for (auto const& name : chosen.purposes) {
    if (!overt::value_named(name, asked.purposes.emplace_back())) {
      return overt::failure{overt::error_code::misuse,
                            "unknown purpose \"" + name + "\". See --help for the list."};
    }
  }
  return {};
}

/// For how many months a consent was given; 6 for one that was not given, or for days.
int months_of(consent::receipt const& before) {
  for (int months = 1; months <= consent::longest_consent_months; ++months) {
    if (overt::detail::add_period(before.granted_wall_ns, {.months = months}) == before.expires_wall_ns) {
      return months;
    }
  }
  return 6;
}

overt::result<consent::receipt_request> completed(consent::receipt_request asked,
                                                  command::consent_choice const& chosen) {
  for (auto* const step : {&take, &read_policy}) {
    if (auto const done = step(asked, chosen); !done) {
      return done.error();
    }
  }
  return asked;
}

} // namespace

void command::add_consent_choice(CLI::App& sub, consent_choice& to) {
  sub.add_option("--policy", to.policy, "the policy file")->required();
  sub.add_option("--language", to.language, "the person's language: en (unless something is said) or de");
  sub.add_option("--purpose", to.purposes,
                 "overt:TrainComputerUseModel, overt:EvaluateComputerUseModel, dpv:AcademicResearch or\n"
                 "overt:ReproduceOwnWorkflow (the default). There is no other: evaluating people is not one");
  sub.add_option("--preset", to.preset,
                 "rules of a place: strict, eu-employee, eu-volunteer, de-employee, fr-employee, "
                 "uk-employee, us-notice-state,\nus-other (the default) or research-irb; overt consent "
                 "presets says what they are. Not legal advice");
  sub.add_option("--jurisdiction", to.jurisdiction, "a country, like DE or US-CA (US)");
  sub.add_option("--controller", to.controller, "who is responsible, as the person should read it");
  sub.add_option("--reader", to.readers,
                 "NAME=KEY: who may open sealed recordings, and their public key (overt keys new); several "
                 "times");
  sub.add_option("--months", to.months, "how long the consent lasts (1 to 12; 6)");
  sub.add_option("--retention-days", to.retention_days, "how long recordings are kept (30)");
  sub.add_option("--dpia", to.impact_assessment,
                 "the reference of the impact assessment; presets for employees need it");
  sub.add_option("--agreement", to.collective_agreement,
                 "the reference of the works agreement or consultation; presets for employees need it");
  sub.add_option("--irb", to.review_board,
                 "the reference of the ethics board's approval; research-irb needs it");
  sub.add_option("--publisher-key", to.publisher_key,
                 "refuse a policy that is not signed with this key (\"ed25519:…\", or a file with it)");
}

overt::result<consent::receipt_request> command::request_for(consent_choice const& chosen) {
  consent::receipt_request asked{.preset = consent::jurisdiction_preset::us_other,
                                 .jurisdiction = "US",
                                 .responsible = {.id = "self", .name = "the person at this computer"}};
  if (chosen.purposes.empty()) {
    asked.purposes = {consent::purpose::reproduce_own_workflow};
  }
  return completed(std::move(asked), chosen);
}

overt::result<consent::receipt_request> command::request_for(consent_choice const& chosen,
                                                             consent::receipt const& before) {
  consent::receipt_request asked{.purposes = before.purposes,
                                 .preset = before.preset,
                                 .jurisdiction = before.jurisdiction,
                                 .months = months_of(before),
                                 .retention_days = before.retention_days,
                                 .language = before.language,
                                 .pseudonym_domain = before.pseudonym_domain,
                                 .never = before.never,
                                 .storage_locations = before.storage,
                                 .impact_assessment = before.impact_assessment,
                                 .collective_agreement = before.collective_agreement,
                                 .review_board = before.review_board,
                                 .principal = before.principal,
                                 .previous_sha256 = before.document_sha256,
                                 .answer = consent::consent_event::renewed};
  for (auto const& each : before.parties) {
    if (each.kind == consent::party_kind::controller) {
      asked.responsible = {each.id, each.name, each.address, each.contact};
    }
  }
  for (auto const& each : before.recipients) {
    asked.readers.push_back({each.party, overt::detail::key_to_base64(each.public_key)});
  }
  return completed(std::move(asked), chosen);
}
