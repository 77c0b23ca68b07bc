#include "command.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/grants.hpp>
#include <overt/consent/json/publication.hpp>
#include <overt/consent/receipt_request.hpp>
#include <overt/consent/sodium/signing_key_file.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/secure_memory.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/explanation_text.hpp>
#include <overt/redact/json/policy_file.hpp>
#include <overt/sink/output_file.hpp>

namespace {

namespace redact = overt::redact;

struct options {
  std::string preset = "strict";
  std::vector<std::string> apps;
  std::vector<std::string> origins;
  std::string text;
  std::string names;
  std::vector<std::string> labels;
  std::string pages;
  std::vector<std::string> titles;
  std::string pointer;
  std::string pictures;
  std::string times;
  std::string my_data;
  std::string key;
  std::string domain;
  std::string path;
  std::string publisher;
};

/// A file as a policy in `folder` names it.
std::string seen_from(std::filesystem::path const& folder, std::string const& file) {
  std::error_code unknown;
  auto const here = std::filesystem::current_path(unknown);
  auto const seen = std::filesystem::proximate(here / file, here / folder, unknown);
  return unknown ? file : seen.string();
}

/// The policy file that somebody asked for: what they said, and nothing else.
std::string written(options const& chosen, std::filesystem::path const& folder) {
  nlohmann::ordered_json policy{
      {"preset", chosen.preset}, {"apps", chosen.apps}, {"origins", chosen.origins}};
  auto const add = [&](char const* member, std::string const& value) {
    if (!value.empty()) {
      policy[member] = value;
    }
  };
  add("text", chosen.text);
  add("names", chosen.names);
  add("pages", chosen.pages);
  add("pointer", chosen.pointer);
  add("pictures", chosen.pictures);
  add("times", chosen.times);
  if (!chosen.labels.empty()) {
    policy["labels"] = chosen.labels;
  }
  if (!chosen.titles.empty()) {
    policy["titles"] = chosen.titles;
  }
  if (!chosen.my_data.empty()) {
    policy["my_data_file"] = seen_from(folder, chosen.my_data);
  }
  if (!chosen.key.empty() || !chosen.domain.empty()) {
    policy["pseudonym_key"] = {{"domain", chosen.domain}, {"file", seen_from(folder, chosen.key)}};
  }
  return policy.dump(2) + '\n';
}

/// The kinds of thing of which something leaves, and those of which nothing does.
void summarise(redact::explanation const& what) {
  std::string leaves;
  std::string stays;
  for (auto const& kind : what.kinds) {
    auto& list = kind.leaves.empty() ? stays : leaves;
    if (!kind.leaves.empty() || !kind.stays.empty()) {
      list += (list.empty() ? "" : ", ") + kind.kind;
    }
  }
  fmt::print("something leaves of: {}\nnothing leaves of: {}\n", leaves, stays);
}

int make(options const& chosen) {
  auto const folder = std::filesystem::path{chosen.path}.parent_path();
  auto const text = written(chosen, folder);
  auto const settings = redact::parse_policy_settings(text, folder);
  if (!settings) {
    return command::fail(settings.error());
  }
  auto file = overt::sink::output_file::create(chosen.path);
  if (!file) {
    return command::fail(file.error());
  }
  if (auto const done = file->write(text); !done) {
    return command::fail(done.error());
  }
  summarise(redact::explain(redact::chain_from(*settings), settings->preset));
  fmt::print("\n{}: what may be recorded. Read what it means with\n  overt policy explain {}\nand ask for "
             "consent to "
             "it with\n  overt consent new --policy {} --out receipt.json\n",
             chosen.path, chosen.path, chosen.path);
  return command::done;
}

int explain(std::string const& path) {
  auto const policy = redact::read_policy(path);
  if (!policy) {
    return command::fail(policy.error());
  }
  fmt::print("{}", redact::text_of(redact::explain(policy->policies, policy->preset)));
  return command::done;
}

int digest(std::string const& path) {
  auto const policy = redact::read_policy(path);
  if (!policy) {
    return command::fail(policy.error());
  }
  fmt::print("{}\n", redact::digest_of(policy->policies));
  fmt::print(stderr, "needs of a receipt: {}\n", overt::consent::list_of(redact::needs_of(policy->policies)));
  return command::done;
}

/// The secret of a dataset.
int make_key(std::string const& path) {
  std::array<std::uint8_t, 32> secret{};
  overt::consent::system_randomness{}(secret);
  auto text = overt::detail::to_hex(secret) + '\n';
  auto file = overt::sink::output_file::create(path);
  auto const done = file ? file->write(text) : overt::result<void>{file.error()};
  overt::detail::wipe(text.data(), text.size());
  overt::detail::wipe(secret.data(), secret.size());
  if (!done) {
    return command::fail(done.error());
  }
  fmt::print(
      "{}: the secret of a dataset. Keep it apart from what is recorded: who has both can test guesses of "
      "names.\n",
      path);
  return command::done;
}

/// The publisher's key: read, or made where there is none yet.
overt::result<overt::consent::signing_key> publishers_key(std::string const& path) {
  std::error_code unknown;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, unknown))) {
    return overt::consent::read_signing_key_file(path);
  }
  auto made = overt::consent::signing_key::generate();
  if (made) {
    if (auto const kept = overt::consent::write_signing_key_file(path, *made); !kept) {
      return kept.error();
    }
    fmt::print("{}: a new key. Keep it; with it a policy counts as yours.\n", path);
  }
  return made;
}

