#include "erase_trace.hpp"

#include "trace_file.hpp"

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>

#include <fmt/format.h>

#include <overt/consent/json/receipt_json.hpp>
#include <overt/consent/sodium/key_file.hpp>
#include <overt/consent/sodium/key_store.hpp>
#include <overt/consent/sodium/private_file.hpp>
#include <overt/dataset/erase.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/being_recorded.hpp>
#include <overt/trace/erase.hpp>
#include <overt/trace/files_digest.hpp>
#include <overt/trace/json/mcap_salvage.hpp>
#include <overt/trace/json/session_of.hpp>
#include <overt/trace/mcap/scan.hpp>
#include <overt/trace/plain_files.hpp>
#include <overt/trace/sodium/sealed_files.hpp>
#include <overt/trace/trace_format.hpp>
#include <overt/trace/trace_replacement.hpp>

namespace {

namespace consent = overt::consent;
namespace trace = overt::trace;
using overt::failure;
using overt::result;
using overt::consent::ledger_kind;

/// The receipt that stands in an MCAP trace, and the policy as it was written; empty where there is none.
template <class Files>
std::pair<std::string, std::string> attached(Files const& files) {
  std::pair<std::string, std::string> found;
  auto source = files.open(1);
  if (!source) {
    return found;
  }
  trace::mcap_scan<trace::any_source, overt::sink::zstd> scan{std::move(*source)};
  while (found.first.empty()) {
    auto const more = scan.next_chunk();
    for (auto const& [what, bytes] : scan.attachments()) {
      (what.name == "receipt.json" ? found.first : found.second) = bytes;
    }
    if (!more || !*more) {
      break;
    }
  }
  return found;
}

/// One erasure from one trace.
class eraser {
public:
  eraser(command::trace_choice const& chosen, trace::erasure const& what, command::home const& where,
         ledger_kind kind)
      : chosen_{chosen}, what_{what}, home_{where}, kind_{kind}, replacing_{chosen.path} {}

  result<command::erased> run(bool remove) {
    if (!what_.names_something()) {
      return failure{overt::error_code::misuse,
                     "say what to erase: --from and --to, --application, --site or --all."};
    }
    if (trace::being_recorded(chosen_.path)) {
      return failure{overt::error_code::unsupported,
                     chosen_.path + " is being recorded. Stop the recorder first (withdrawing does); what it "
                                    "writes meanwhile would not be erased."};
    }
    auto const alone = lock();
    if (!alone) {
      return failure{overt::error_code::unsupported,
                     chosen_.path + " is being erased from by somebody else. Wait until that is done."};
    }
    if (auto const known = find_holding(); !known) {
      return known.error();
    }
    if (auto const finished = finish_interrupted(); !finished) {
      return finished.error();
    }
    std::error_code said;
    if (!std::filesystem::exists(chosen_.path, said)) {
      if (!done_.done.empty()) { // its removal was interrupted
        done_.changed = done_.removed = true;
        if (holding_) {
          holding_->state = consent::holding_state::erased;
          if (auto const listed = keep_list(*holding_); !listed) {
            return listed.error();
          }
        }
        return done_;
      }
      return failure{overt::error_code::not_found, chosen_.path + " is not there."};
    }
    sealed_ = command::is_sealed(chosen_);
    if (sealed_) {
      key_ = trace::sealed_files::key_of(chosen_.path)->text();
      if (holding_ && holding_->key_id != key_) { // of an erasure that was interrupted
        holding_->key_id = key_;
        if (auto const listed = keep_list(*holding_); !listed) {
          return listed.error();
        }
      }
    }
    auto digest = trace::files_digest(chosen_.path);
    if (!digest) {
      return digest.error();
    }
    old_digest_ = *std::move(digest);
    auto const went = remove ? take_away() : rewrite();
    if (!went) {
      return went.error();
    }
    return std::move(done_);
  }

private:
  void say(std::string sentence) { done_.done.push_back(std::move(sentence)); }
  void could_not(std::string sentence) { done_.not_reached.push_back(std::move(sentence)); }

