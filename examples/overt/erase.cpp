#include "command.hpp"
#include "erase_trace.hpp"
#include "home.hpp"
#include "trace_input.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/dataset/erase.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt/trace/may_be_read.hpp>
#include <overt/trace/sodium/sealed_files.hpp>
#include <overt/trace/trace_replacement.hpp>

namespace {

namespace consent = overt::consent;
using consent::holding;
using consent::holding_kind;
using consent::holding_state;
using consent::ledger_kind;
using overt::failure;
using overt::result;

struct options {
  command::trace_choice trace;
  std::string receipt;
  std::string dataset;
  std::string of;
  std::vector<std::string> applications;
  std::vector<std::string> sites;
  std::optional<double> from;
  std::optional<double> to;
  bool all = false;
  bool expired = false;
};

/// What was done and what was not, for several things at once.
class summary {
public:
  void add(command::erased const& one) {
    done_.insert(done_.end(), one.done.begin(), one.done.end());
    not_reached_.insert(not_reached_.end(), one.not_reached.begin(), one.not_reached.end());
  }
  void done(std::string sentence) { done_.push_back(std::move(sentence)); }
  /// Something that should have been reached.
  void not_reached(std::string sentence) {
    failed_ = true;
    not_reached_.push_back(std::move(sentence));
  }