int sign(options const& chosen) {
  auto const policy = redact::read_policy(chosen.path); // nothing that is not a policy is signed as one
  auto const bytes = overt::consent::file_watch::read(chosen.path);
  if (!policy || !bytes) {
    return command::fail(policy ? bytes.error() : policy.error());
  }
  auto const key = publishers_key(chosen.key);
  auto const text = key ? overt::consent::write_publication(bytes->content, chosen.publisher, *key)
                        : overt::result<std::string>{key.error()};
  if (!text) {
    return command::fail(text.error());
  }
  auto const beside = overt::consent::publication_of(chosen.path).string();
  auto file = overt::sink::output_file::create(beside);
  if (auto const written = file ? file->write(*text) : overt::result<void>{file.error()}; !written) {
    return command::fail(written.error());
  }
  fmt::print(
      "{}: signed for {}.\nGive it away together with the policy, and this key in another way, so that "
      "it can be asked for with --publisher-key:\n  {}\n",
      beside, chosen.publisher, key->id());
  return command::done;
}

template <class Enum>
CLI::IsMember one_of() {
  auto const names = enumerators(Enum{});
  return CLI::IsMember{std::vector<std::string>{names.begin(), names.end()}};
}

void add_new(CLI::App& sub, std::shared_ptr<options> const& chosen, int& exit_code) {
  auto* const make_one =
      sub.add_subcommand("new", "Write a policy file: which applications and sites, and how much of them.");
  make_one->add_option("--app", chosen->apps, "an application, as its process is called (repeat for more)");
  make_one->add_option("--origin", chosen->origins, "a site, like https://example.org (repeat for more)");
  make_one
      ->add_option(
          "--preset", chosen->preset,
          "strict: what was done, not what was typed. balanced: also what was typed, without what is "
          "recognised as\npersonal, and what buttons are called. research: everything, for approved research "
          "or one's own work")
      ->check(one_of<redact::policy_preset>());
  make_one->add_option("--text", chosen->text, "what you type: withheld, amount, cleared or raw")
      ->check(one_of<redact::typing_detail>());
  make_one->add_option("--names", chosen->names, "names of elements: withheld, labels, pseudonyms or raw")
      ->check(one_of<redact::names_detail>());
  make_one->add_option("--label", chosen->labels, "a name that may leave as it is (repeat for more)");
  make_one->add_option(
      "--title", chosen->titles,
      "a title that may leave, with a star for what is left out, like \"* - Mousepad\" (repeat for "
      "more)");
  make_one->add_option("--pages", chosen->pages, "addresses of pages: withheld, routes or raw")
      ->check(one_of<redact::pages_detail>());
  make_one->add_option("--pointer", chosen->pointer, "the pointer: targets, thinned or paths")
      ->check(one_of<redact::pointer_detail>());
  make_one
      ->add_option("--pictures", chosen->pictures,
                   "pictures of the screen: withheld, layout, labels, searched or everything")
      ->check(one_of<redact::pictures_detail>());
  make_one->add_option("--times", chosen->times, "times: none, resampled, segment_5s, segment_1s or raw")
      ->check(one_of<overt::consent::key_timing>());
  make_one->add_option(
      "--my-data", chosen->my_data,
      "a file of your own with what must never leave, one a line: names, addresses, numbers");
  auto* const key = make_one->add_option(
      "--pseudonym-key", chosen->key, "the secret of a dataset (overt policy key), for --names pseudonyms");
  auto* const domain = make_one->add_option("--domain", chosen->domain, "the name of that dataset");
  key->needs(domain);
  domain->needs(key);
  make_one->add_option("--out", chosen->path, "the file to write; must not exist")->required();
  make_one->footer("docs/formats.md lists everything that a policy file can say.");
  make_one->callback([chosen, &exit_code] { exit_code = make(*chosen); });
}

} // namespace

void command::add_policy(CLI::App& app, int& exit_code) {
  auto* const sub =
      app.add_subcommand("policy", "Make a policy file, say what it means, or print its digest.");
  sub->require_subcommand(1);
  auto chosen = std::make_shared<options>();
  add_new(*sub, chosen, exit_code);

  auto* const say =
      sub->add_subcommand("explain", "Say in plain words what a policy lets out and what it keeps back.");
  say->add_option("POLICY", chosen->path, "the policy file")->required();
  say->callback([chosen, &exit_code] { exit_code = explain(chosen->path); });

  auto* const print =
      sub->add_subcommand("digest", "Print the SHA-256 of what a policy does, as a receipt names it.");
  print->add_option("POLICY", chosen->path, "the policy file")->required();
  print->callback([chosen, &exit_code] { exit_code = digest(chosen->path); });

  auto* const publish = sub->add_subcommand(
      "sign", "Sign a policy file as its publisher: receipts name who that is (POLICY.sig).");
  publish->add_option("POLICY", chosen->path, "the policy file")->required();
  publish->add_option("--publisher", chosen->publisher, "who publishes it, as a person should read it")
      ->required();
  publish->add_option("--key", chosen->key, "the publisher's secret key; made when the file is not there")
      ->required();
  publish->callback([chosen, &exit_code] { exit_code = sign(*chosen); });

  auto* const key =
      sub->add_subcommand("key", "Make the secret of a dataset, with which names become codes (pseudonyms).");
  key->add_option("--out", chosen->path, "the file to write; must not exist")->required();
  key->callback([chosen, &exit_code] { exit_code = make_key(chosen->path); });
}
