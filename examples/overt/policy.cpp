#include "command.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/consent/grants.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/json/policy_file.hpp>
#include <overt/sink/output_file.hpp>

namespace {

struct options {
  std::string preset = "strict";
  std::vector<std::string> apps;
  std::vector<std::string> origins;
  std::string path;
};

int make(options const& chosen) {
  auto const text =
      nlohmann::ordered_json{{"preset", chosen.preset}, {"apps", chosen.apps}, {"origins", chosen.origins}}
          .dump(2) +
      "\n";
  if (auto const valid = overt::redact::parse_policy(text); !valid) {
    return command::fail(valid.error());
  }
  auto file = overt::sink::output_file::create(chosen.path);
  if (!file) {
    return command::fail(file.error());
  }
  if (auto const written = file->write(text); !written) {
    return command::fail(written.error());
  }
  fmt::print("{}: what may be recorded. Ask for consent to it with\n  overt consent new --policy {} --out "
             "receipt.json\n",
             chosen.path, chosen.path);
  return command::done;
}

int digest(std::string const& path) {
  auto const policy = overt::redact::read_policy(path);
  if (!policy) {
    return command::fail(policy.error());
  }
  fmt::print("{}\n", overt::redact::digest_of(policy->policies));
  fmt::print(stderr, "needs of a receipt: {}\n",
             overt::consent::list_of(overt::redact::needs_of(policy->policies)));
  return command::done;
}

} // namespace

void command::add_policy(CLI::App& app, int& exit_code) {
  auto* const sub =
      app.add_subcommand("policy", "Make a policy file, or print the digest that a receipt names.");
  sub->require_subcommand(1);
  auto chosen = std::make_shared<options>();
  auto* const make_one =
      sub->add_subcommand("new", "Write a policy file: which applications and sites, and how much of them.");
  make_one->add_option("--app", chosen->apps, "an application, as its process is called (repeat for more)");
  make_one->add_option("--origin", chosen->origins, "a site, like https://example.org (repeat for more)");
  make_one->add_option("--preset", chosen->preset,
                       "strict: what was done, not what was typed. research: everything, for approved "
                       "research or one's own work");
  make_one->add_option("--out", chosen->path, "the file to write; must not exist")->required();
  make_one->callback([chosen, &exit_code] { exit_code = make(*chosen); });

  auto* const print =
      sub->add_subcommand("digest", "Print the SHA-256 of what a policy does, as a receipt names it.");
  print->add_option("POLICY", chosen->path, "the policy file")->required();
  print->callback([chosen, &exit_code] { exit_code = digest(chosen->path); });
}