  int tell() const {
    if (done_.empty()) {
      fmt::print("There was nothing to erase.\n");
    }
    for (auto const& each : done_) {
      fmt::print("{}\n", each);
    }
    for (auto const& each : not_reached_) {
      fmt::print("NOT REACHED: {}\n", each);
    }
    fmt::print(
        "Copies that were made elsewhere, backups of what was not sealed, and what a model has learnt are "
        "not reached by this.\n");
    return failed_ ? command::refused : command::done;
  }

private:
  std::vector<std::string> done_;
  std::vector<std::string> not_reached_;
  bool failed_ = false;
};

bool exists(std::string const& path) {
  std::error_code said;
  return std::filesystem::exists(path, said);
}

/// Seconds as `overt show` prints them, from the trace's first event, as the trace's own time.
result<overt::timestamp> moment(command::trace_choice const& chosen, double seconds, bool end) {
  auto reader = command::open_trace_to_erase(chosen);
  if (!reader) {
    return reader.error();
  }
  auto const first = reader->next();
  if (!first) {
    return first.error();
  }
  auto const begin = *first ? (*first)->head().time : overt::timestamp{};
  constexpr double most = 4e9; // longer than a trace can be
  if (!std::isfinite(seconds) || seconds < 0 || seconds > most) {
    return failure{overt::error_code::misuse, "--from and --to are seconds, as overt show prints them."};
  }
  constexpr std::int64_t shown = 1'000'000; // what is printed is cut to milliseconds
  return begin + static_cast<std::int64_t>(std::llround(seconds * 1e3)) * shown + (end ? shown - 1 : 0);
}

result<void> from_one(options const& chosen, command::home const& where, summary& told) {
  overt::trace::erasure what{
      .applications = chosen.applications, .sites = chosen.sites, .everything = chosen.all};
  for (auto const end : {false, true}) {
    auto const& seconds = end ? chosen.to : chosen.from;
    if (seconds && exists(chosen.trace.path)) {
      auto const at = moment(chosen.trace, *seconds, end);
      if (!at) {
        return at.error();
      }
      (end ? what.to : what.from) = *at;
    }
  }
  if (what.from && what.to && *what.to < *what.from) {
    return failure{overt::error_code::misuse, "--to is before --from."};
  }
  auto const done = command::erase_trace(chosen.trace, what, where);
  if (done) {
    told.add(*done);
  }
  return done ? result<void>{} : result<void>{done.error()};
}

/// The record that a receipt is of: a file, or the record's id itself.
result<std::string> record_of(std::string const& named) {
  if (!exists(named)) {
    return named;
  }
  auto const file = consent::file_watch::read(named);
  if (!file) {
    return file.error();
  }
  auto const agreed = consent::parse_receipt(file->content);
  return agreed ? result<std::string>{agreed->record_id} : result<std::string>{agreed.error()};
}

/// Takes away one thing that is held.
void take_away(holding const& what, options const& chosen, command::home const& where, ledger_kind kind,
               summary& told) {
  auto failed = [&](failure const& why) { told.not_reached(what.path + ": " + why.message); };
  auto gone = what;
  gone.state = holding_state::erased;
  gone.wall_ns = 0;
  if (what.kind == holding_kind::trace) {
    command::trace_choice trace;
    trace.path = what.path;
    trace.key_store = what.key_store.empty() ? chosen.trace.key_store : what.key_store;
    trace.tombstones = chosen.trace.tombstones;
    bool const half_gone = overt::trace::trace_replacement{what.path}.is_pending();
    if (exists(what.path) || half_gone) {
      auto const done = command::remove_trace(trace, where, kind);
      done ? told.add(*done) : failed(done.error());
      return;
    }
  } else if (exists(what.path)) {
    if (auto const noted =
            command::note(where, {.kind = kind, .record_id = what.record_id, .subject = what.id});
        !noted) {
      return failed(noted.error());
    }
    auto const done = overt::dataset::erase_all(what.path);
    if (!done) {
      return failed(done.error());
    }
    told.done(fmt::format("{}: the dataset was overwritten and removed ({} tasks)", what.path, done->tasks));
    if (exists(what.path)) {
      told.not_reached(what.path + ": files in this folder that no export has made");
    }
    if (auto const listed = command::hold(where, gone); !listed) {
      failed(listed.error());
    }
    return;
  }
  told.not_reached(what.path + ": it is not there. If it was moved, erase it where it is now");
}

/// Destroys the keys of a record in every key store that is known.
void destroy_keys(std::string const& record, std::vector<holding> const& all, options const& chosen,
                  command::home const& where, summary& told) {
  std::set<std::string> stores;
  for (auto const& each : all) {
    if (each.record_id == record && !each.key_store.empty()) {
      stores.insert(each.key_store);
    }
  }
  if (exists(chosen.trace.key_store)) {
    stores.insert(command::whole_path(chosen.trace.key_store));
  }
  for (auto const& folder : stores) {
    auto const store = consent::key_store::at(folder, chosen.trace.tombstones);
    auto const count = store ? store->destroy_of_receipt(record) : result<std::size_t>{store.error()};
    if (!count) {
      told.not_reached("the keys in " + folder + ": " + count.error().message);
      continue;
    }
    if (*count > 0) {
      told.done(fmt::format("{}: {} {} destroyed", folder, *count, *count == 1 ? "key was" : "keys were"));
      static_cast<void>(
          command::note(where, {.kind = ledger_kind::key_destroyed, .record_id = record, .count = *count}));
    }
  }
}

result<void> of_record(options const& chosen, command::home const& where, summary& told) {
  if (!chosen.all) {
    return failure{overt::error_code::misuse,
                   "--receipt goes with --all: everything that was recorded under it is erased."};
  }
  auto const record = record_of(chosen.receipt);
  if (!record) {
    return record.error();
  }
  auto const list = command::held(where);
  if (!list) {
    return list.error();
  }
  if (list->damaged_lines() > 0) {
    told.not_reached(fmt::format("{} lines of {} cannot be read: what they name", list->damaged_lines(),
                                 where.holdings()));
  }
  // The keys first: from then on no copy of what was sealed can be opened, whatever comes after.
  destroy_keys(*record, list->all(), chosen, where, told);
  for (auto const kind : {holding_kind::trace, holding_kind::dataset}) {
    for (auto const& each : list->all()) {
      if (each.kind == kind && each.state == holding_state::held && each.record_id == *record) {
        take_away(each, chosen, where, ledger_kind::erased, told);
      }
    }
  }
  return {};
}

/// Whether the time of a trace is over: by what it says itself or, where it is sealed, by its key.
result<bool> is_over(command::trace_choice const& trace, std::int64_t now) {
  if (command::is_sealed(trace)) {
    auto const id = overt::trace::sealed_files::key_of(trace.path);
    auto const store = consent::key_store::at(trace.key_store, trace.tombstones);
    auto const keys = store ? store->list() : result<std::vector<consent::stored_key>>{store.error()};
    if (!id || !keys) {
      return id ? keys.error() : id.error();
    }
    auto const found =
        std::find_if(keys->begin(), keys->end(), [&](auto const& each) { return each.id == *id; });
    if (found == keys->end() || found->damaged) {
      return failure{overt::error_code::not_found,
                     "its key is not in " + trace.key_store + ", so nobody knows until when it is kept"};
    }
    return found->destroyed || now > found->until_wall_ns;
  }
  auto reader = command::open_trace_to_erase(trace);
  if (!reader) {
    return reader.error();
  }
  if (reader->session().is_null()) {
    static_cast<void>(reader->next());
  }
  overt::name_pool names;
  return !overt::trace::may_be_read(overt::trace::session_of(reader->session(), names), now);
}

/// The janitor: everything that the list names and whose time is over.
result<void> expired(options const& chosen, command::home const& where, summary& told) {
  auto const list = command::held(where);
  if (!list) {
    return list.error();
  }
  auto const now = overt::system_clocks{}.wall_ns();
  auto all = list->all();
  if (!chosen.trace.path.empty() && list->at(command::whole_path(chosen.trace.path)) == nullptr) {
    all.push_back({.path = chosen.trace.path});
  }
  for (auto const& each : all) {
    if (each.kind != holding_kind::trace || each.state != holding_state::held) {
      continue;
    }
    command::trace_choice trace;
    trace.path = each.path;
    trace.key_store = each.key_store.empty() ? chosen.trace.key_store : each.key_store;
    trace.tombstones = chosen.trace.tombstones;
    if (overt::trace::trace_replacement{each.path}.is_pending()) {
      auto const finished = command::remove_trace(trace, where, ledger_kind::retention_ended);
      finished ? told.add(*finished) : told.not_reached(each.path + ": " + finished.error().message);
      continue;
    }
    if (!exists(each.path)) {
      told.not_reached(each.path + ": it is not there. If it was moved: overt erase --expired PATH");
      continue;
    }
    auto const over = is_over(trace, now);
    if (!over) {
      told.not_reached(each.path + ": " + over.error().message);
    } else if (*over) {
      auto const done = command::remove_trace(trace, where, ledger_kind::retention_ended);
      done ? told.add(*done) : told.not_reached(each.path + ": " + done.error().message);
    }
  }
  if (exists(chosen.trace.key_store)) {
    auto const store = consent::key_store::at(chosen.trace.key_store, chosen.trace.tombstones);
    auto const count = store ? store->destroy_expired(now) : result<std::size_t>{store.error()};
    if (!count) {
      told.not_reached("the keys in " + chosen.trace.key_store + ": " + count.error().message);
    } else if (*count > 0) {
      told.done(fmt::format("{}: {} {} destroyed, because their time is over", chosen.trace.key_store, *count,
                            *count == 1 ? "key was" : "keys were"));
      static_cast<void>(command::note(where, {.kind = ledger_kind::key_destroyed, .count = *count}));
    }
  }
  return {};
}

/// From a dataset that the list does not name.
result<void> from_dataset(options const& chosen, command::home const& where, summary& told) {
  if (chosen.all == !chosen.of.empty()) {
    return failure{
        overt::error_code::misuse,
        "--dataset goes with --of DIGEST (the SHA-256 of a trace, as the manifest has it) or --all."};
  }
  auto const list = command::held(where);
  auto const* const found = list ? list->at(command::whole_path(chosen.dataset)) : nullptr;
  if (auto const noted = command::note(where, {.kind = ledger_kind::erased,
                                               .record_id = found ? found->record_id : std::string{},
                                               .subject = found ? found->id : std::string{}});
      !noted) {
    return noted;
  }
  auto const done = chosen.all
                        ? overt::dataset::erase_all(chosen.dataset)
                        : overt::dataset::erase(chosen.dataset, chosen.of, overt::system_clocks{}.wall_ns());
  if (!done) {
    return done.error();
  }
  if (done->had_it) {
    told.done(fmt::format("{}: {} tasks were taken out", chosen.dataset, done->tasks));
  }
  if (found != nullptr && chosen.all) {
    auto gone = *found;
    gone.state = holding_state::erased;
    gone.wall_ns = 0;
    auto const listed = command::hold(where, std::move(gone));
    return listed ? result<void>{} : result<void>{listed.error()};
  }
  return {};
}

int erase(options const& chosen) {
  auto const where = command::home_at(chosen.trace.home);
  if (!where) {
    return command::fail(where.error());
  }
  bool const some = chosen.from || chosen.to || !chosen.applications.empty() || !chosen.sites.empty();
  int const ways =
      (chosen.receipt.empty() ? 0 : 1) + (chosen.expired ? 1 : 0) + (chosen.dataset.empty() ? 0 : 1);
  bool const one = ways == 0 && !chosen.trace.path.empty();
  if ((!one && ways != 1) || (ways == 1 && some) || (chosen.expired && chosen.all) ||
      (one && chosen.all == some) || (!chosen.of.empty() && chosen.dataset.empty()) ||
      (!one && !chosen.expired && !chosen.trace.path.empty())) {
    return command::fail({overt::error_code::misuse,
                          "name a TRACE and what of it (--from, --to, --application, --site, or --all), or "
                          "--receipt with --all, or --expired, or --dataset. See overt erase --help."});
  }
  summary told;
  auto const went = one                       ? from_one(chosen, *where, told)
                    : chosen.expired          ? expired(chosen, *where, told)
                    : !chosen.receipt.empty() ? of_record(chosen, *where, told)
                                              : from_dataset(chosen, *where, told);
  if (!went) {
    return command::fail(went.error());
  }
  return told.tell();
}

} // namespace

