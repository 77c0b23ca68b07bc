#include "command.hpp"
#include "consent_answer.hpp"
#include "person.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/new_receipt.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/json/sign_receipt.hpp>
#include <overt/consent/plain/wording.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/event/clock.hpp>

namespace {

namespace consent = overt::consent;

/// Says what went wrong and goes on: whatever fails, the rest of a withdrawal is done.
struct attempt {
  int code = command::done;

  template <class Result>
  bool worked(Result const& done) {
    if (!done) {
      static_cast<void>(command::fail(done.error()));
      code = command::refused;
    }
    return done.has_value();
  }
};

/// Signed with the person's key, where it is at hand; and without a signature where it is not.
std::string signed_if_possible(std::string const& record, overt::result<command::home> const& where) {
  if (where) {
    if (auto const key = command::persons_key_there(*where)) {
      if (auto const text = consent::sign_receipt(record, *key)) {
        return *text;
      }
    }
  }
  return record;
}

/// In the store that was named, and in each that the list of what is held names for this consent.
std::set<std::string> stores_of(command::withdrawal_choice const& chosen, std::string const& record_id,
                                consent::holdings const* held) {
  std::set<std::string> stores;
  std::error_code unknown;
  if (std::filesystem::exists(chosen.key_store, unknown)) {
    stores.insert(command::whole_path(chosen.key_store));
  }
  if (held != nullptr) {
    for (auto const& each : held->all()) {
      if (each.record_id == record_id && !each.key_store.empty() &&
          std::filesystem::exists(each.key_store, unknown)) {
        stores.insert(each.key_store);
      }
    }
  }
  return stores;
}

} // namespace

int command::withdraw(withdrawal_choice const& chosen) {
  auto const opened = consent::file_watch::read(chosen.receipt);
  if (!opened) {
    return fail(opened.error());
  }
  auto const withdrawn = consent::write_withdrawal(opened->content, overt::system_clocks{});
  if (!withdrawn) {
    return fail(withdrawn.error());
  }
  auto const where = home_at(chosen.home);
  // First of all it ends. Nothing that could fail stands before this.
  auto const text = signed_if_possible(*withdrawn, where);
  if (auto const written = replace(chosen.receipt, text); !written) {
    return fail(written.error());
  }
  auto const terms = consent::parse_receipt(text);
  auto const tongue = consent::language_named(terms->language);
  auto const in = tongue ? *tongue : consent::language::english;
  fmt::print("{}\n", consent::worded_as(in, consent::sentence::withdrawn, {chosen.receipt}));
  attempt all;
  if (all.worked(where)) {
    all.worked(note(*where, entry_of(*terms)));
  }
  auto const held = where ? command::held(*where) : overt::result<consent::holdings>{where.error()};
  std::size_t destroyed = 0;
  for (auto const& each : stores_of(chosen, terms->record_id, held ? &*held : nullptr)) {
    auto const keys = consent::key_store::at(each, chosen.tombstones);
    auto const count =
        keys ? keys->destroy_of_receipt(terms->record_id) : overt::result<std::size_t>{keys.error()};
    destroyed += all.worked(count) ? *count : 0;
  }
  fmt::print("{}\n", consent::worded_as(in, consent::sentence::keys_destroyed, {std::to_string(destroyed)}));
  if (destroyed > 0 && where) {
    all.worked(note(
        *where,
        {.kind = consent::ledger_kind::key_destroyed, .record_id = terms->record_id, .count = destroyed}));
  }
  if (!held) {
    return all.code;
  }
  auto const kept = std::count_if(held->all().begin(), held->all().end(), [&](auto const& each) {
    return each.state == consent::holding_state::held && each.kind != consent::holding_kind::receipt &&
           each.record_id == terms->record_id && each.key_id.empty();
  });
  if (kept > 0) {
    fmt::print("{}\n",
               consent::worded_as(in, consent::sentence::not_sealed, {std::to_string(kept), chosen.receipt}));
  }
  return all.code;
}
