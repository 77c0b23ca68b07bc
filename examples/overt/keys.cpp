#include "command.hpp"
#include "home.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>

#include <overt/consent/ledger_entry.hpp>
#include <overt/consent/sodium/key_file.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/clock.hpp>

namespace {

namespace consent = overt::consent;

struct options {
  std::string path;
  std::string store;
  std::string tombstones;
  std::string id;
  std::string receipt;
  std::string home;
  bool expired = false;
};

void print(consent::public_key const& key) {
  fmt::print("  public key, for a receipt:  {}\n  the same, with a checksum:  {}\n  fingerprint, to compare: "
             "   {}\n",
             consent::receipt_form(key), consent::text_of(key), consent::spoken_fingerprint(key));
}

int make(options const& chosen) {
  auto const key = consent::secret_key::generate();
  if (!key) {
    return command::fail(key.error());
  }
  if (auto const written = consent::write_key_file(chosen.path, *key); !written) {
    return command::fail(written.error());
  }
  fmt::print(
      "{}: a secret key. Whoever has this file can open what is sealed for it; without it, nobody can.\n",
      chosen.path);
  print(key->public_half());
  return command::done;
}

int show(options const& chosen) {
  auto const key = consent::read_key_file(chosen.path);
  if (!key) {
    return command::fail(key.error());
  }
  print(key->public_half());
  return command::done;
}

int list(options const& chosen) {
  auto const keys = consent::key_store::at(chosen.store, chosen.tombstones);
  if (!keys) {
    return command::fail(keys.error());
  }
  auto const all = keys->list();
  if (!all) {
    return command::fail(all.error());
  }
  bool sound = true;
  for (auto const& each : *all) {
    sound = sound && !each.damaged;
    if (each.destroyed || each.damaged) {
      fmt::print("{}  {}\n", each.id.text(), each.destroyed ? "destroyed" : "damaged");
      continue;
    }
    fmt::print("{}  until {}  receipt {}  for {}\n", each.id.text(),
               overt::detail::format_date_time(each.until_wall_ns), each.receipt.empty() ? "-" : each.receipt,
               fmt::join(each.fingerprints, ", "));
  }
  return sound ? command::done : command::refused;
}

/// Destroying protects the person: it is done first, and noted then.
int note_destroyed(options const& chosen, std::string const& id, std::string const& receipt) {
  auto const home = command::home_at(chosen.home);
  auto const noted =
      home ? command::note(*home, {.kind = consent::ledger_kind::key_destroyed,
                                   .record_id = consent::detail::is_uuid_text(receipt) ? receipt : "",
                                   .subject = id})
           : overt::result<void>{home.error()};
  if (!noted) {
    return command::fail(
        {noted.error().code,
         "the key " + id + " is destroyed, and your ledger does not say so: " + noted.error().message});
  }
  return command::done;
}

int destroy_many(consent::key_store const& keys, options const& chosen) {
  auto const before = keys.list();
  if (!before) {
    return command::fail(before.error());
  }
  auto const count = chosen.expired ? keys.destroy_expired(overt::system_clocks{}.wall_ns())
                                    : keys.destroy_of_receipt(chosen.receipt);
  if (!count) {
    return command::fail(count.error());
  }
  fmt::print("{} {} destroyed.\n", *count, *count == 1 ? "key was" : "keys were");
  int exit_code = command::done;
  for (auto const& each : *before) {
    if (!each.destroyed && keys.is_destroyed(each.id)) {
      exit_code = std::max(exit_code, note_destroyed(chosen, each.id.text(), each.receipt));
    }
  }
  return exit_code;
}

/// By id, by receipt, or all whose time is over: exactly one of them.
int destroy(options const& chosen) {
  if ((chosen.id.empty() ? 0 : 1) + (chosen.receipt.empty() ? 0 : 1) + (chosen.expired ? 1 : 0) != 1) {
    return command::fail({overt::error_code::misuse, "name one of KEY-ID, --receipt and --expired."});
  }
  auto const keys = consent::key_store::at(chosen.store, chosen.tombstones);
  if (!keys) {
    return command::fail(keys.error());
  }
  if (chosen.id.empty()) {
    return destroy_many(*keys, chosen);
  }
  auto const id = consent::key_id::parse(chosen.id);
  if (!id) {
    return command::fail({overt::error_code::misuse, id.error().message});
  }
  std::string receipt;
  if (auto const before = keys->list()) {
    for (auto const& each : *before) {
      receipt = each.id == *id ? each.receipt : receipt;
    }
  }
  auto const gone = keys->destroy(*id);
  if (!gone) {
    return command::fail(gone.error());
  }
  fmt::print(
      "{}\n",
      *gone ? "Destroyed. What this key sealed cannot be opened any more; copies that were opened before "
              "are not reached."
            : "There was no such key here. Its id is noted as destroyed all the same, and is not taken.");
  return note_destroyed(chosen, id->text(), receipt);
}

} // namespace

void command::add_keys(CLI::App& app, int& exit_code) {
  auto* const sub =
      app.add_subcommand("keys", "Make a key, look at one, and destroy the keys of recordings.");
  sub->require_subcommand(1);
  auto chosen = std::make_shared<options>();

  auto* const make_one = sub->add_subcommand("new", "Make a key pair. Its public half goes into receipts.");
  make_one->add_option("--out", chosen->path, "the file for the secret key; must not exist")->required();
  make_one->callback([chosen, &exit_code] { exit_code = make(*chosen); });

  auto* const show_one = sub->add_subcommand("show", "Print the public half of a key, and its fingerprint.");
  show_one->add_option("KEY", chosen->path, "the file of the secret key")->required();
  show_one->callback([chosen, &exit_code] { exit_code = show(*chosen); });

  auto const with_store = [&](CLI::App* to) {
    to->add_option("--store", chosen->store, "the folder of the key store")->required();
    to->add_option("--tombstones", chosen->tombstones,
                   "a second folder that notes which keys were destroyed");
  };
  auto* const list_all =
      sub->add_subcommand("list", "List the keys of a key store, and those that were destroyed.");
  with_store(list_all);
  list_all->callback([chosen, &exit_code] { exit_code = list(*chosen); });

  auto* const end_one = sub->add_subcommand(
      "destroy", "Destroy the key of a recording, for good: nobody can open it any more.");
  end_one->add_option("KEY-ID", chosen->id, "as `overt keys list` prints it");
  end_one->add_option("--receipt", chosen->receipt, "all keys that were made for the record of this id");
  end_one->add_flag("--expired", chosen->expired, "all keys whose time is over");
  with_store(end_one);
  command::add_home(*end_one, chosen->home);
  end_one->callback([chosen, &exit_code] { exit_code = destroy(*chosen); });
}
