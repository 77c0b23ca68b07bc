#include "consent_answer.hpp"
#include "command.hpp"
#include "person.hpp"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <system_error>
#include <utility>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/new_receipt.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/json/sign_receipt.hpp>
#include <overt/consent/plain/changes_text.hpp>
#include <overt/consent/plain/notice_text.hpp>
#include <overt/consent/plain/wording.hpp>
#include <overt/consent/receipt_changes.hpp>
#include <overt/event/clock.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/json/policy_file.hpp>
#include <overt/redact/policy_changes.hpp>
#include <overt/sink/output_file.hpp>

namespace {

namespace consent = overt::consent;

overt::result<void> write_new(std::string const& path, std::string_view text) {
  auto file = overt::sink::output_file::create(path);
  if (!file) {
    return file.error();
  }
  if (auto const written = file->write(text); !written) {
    return written;
  }
  return file->close();
}

overt::result<overt::redact::policy_settings> settings_in(std::string const& path) {
  auto const opened = consent::file_watch::read(path);
  if (!opened) {
    return opened.error();
  }
  return overt::redact::parse_policy_settings(opened->content, std::filesystem::path{path}.parent_path());
}

/// Both files are new, and the folder is one that can be written to: found out before anybody is asked.
overt::result<void> are_new(std::string const& receipt, std::string const& notice) {
  for (auto const& path : {receipt, notice}) {
    std::error_code unknown;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, unknown))) {
      return overt::failure{overt::error_code::output_failed,
                            path + " is there already. Nobody was asked. Name a new file."};
    }
  }
  return {};
}

} // namespace

bool command::ask(consent::language in) {
  fmt::print("\n{}", consent::words_of(in, consent::sentence::question));
  std::fflush(stdout);
  std::string said;
  std::getline(std::cin, said);
  auto const yes = consent::words_of(in, consent::sentence::yes);
  return !said.empty() && (said == yes || said == yes.substr(0, 1));
}

consent::ledger_entry command::entry_of(consent::receipt const& terms) {
  using enum consent::ledger_kind;
  constexpr consent::ledger_kind kinds[] = {consent_requested,  consent_given,     consent_refused,
                                            consent_renewed,    consent_withdrawn, consent_expired,
                                            consent_invalidated};
  return {.kind = kinds[static_cast<std::size_t>(terms.latest)],
          .record_id = terms.record_id,
          .digest = terms.document_sha256};
}

overt::result<void> command::replace(std::string const& path, std::string const& text) {
  auto const beside = path + ".new";
  std::remove(beside.c_str());
  if (auto const written = write_new(beside, text); !written) {
    return written;
  }
  if (std::rename(beside.c_str(), path.c_str()) != 0) {
    return overt::failure{overt::error_code::output_failed,
                          "cannot replace " + path + ". What should be there is in " + beside + "."};
  }
  return {};
}

int command::answer(consent::receipt_request asked, std::string const& changes, std::string const& path,
                    home const& where, bool agreed) {
  auto const notice_path = path + ".notice.txt";
  asked.notice_uri = "file:" + std::filesystem::path{notice_path}.filename().string();
  auto const in = consent::language_named(asked.language);
  auto const notice = consent::notice_text(asked);
  auto const free = are_new(path, notice_path);
  if (!in || !notice || !free) {
    return fail(!in ? in.error() : !notice ? notice.error() : free.error());
  }
  overt::system_clocks const clock;
  // Whether there can be such a receipt at all is found out before the person spends time on it.
  if (auto const possible = consent::write_receipt(asked, clock, consent::system_randomness{}); !possible) {
    return fail(possible.error());
  }
  auto const key = persons_key(where);
  if (!key) {
    return fail(key.error());
  }
  fmt::print("{}{}{}", changes, changes.empty() ? "" : "\n", *notice);
  bool const yes = agreed || ask(*in);
  asked.answer = yes ? asked.answer : consent::consent_event::refused;
  auto const record = consent::write_receipt(asked, clock, consent::system_randomness{});
  auto const text = record ? consent::sign_receipt(*record, *key) : record;
  if (!text) {
    return fail(text.error());
  }
  auto const terms = consent::parse_receipt(*text);
  if (!terms) {
    return fail(terms.error());
  }
  if (auto const noted = note(where, entry_of(*terms)); !noted) {
    return fail(noted.error());
  }
  for (auto const& [file, content] : {std::pair{notice_path, *notice}, std::pair{path, *text}}) {
    if (auto const written = write_new(file, content); !written) {
      return fail(written.error());
    }
  }
  auto const held =
      hold(where, {.kind = consent::holding_kind::receipt, .path = path, .record_id = terms->record_id});
  if (!held) {
    return fail(held.error());
  }
  fmt::print("\n{}\n",
             consent::worded_as(*in, yes ? consent::sentence::agreed : consent::sentence::refused, {path}));
  return done;
}

overt::result<std::string> command::changes_since(consent::receipt const& before,
                                                  consent::receipt_request const& asked,
                                                  std::string const& policy, std::string const& old_policy) {
  auto const in = consent::language_named(asked.language);
  if (!in) {
    return in.error();
  }
  auto const text = consent::write_receipt(asked, overt::system_clocks{}, consent::system_randomness{});
  if (!text) {
    return text.error();
  }
  auto const after = consent::parse_receipt(*text);
  if (!after) {
    return after.error();
  }
  consent::policy_differences policies;
  if (!old_policy.empty()) {
    auto const from = settings_in(old_policy);
    auto const to = settings_in(policy);
    auto const chain = overt::redact::read_policy(old_policy);
    if (!from || !to || !chain) {
      return !from ? from.error() : !to ? to.error() : chain.error();
    }
    if (overt::redact::digest_of(chain->policies) != before.policy_digest) {
      return overt::failure{overt::error_code::invalid_input,
                            old_policy + " is not the policy that the consent before was given for. Name "
                                         "that one, or leave --old-policy out."};
    }
    policies.known = true;
    for (auto const& each : overt::redact::changes_between(*from, *to)) {
      policies.all.push_back({each.member, each.from, each.to, each.looser});
    }
  }
  return consent::changes_text(*in, consent::changes_between(before, *after), policies);
}
