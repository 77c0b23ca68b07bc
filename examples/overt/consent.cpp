#include "command.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

#include <overt/consent/json/new_receipt.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/explain.hpp>
#include <overt/redact/json/policy_file.hpp>
#include <overt/sink/output_file.hpp>

namespace {

namespace consent = overt::consent;

struct options {
  std::string policy;
  std::string path;
  std::vector<std::string> purposes{"overt:ReproduceOwnWorkflow"};
  std::string preset = "us-other";
  std::string jurisdiction = "US";
  consent::controller responsible{.id = "self", .name = "the person at this computer"};
  std::vector<std::string> readers;
  int months = 6;
  int retention_days = 30;
  bool agreed = false;
};

/// How fine the policy is, and what it says of itself.
void describe(consent::receipt_request& asked, overt::redact::file_chain const& policies) {
  namespace redact = overt::redact;
  asked.keystroke_timing = redact::key_times_of(policies);
  if (has_all(asked.grants, overt::consent::grants::screenshot)) {
    asked.screenshots = overt::consent::screenshot_mode::allowlisted_window_masked;
  }
  if (auto const limits = redact::pointer_limits_of(policies); limits.max_hz != 0) {
    bool const all = limits.max_hz == redact::pointer_limits::every_move;
    asked.pointer_max_hz = all ? 1000 : limits.max_hz;
    asked.pointer_grid_px = limits.grid_px;
  }
  auto const read = redact::read_chain(policies);
  if (read.settings.key) {
    asked.pseudonym_domain = read.settings.key.domain();
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

overt::result<consent::receipt_request> request_for(options const& chosen) {
  auto const policy = overt::redact::read_policy(chosen.policy);
  if (!policy) {
    return policy.error();
  }
  auto const& scope = std::get<overt::redact::only>(policy->policies.policies);
  consent::receipt_request asked{.apps = scope.applications,
                                 .sites = scope.origins,
                                 .grants = overt::redact::needs_of(policy->policies),
                                 .jurisdiction = chosen.jurisdiction,
                                 .policy_digest = overt::redact::digest_of(policy->policies),
                                 .responsible = chosen.responsible,
                                 .months = chosen.months,
                                 .retention_days = chosen.retention_days};
  for (auto const& each : chosen.readers) {
    auto const equals = each.find('=');
    if (equals == std::string::npos || equals == 0) {
      return overt::failure{
          overt::error_code::misuse,
          "--reader is a name and a public key as overt keys new prints it: --reader me=AbC…="};
    }
    asked.readers.push_back({each.substr(0, equals), each.substr(equals + 1)});
  }
  describe(asked, policy->policies);
  if (!overt::value_named(chosen.preset, asked.preset)) {
    return overt::failure{overt::error_code::misuse,
                          "unknown preset \"" + chosen.preset + "\". See --help for the list."};
  }
  for (auto const& name : chosen.purposes) {
    auto& purpose = asked.purposes.emplace_back();
    if (!overt::value_named(name, purpose)) {
      return overt::failure{overt::error_code::misuse,
                            "unknown purpose \"" + name + "\". See --help for the list."};
    }
  }
  return asked;
}

/// Refusing is as easy as agreeing, and both are recorded. Anything but "yes" is a no.
bool ask() {
  fmt::print("\nDo you agree? Type yes or no, then Enter: ");
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "yes" || answer == "y";
}

int make(options const& chosen) {
  auto asked = request_for(chosen);
  if (!asked) {
    return command::fail(asked.error());
  }
  fmt::print("{}", consent::notice_text(*asked));
  bool const agreed = chosen.agreed || ask();
  asked->answer = agreed ? consent::consent_event::given : consent::consent_event::refused;
  auto const receipt = consent::write_receipt(*asked, overt::system_clocks{}, consent::system_randomness{});
  if (!receipt) {
    return command::fail(receipt.error());
  }
  auto file = overt::sink::output_file::create(chosen.path);
  if (!file) {
    return command::fail(file.error());
  }
  if (auto const written = file->write(*receipt); !written) {
    return command::fail(written.error());
  }
  fmt::print("\n{}: {}\n", chosen.path,
             agreed ? "your consent. Withdraw it at any time with: overt consent withdraw " + chosen.path
                    : std::string{"your refusal. Nothing can be recorded with it."});
  return command::done;
}

overt::result<std::string> read(std::string const& path) {
  std::ifstream file{path};
  if (!file) {
    return overt::failure{overt::error_code::not_found,
                          "cannot open " + path + ". Name a receipt that you may read."};
  }
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

int show(std::string const& path) {
  auto agreed = consent::from_file(path, overt::system_clocks{});
  if (!agreed) {
    return command::fail(agreed.error());
  }
  auto const& terms = agreed->terms();
  fmt::print(
      "This consent holds now.\n  applications: {}\n  sites: {}\n  granted: {}\n  policy: {}\n  ends: {}\n",
      fmt::join(terms.apps, ", "),
      terms.sites.empty() ? "none" : fmt::format("{}", fmt::join(terms.sites, ", ")),
      consent::list_of(terms.grants), terms.policy_digest,
      overt::detail::format_date_time(terms.expires_wall_ns));
  return command::done;
}

/// One step, no reason asked. A session that runs under this receipt ends at once.
int withdraw(std::string const& path) {
  auto const record = read(path);
  if (!record) {
    return command::fail(record.error());
  }
  auto const withdrawn = consent::write_withdrawal(*record, overt::system_clocks{});
  if (!withdrawn) {
    return command::fail(withdrawn.error());
  }
  auto const beside = path + ".new";
  std::remove(beside.c_str());
  auto file = overt::sink::output_file::create(beside);
  if (!file) {
    return command::fail(file.error());
  }
  if (auto const written = file->write(*withdrawn); !written) {
    return command::fail(written.error());
  }
  if (auto const closed = file->close(); !closed) {
    return command::fail(closed.error());
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) {
    return command::fail({overt::error_code::output_failed,
                          "cannot replace " + path + ". The withdrawal is in " + beside + "."});
  }
  fmt::print("Withdrawn. Nothing more is recorded under {}.\n", path);
  return command::done;
}

} // namespace

void command::add_consent(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand("consent", "Ask for consent, look at one, or withdraw it.");
  sub->require_subcommand(1);
  auto chosen = std::make_shared<options>();

  auto* const make_one =
      sub->add_subcommand("new", "Show what a policy would record, ask, and write down the answer.");
  make_one->add_option("--policy", chosen->policy, "the policy file")->required();
  make_one->add_option("--out", chosen->path, "the receipt to write; must not exist")->required();
  make_one->add_option(
      "--purpose", chosen->purposes,
      "overt:TrainComputerUseModel, overt:EvaluateComputerUseModel, dpv:AcademicResearch or\n"
      "overt:ReproduceOwnWorkflow (the default). There is no other: evaluating people is not one");
  make_one->add_option(
      "--preset", chosen->preset,
      "strict, eu-employee, eu-volunteer, de-employee, fr-employee, uk-employee, us-notice-state,\n"
      "us-other (the default) or research-irb. Not legal advice");
  make_one->add_option("--jurisdiction", chosen->jurisdiction, "a country, like DE or US-CA");
  make_one->add_option("--controller", chosen->responsible.name,
                       "who is responsible, as the person should read it");
  make_one->add_option(
      "--reader", chosen->readers,
      "NAME=KEY: who may open sealed recordings, and their public key (overt keys new); several times");
  make_one->add_option("--months", chosen->months, "how long the consent lasts (1 to 12)");
  make_one->add_option("--retention-days", chosen->retention_days, "how long recordings are kept");
  make_one->add_flag("--i-agree", chosen->agreed,
                     "do not ask: the person who runs this has read the text before and agrees");
  make_one->callback([chosen, &exit_code] { exit_code = make(*chosen); });

  auto* const show_one =
      sub->add_subcommand("show", "Print what a receipt permits, and whether it holds now.");
  show_one->add_option("RECEIPT", chosen->path, "the receipt")->required();
  show_one->callback([chosen, &exit_code] { exit_code = show(chosen->path); });

  auto* const end_one =
      sub->add_subcommand("withdraw", "End a consent now. A session that runs under it stops.");
  end_one->add_option("RECEIPT", chosen->path, "the receipt")->required();
  end_one->callback([chosen, &exit_code] { exit_code = withdraw(chosen->path); });
}