  /// Nobody else erases from this trace meanwhile; nothing where it is not there.
  [[nodiscard]] std::optional<consent::detail::descriptor> lock() const {
    consent::detail::descriptor file{::open(chosen_.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    bool const free = !file || ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    return free ? std::optional{std::move(file)} : std::nullopt;
  }

  result<void> find_holding() {
    auto const all = command::held(home_);
    if (!all) {
      return all.error();
    }
    if (all->damaged_lines() > 0) {
      could_not(fmt::format("what {} lines of {} name, which cannot be read", all->damaged_lines(),
                            home_.holdings()));
    }
    if (auto const* const found = all->at(command::whole_path(chosen_.path))) {
      holding_ = *found;
      std::error_code said;
      if (!holding_->key_store.empty() && !std::filesystem::exists(chosen_.key_store, said)) {
        chosen_.key_store = holding_->key_store;
      }
    }
    return {};
  }

  /// Destroys the key that the old trace was sealed with.
  result<void> forget_key(std::string const& id) {
    auto const key = consent::key_id::parse(id);
    auto const store = consent::key_store::at(chosen_.key_store, chosen_.tombstones);
    if (!key || !store) {
      return key ? store.error() : key.error();
    }
    auto const gone = store->destroy(*key);
    if (!gone) {
      return gone.error();
    }
    say("the key " + id + " was destroyed: copies of the trace as it was cannot be opened any more");
    return note(ledger_kind::key_destroyed, id);
  }

  result<void> note(ledger_kind kind, std::string subject, std::uint64_t count = 0) {
    return command::note(
        home_, {.kind = kind, .record_id = record_id_, .subject = std::move(subject), .count = count});
  }

  result<void> finish_interrupted() {
    if (!replacing_.is_pending()) {
      return {};
    }
    auto const finished = replacing_.finish([this](std::string const& id) { return forget_key(id); });
    if (finished) {
      say("an erasure that was interrupted was finished");
    }
    return finished;
  }

  /// The files are overwritten and removed.
  result<void> take_away() {
    record_id_ = holding_ ? holding_->record_id : std::string{};
    if (auto const first = begin_for_good(); !first) {
      return first;
    }
    if (auto const begun = replacing_.begin(); !begun) {
      return begun;
    }
    auto const parts = parts_of_trace();
    auto const removed = commit({.parts = parts, .old_key = sealed_ ? key_ : "-"});
    if (!removed) {
      return removed;
    }
    done_.changed = done_.removed = true;
    say(chosen_.path + " was overwritten and removed" +
        (parts > 1 ? " (" + std::to_string(parts) + " files)" : ""));
    if (holding_) {
      holding_->state = consent::holding_state::erased;
      return keep_list(*holding_);
    }
    return {};
  }

  /// The trace is written anew without what goes.
  result<void> rewrite() {
    auto written = write_new();
    if (!written && what_.everything) {
      replacing_.abandon();
      say(chosen_.path + " cannot be read (" + written.error().message +
          "), so it cannot be written anew without what was in it");
      return take_away();
    }
    if (!written || !*written) {
      replacing_.abandon();
      forget_unused_key();
      if (written) {
        say("nothing in " + chosen_.path + " falls under this");
        done_.trace_sha256 = old_digest_;
      }
      if (!written && written.error().code == overt::error_code::invalid_input) {
        return failure{written.error().code,
                       written.error().message + " Nothing was erased; --all erases all of it."};
      }
      return written ? result<void>{} : result<void>{written.error()};
    }
    if (auto const first = begin_for_good(); !first) {
      replacing_.abandon();
      forget_unused_key();
      return first;
    }
    if (auto const committed =
            commit({.parts = parts_of_trace(), .ending = ending_, .old_key = sealed_ ? key_ : "-"});
        !committed) {
      return committed;
    }
    done_.changed = true;
    say(chosen_.path + " was written anew; the old file was overwritten and removed");
    auto digest = trace::files_digest(chosen_.path);
    if (!digest) {
      return digest.error();
    }
    done_.trace_sha256 = *std::move(digest);
    if (holding_ && !new_key_.empty()) {
      holding_->key_id = new_key_;
      return keep_list(*holding_);
    }
    return {};
  }

  /// What comes before the first change: the entry in the ledger, and what was made from the trace, which is
  /// found by how the trace is now.
  result<void> begin_for_good() {
    if (auto const noted = note(kind_, holding_ ? holding_->id : std::string{}); !noted) {
      return noted;
    }
    return erase_from_datasets();
  }

  result<void> commit(trace::trace_replacement::notes const& what) {
    if (auto const committed = replacing_.commit(what); !committed) {
      return committed;
    }
    return replacing_.finish([this](std::string const& id) { return forget_key(id); });
  }

  [[nodiscard]] std::uint32_t parts_of_trace() const {
    auto const format = trace::trace_format_of(chosen_.path);
    bool const in_parts = sealed_ || (format && *format == trace::trace_format::mcap);
    return in_parts ? trace::trace_replacement::parts_of(chosen_.path) : 1;
  }

  result<void> keep_list(consent::holding what) {
    what.wall_ns = 0;
    auto const listed = command::hold(home_, std::move(what));
    return listed ? result<void>{} : result<void>{listed.error()};
  }

  result<void> erase_from_datasets() {
    if (!holding_) {
      could_not("datasets that were made from it: the list of what is held does not name this trace. Where "
                "there are any: overt erase --dataset FOLDER --of " +
                old_digest_);
      return {};
    }
    auto const all = command::held(home_);
    if (!all) {
      return all.error();
    }
    for (auto dataset : all->made_from(holding_->id)) {
      std::error_code said;
      if (!std::filesystem::exists(dataset.path, said)) {
        could_not("the dataset " + dataset.path +
                  ": it is not there any more. If it was moved, erase there: "
                  "overt erase --dataset FOLDER --of " +
                  old_digest_);
        continue;
      }
      auto const gone = overt::dataset::erase(dataset.path, old_digest_, overt::system_clocks{}.wall_ns());
      if (!gone) {
        return gone.error();
      }
      if (!gone->had_it) {
        could_not("the dataset " + dataset.path +
                  ": it was made from this trace as it was before, and has nothing under its present name. "
                  "Look at it, or remove it");
        continue;
      }
      if (auto const noted = note(ledger_kind::erased, dataset.id, gone->tasks); !noted) {
        return noted;
      }
      say(fmt::format("{}: {} {} taken out", dataset.path, gone->tasks,
                      gone->tasks == 1 ? "task was" : "tasks were"));
      if (gone->needs_finish) {
        say(dataset.path + ": it has no manifest now; the same overt export writes one");
      }
      std::erase(dataset.made_from, holding_->id);
      if (auto const listed = keep_list(dataset); !listed) {
        return listed;
      }
    }
    return {};
  }

  /// Writes the trace as it is to be. False: nothing of it goes.
  result<bool> write_new() {
    if (auto const begun = replacing_.begin(); !begun) {
      return begun.error();
    }
    if (sealed_) {
      ending_ = ".sealed";
      return write_sealed();
    }
    auto const format = trace::trace_format_of(chosen_.path);
    if (!format) {
      return format.error();
    }
    ending_ = *format == trace::trace_format::json_lines ? ".jsonl"
              : *format == trace::trace_format::cbor     ? ".cbor"
                                                         : ".mcap";
    auto to = command::trace_file::named(replacing_.new_path(ending_));
    if (!to) {
      return to.error();
    }
    if (*format != trace::trace_format::mcap) {
      return copy([this] { return command::open_trace_to_erase(chosen_); }, *to, {});
    }
    trace::plain_files const files{chosen_.path};
    auto documents = attached(files);
    return copy_mcap(files, *to, std::move(documents));
  }

  result<bool> write_sealed() {
    auto key = command::key_to_erase(chosen_);
    auto const mine = consent::read_key_file(chosen_.key);
    auto const store = consent::key_store::at(chosen_.key_store, chosen_.tombstones);
    if (!key || !mine || !store) {
      return !key ? key.error() : !mine ? mine.error() : store.error();
    }
    trace::sealed_files const files{chosen_.path, std::move(*key), trace::lost_block::is_skipped};
    auto documents = attached(files);
    std::vector<consent::recipient> recipients;
    if (auto const agreed = consent::parse_receipt(documents.first)) {
      recipients = agreed->recipients;
    }
    recipients.push_back({.party = {}, .public_key = mine->public_half()});
    auto fresh = store->mint_instead_of(*consent::key_id::parse(key_), recipients);
    if (!fresh) {
      return fresh.error();
    }
    new_key_ = fresh->id().text();
    if (auto const all = store->list()) {
      tell_who_lost(*all);
    }
    auto to = command::trace_file::sealed(replacing_.new_path(ending_), std::move(*fresh));
    return copy_mcap(files, to, std::move(documents));
  }

  void tell_who_lost(std::vector<consent::stored_key> const& keys) {
    std::size_t before = 0;
    std::size_t after = 0;
    for (auto const& each : keys) {
      before = each.id.text() == key_ ? each.fingerprints.size() : before;
      after = each.id.text() == new_key_ ? each.fingerprints.size() : after;
    }
    if (after < before) {
      could_not(fmt::format("{} of those who could open it: their public keys are not in the trace's "
                            "receipt, so they cannot open it any more",
                            before - after));
    }
  }

  /// A key that was made for a trace that was not written after all.
  void forget_unused_key() {
    auto const id = consent::key_id::parse(new_key_);
    auto const store = consent::key_store::at(chosen_.key_store, chosen_.tombstones);
    if (id && store) {
      static_cast<void>(store->destroy(*id));
    }
    new_key_.clear();
  }

  /// What is damaged in the old trace stays out of the new one, and is told there as damaged.
  template <class Files>
  result<bool> copy_mcap(Files const& files, command::trace_file& to,
                         std::pair<std::string, std::string> documents) {
    if (auto const agreed = consent::parse_receipt(documents.first)) {
      record_id_ = agreed->record_id;
    }
    using saving = trace::mcap_salvage<overt::event, Files, overt::sink::zstd>;
    return copy([&] { return saving::open(files); }, to, std::move(documents));
  }

  template <class Open>
  result<bool> copy(Open open, command::trace_file& to, std::pair<std::string, std::string> documents) {
    if (holding_) {
      record_id_ = holding_->record_id;
    }
    overt::name_pool names;
    bool has_session = true;
    auto pictures = command::open_pictures_to_erase(chosen_);
    std::uint64_t expected = 0;
    auto const describe = [&](auto const& from) {
      has_session = from.session().is_object();
      auto info = trace::session_of(from.session(), names);
      info.receipt = documents.first;
      info.policy = documents.second.empty() ? info.policy : documents.second;
      return info;
    };
    auto const written = trace::erase<overt::event>(open, describe, what_, to, [&](std::uint64_t frame) {
      auto picture = pictures ? pictures->picture_of(frame) : result<overt::screen_picture>{pictures.error()};
      expected += picture ? 1 : 0;
      return picture;
    });
    if (!written || !*written) {
      return written;
    }
    if (!has_session) {
      return failure{overt::error_code::invalid_input,
                     "it does not say what session it is of, so what is left of it could not be read"};
    }
    auto const sound = check_new(expected);
    return sound ? written : result<bool>{sound.error()};
  }

  /// Before anything of the old trace goes: the new one can be read, whole, with all its pictures.
  result<void> check_new(std::uint64_t pictures_expected) const {
    auto fresh = chosen_;
    fresh.path = replacing_.new_path(ending_);
    auto reader = command::open_trace_to_erase(fresh);
    auto const read = reader ? trace::each_event(*reader, [](auto const&) {}) : result<void>{reader.error()};
    if (!read || !reader->complete() || !reader->problems().empty()) {
      return failure{overt::error_code::output_failed,
                     "the new trace could not be read back" +
                         (read ? std::string{"."} : ": " + read.error().message) + " Nothing was changed."};
    }
    auto const pictures = command::open_pictures_to_erase(fresh);
    auto const kept = pictures ? pictures->numbers().size() : 0;
    return kept == pictures_expected
               ? result<void>{}
               : result<void>{failure{overt::error_code::disk_full,
                                      "not all pictures could be kept. Nothing was changed; make room and "
                                      "erase again."}};
  }

  command::trace_choice chosen_;
  trace::erasure what_;
  command::home home_;
  ledger_kind kind_;
  trace::trace_replacement replacing_;
  std::optional<consent::holding> holding_{};
  bool sealed_ = false;
  std::string key_{};
  std::string new_key_{};
  std::string ending_{};
  std::string old_digest_{};
  std::string record_id_{};
  command::erased done_{};
};

} // namespace

result<command::erased> command::erase_trace(trace_choice const& chosen, trace::erasure const& what,
                                             home const& where) {
  return eraser{chosen, what, where, ledger_kind::erased}.run(false);
}

result<command::erased> command::remove_trace(trace_choice const& chosen, home const& where,
                                              ledger_kind kind) {
  return eraser{chosen, {.everything = true}, where, kind}.run(true);
}
