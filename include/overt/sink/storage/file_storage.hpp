#pragma once

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt/event/result.hpp>
#include <overt/sink/storage/block_file.hpp>
#include <overt/sink/storage/block_kind.hpp>
#include <overt/sink/storage/journal_file.hpp>
#include <overt/sink/storage/journal_format.hpp>
#include <overt/sink/storage/posix_system.hpp>
#include <overt/sink/storage/system_call.hpp>
#include <overt/sink/storage/trace_storage.hpp>

namespace overt::inline v0::sink {

namespace detail {

/// What can be switched off, by a test that shows what it is good for.
struct storage_rules {
  bool syncs_before_reuse = true; ///< a half is used again only when the block that has its records is synced
};

} // namespace detail

/// A trace file and its journal, `<trace>.journal`, in one folder: the `trace_storage` of the local disk,
/// which says what each call promises. What it cannot promise: a disk that says "written" of what is in its
/// cache alone, and a person who shortens the journal while it is in use.
///
///     file_storage<> storage{"trace.mcap", {.id = session}};
///     auto made = storage.create();
///     auto kept = storage.journal(1, record);              // *kept: survives kill -9
///     if (kept && !*kept) {                                // no room: into a block
///       auto appended = storage.append(block_kind::chunk, chunk);
///       auto turned = appended ? storage.turn_journal() : appended;
///     }
///     auto safe = storage.sync();                          // survives a power cut
///     auto closed = storage.close();                       // after the last chunk, turn_journal and the end
template <class System = posix_system, detail::storage_rules Rules = detail::storage_rules{}>
class file_storage {
public:
  explicit file_storage(std::string path, journal_format::head head = {}, System system = {})
      : file_{path, system}, journal_{path + ".journal", head, system}, system_{std::move(system)} {}

  [[nodiscard]] result<void> create() {
    if (auto made = file_.create(); !made) {
      return made;
    }
    if (auto made = journal_.create(); !made) {
      file_.discard();
      return made;
    }
    if (auto made = sync_folder(); !made) {
      journal_.discard();
      file_.discard();
      return made;
    }
    return {};
  }

  /// Closes and removes both files; for a trace that could not be begun.
  void discard() {
    journal_.discard();
    file_.discard();
  }

  [[nodiscard]] result<void> append(block_kind, std::string_view bytes) { return file_.append(bytes); }
  [[nodiscard]] std::uint64_t size() const noexcept { return file_.size(); }

  /// False also for a record that is larger than a half; it has to go into a chunk.
  [[nodiscard]] result<bool> journal(std::uint64_t sequence, std::string_view bytes) {
    return journal_.record(sequence, bytes);
  }

  /// Nothing happens when nothing was journalled since the last turn. May sync the file.
  [[nodiscard]] result<void> turn_journal() {
    if (!journal_.pending()) {
      return {};
    }
    auto const now = journal_.half();
    if (Rules.syncs_before_reuse && file_.synced_size() < protects_[1 - now]) {
      if (auto synced = file_.sync(); !synced) {
        return synced;
      }
    }
    auto turned = journal_.turn();
    if (turned) {
      protects_[now] = file_.size();
    }
    return turned;
  }

  [[nodiscard]] result<void> sync() {
    auto file = file_.sync();
    // Also when that failed: then the journal may hold the only copy.
    auto journal = journal_.sync();
    return file ? journal : file;
  }

  /// Closed in any case. The journal is removed only when everything in it is in a synced block.
  [[nodiscard]] result<void> close() {
    bool const alone = journal_.pending();
    auto outcome = sync();
    if (auto closed = file_.close(); outcome) {
      outcome = std::move(closed);
    }
    if (outcome && !alone) {
      return journal_.remove();
    }
    auto const kept = journal_.close();
    if (outcome && !kept) {
      return kept;
    }
    return outcome ? failure{error_code::output_failed, "The last records of the trace " + file_.path() +
                                                            " are in its journal alone, " + journal_.path() +
                                                            ". Keep both, and recover the trace."}
                   : outcome;
  }

  /// True: no sync can succeed any more. The recording has to go on in a new trace.
  [[nodiscard]] bool sync_failed() const noexcept { return file_.sync_failed() || journal_.sync_failed(); }
  /// How much of the trace survives a power cut.
  [[nodiscard]] std::uint64_t synced_size() const noexcept { return file_.synced_size(); }
  /// False: on this file system each record costs a system call.
  [[nodiscard]] bool mapped() const noexcept { return journal_.mapped(); }
  [[nodiscard]] std::string const& path() const noexcept { return file_.path(); }
  [[nodiscard]] std::string const& journal_path() const noexcept { return journal_.path(); }

private:
  /// Without it a power cut may take the names of both files, and with them all that they hold.
  [[nodiscard]] result<void> sync_folder() {
    auto const& path = file_.path();
    auto const slash = path.rfind('/');
    auto const folder =
        slash == std::string::npos ? std::string{"."} : path.substr(0, std::max<std::size_t>(slash, 1));
    int const opened = detail::uninterrupted([&] { return system_.open_folder(folder.c_str()); });
    if (opened < 0) {
      return folder_failure(folder, errno);
    }
    detail::descriptor<System> const owned{opened, system_};
    if (detail::uninterrupted([&] { return system_.sync_folder(opened); }) != 0 && errno != EINVAL) {
      return folder_failure(folder, errno); // EINVAL: a file system that has no such thing (fsync(2))
    }
    return {};
  }

  [[nodiscard]] static failure folder_failure(std::string const& folder, int number) {
    return {detail::code_of(number), "cannot bring the folder " + folder + " to the disk: " +
                                         detail::reason(number) + ". Nothing was recorded."};
  }

  block_file<System> file_;
  journal_file<System> journal_;
  [[no_unique_address]] System system_;
  std::array<std::uint64_t, 2> protects_{}; ///< the size of the file that has all records of a half
};

static_assert(trace_storage<file_storage<>>);

} // namespace overt::inline v0::sink
