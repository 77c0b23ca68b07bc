#include "command.hpp"
#include "consent_answer.hpp"
#include "consent_request.hpp"
#include "home.hpp"
#include "person.hpp"

#include <memory>
#include <string>
#include <utility>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/new_receipt.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/json/sign_receipt.hpp>
#include <overt/consent/plain/notice_text.hpp>
#include <overt/consent/plain/receipt_text.hpp>
#include <overt/consent/plain/wording.hpp>
#include <overt/event/clock.hpp>

namespace {

namespace consent = overt::consent;

struct options {
  command::consent_choice request;
  std::string path;
  std::string receipt;
  std::string home;
  std::string person_key;
  std::string language;
  std::string old_policy;
  std::string key_store = "keys";
  std::string tombstones;
  bool agreed = false;
  bool as_json = false;
};

int make(options const& chosen) {
  auto const where = command::home_at(chosen.home);
  if (!where) {
    return command::fail(where.error());
  }
  auto asked = command::request_for(chosen.request);
  if (!asked) {
    return command::fail(asked.error());
  }
  return command::answer(*std::move(asked), {}, chosen.path, *where, chosen.agreed);
}

int renew(options const& chosen) {
  auto const where = command::home_at(chosen.home);
  auto const opened = consent::file_watch::read(chosen.receipt);
  if (!where || !opened) {
    return command::fail(where ? opened.error() : where.error());
  }
  auto const before = consent::parse_receipt(opened->content);
  if (!before) {
    return command::fail(before.error());
  }
  auto const key = command::persons_public_key(*where, chosen.person_key);
  if (!key) {
    return command::fail(key.error());
  }
  if (auto const theirs = consent::signed_by{*key}(*before); !theirs) { // what changed must not be a lie
    return command::fail({theirs.error().code, "this consent cannot be renewed: " + theirs.error().message +
                                                   " Ask for a new one instead: overt consent new."});
  }
  auto asked = command::request_for(chosen.request, *before);
  if (!asked) {
    return command::fail(asked.error());
  }
  auto const changes = command::changes_since(*before, *asked, chosen.request.policy, chosen.old_policy);
  if (!changes) {
    return command::fail(changes.error());
  }
  return command::answer(*std::move(asked), *changes, chosen.path, *where, chosen.agreed);
}

/// A record that was prepared elsewhere, or whose key changed: the person reads it and signs it, or does not.
int sign(options const& chosen) {
  auto const where = command::home_at(chosen.home);
  auto const opened = consent::file_watch::read(chosen.receipt);
  if (!where || !opened) {
    return command::fail(where ? opened.error() : where.error());
  }
  auto const terms = consent::parse_receipt(opened->content);
  if (!terms) {
    return command::fail(terms.error());
  }
  auto const key = command::persons_key(*where);
  if (!key) {
    return command::fail(key.error());
  }
  auto const wall = overt::system_clocks{}.wall_ns();
  auto const said =
      consent::receipt_text(*terms, wall, command::look_at_signature(*terms, key->public_half()));
  auto const in = consent::language_named(terms->language);
  if (!said || !in) {
    return command::fail(said ? in.error() : said.error());
  }
  fmt::print("{}", *said);
  if (!chosen.agreed && !command::ask(*in)) {
    return command::refused; // as it was, and with it nothing is recorded
  }
  auto const text = consent::sign_receipt(opened->content, *key);
  if (!text) {
    return command::fail(text.error());
  }
  if (auto const noted = command::note(*where, command::entry_of(*consent::parse_receipt(*text))); !noted) {
    return command::fail(noted.error());
  }
  if (auto const written = command::replace(chosen.receipt, *text); !written) {
    return command::fail(written.error());
  }
  fmt::print("\n{}\n", consent::worded_as(*in, consent::sentence::agreed, {chosen.receipt}));
  return command::done;
}

int show(options const& chosen) {
  auto const where = command::home_at(chosen.home);
  auto const opened = consent::file_watch::read(chosen.receipt);
  if (!where || !opened) {
    return command::fail(where ? opened.error() : where.error());
  }
  auto const terms = consent::parse_receipt(opened->content);
  if (!terms) {
    return command::fail(terms.error());
  }
  overt::system_clocks const clock;
  auto const key = command::persons_public_key(*where, chosen.person_key);
  if (!key && !chosen.person_key.empty()) {
    return command::fail(key.error());
  }
  auto const text = consent::receipt_text(*terms, clock.wall_ns(), command::look_at_signature(*terms, key),
                                          chosen.language);
  if (!text) {
    return command::fail(text.error());
  }
  fmt::print("{}", *text);
  if (!key) {
    return command::fail(key.error());
  }
  auto const agreed = consent::from_file(chosen.receipt, clock, consent::signed_by{*key});
  return agreed ? command::done : command::fail(agreed.error()); // what `overt record` would say
}

void add_new(CLI::App& sub, std::shared_ptr<options> const& chosen, int& exit_code) {
  auto* const one =
      sub.add_subcommand("new", "Show what a policy would record, ask, and write down the signed answer.");
  command::add_consent_choice(*one, chosen->request);
  one->add_option("--out", chosen->path, "the receipt to write; must not exist")->required();
  one->add_flag("--i-agree", chosen->agreed,
                "do not ask: the person who runs this has read the text before and agrees");
  command::add_home(*one, chosen->home);
  one->footer("The answer is signed with the person's own key, person.key in their folder, which is made the "
              "first time. The notice that\nwas shown is kept beside the receipt.");
  one->callback([chosen, &exit_code] { exit_code = make(*chosen); });
}

void add_renew(CLI::App& sub, std::shared_ptr<options> const& chosen, int& exit_code) {
  auto* const one = sub.add_subcommand(
      "renew", "Ask again: for another policy, or because the time is over. Says what is different.");
  one->add_option("RECEIPT", chosen->receipt, "the consent before")->required();
  command::add_consent_choice(*one, chosen->request);
  one->add_option("--old-policy", chosen->old_policy, "the policy of the consent before, to compare with");
  one->add_option("--out", chosen->path, "the receipt to write; must not exist")->required();
  one->add_flag("--i-agree", chosen->agreed,
                "do not ask: the person who runs this has read the text before and agrees");
  command::add_home(*one, chosen->home);
  command::add_person_key(*one, chosen->person_key);
  one->footer("What is not said is as in the consent before, which stays as it is. Withdraw it if it should "
              "end.");
  one->callback([chosen, &exit_code] { exit_code = renew(*chosen); });
}

} // namespace