void command::add_erase(CLI::App& app, int& exit_code) {
  auto* const sub =
      app.add_subcommand("erase", "Erase from what was recorded, for good, with what was made of it.");
  auto chosen = std::make_shared<options>();
  sub->add_option("TRACE", chosen->trace.path, "the trace to erase from");
  sub->add_option("--from", chosen->from, "from this many seconds on, as overt show prints them");
  sub->add_option("--to", chosen->to, "until this many seconds");
  sub->add_option("--application", chosen->applications,
                  "what happened in this application; may stand several times");
  sub->add_option("--site", chosen->sites,
                  "what happened on this site (https://example.org); may stand several times");
  sub->add_flag("--all", chosen->all, "everything");
  sub->add_option("--receipt", chosen->receipt,
                  "with --all: every trace, dataset and key of this consent (its file, or the record's id)");
  sub->add_flag("--expired", chosen->expired, "remove what was to be kept until a time that is over");
  sub->add_option("--dataset", chosen->dataset,
                  "from this dataset, where the list of what is held does not name it");
  sub->add_option("--of", chosen->of, "with --dataset: what came from the trace with this SHA-256");
  sub->add_option("--key", chosen->trace.key, "of a sealed trace: your secret key (overt keys new)");
  sub->add_option("--key-store", chosen->trace.key_store,
                  "of sealed traces: the folder with their wrapped keys (keys)");
  sub->add_option("--tombstones", chosen->trace.tombstones,
                  "a second folder that notes which keys were destroyed");
  add_home(*sub, chosen->trace.home);
  sub->footer(
      "A trace is written anew without what goes; each stretch becomes one gap that says so, without an\n"
      "amount. Pictures that may show what goes, and what was made of it, go too. docs/erasure.md says\n"
      "what this reaches and what it cannot. Exit code 1: something that should have gone did not.");
  sub->callback([chosen, &exit_code] { exit_code = erase(*chosen); });
}