void command::add_consent(CLI::App& app, int& exit_code) {
  auto* const sub = app.add_subcommand("consent", "Ask for consent, look at one, renew it, or withdraw it.");
  sub->require_subcommand(1);
  auto chosen = std::make_shared<options>();
  add_new(*sub, chosen, exit_code);
  add_renew(*sub, chosen, exit_code);

  auto* const show_one = sub->add_subcommand(
      "show", "Say a receipt in plain words: what it permits, whether it holds now, its history and whose "
              "signature it has.");
  show_one->add_option("RECEIPT", chosen->receipt, "the receipt")->required();
  show_one->add_option("--language", chosen->language, "en or de; the receipt's own, if nothing is said");
  add_home(*show_one, chosen->home);
  add_person_key(*show_one, chosen->person_key);
  show_one->footer("Exit code 1: nothing can be recorded with it now; the last line says why.");
  show_one->callback([chosen, &exit_code] { exit_code = show(*chosen); });

  auto* const sign_one =
      sub->add_subcommand("sign", "Read a receipt that somebody prepared, and sign it with your own key.");
  sign_one->add_option("RECEIPT", chosen->receipt, "the receipt")->required();
  sign_one->add_flag("--i-agree", chosen->agreed,
                     "do not ask: the person who runs this has read the text before and agrees");
  add_home(*sign_one, chosen->home);
  sign_one->callback([chosen, &exit_code] { exit_code = sign(*chosen); });

  auto* const end_one = sub->add_subcommand(
      "withdraw", "End a consent now. A session that runs under it stops, sealed recordings become "
                  "unreadable.");
  end_one->add_option("RECEIPT", chosen->receipt, "the receipt")->required();
  end_one->add_option("--key-store", chosen->key_store,
                      "where the wrapped keys of sealed traces are kept (keys)");
  end_one->add_option("--tombstones", chosen->tombstones,
                      "a second folder that notes which keys were destroyed");
  add_home(*end_one, chosen->home);
  end_one->callback([chosen, &exit_code] {
    exit_code = withdraw({.receipt = chosen->receipt,
                          .home = chosen->home,
                          .key_store = chosen->key_store,
                          .tombstones = chosen->tombstones});
  });

  auto* const presets =
      sub->add_subcommand("presets", "Say what the rules of each place are. They are not legal advice.");
  presets->add_flag("--json", chosen->as_json, "as data");
  presets->callback([chosen, &exit_code] { exit_code = print_presets(chosen->as_json); });
}
