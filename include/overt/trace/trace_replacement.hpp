#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/stat.h>
#include <unistd.h>
#endif

#include <overt/detail/shred_file.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/part_path.hpp>
#include <overt/sink/output_file.hpp>
#include <overt/sink/picture_folder.hpp>

namespace overt::inline v0::trace {

/// Puts a new trace in the place of an old one, or removes a trace, so that a crash at any moment leaves the
/// old one or the new one whole, and doing it again finishes. What is replaced is overwritten before it is
/// removed: all parts, their journals, the folder of pictures, and `<trace>.review.json`, since what was
/// approved is not there any more.
///
///     trace::trace_replacement replacing{"trace.mcap"};
///     if (replacing.is_pending()) { … replacing.finish(forget_key) … }     // of a run that was interrupted
///     replacing.begin();
///     … write a trace to replacing.new_path(".mcap") …
///     replacing.commit(notes);
///     replacing.finish(forget_key);
///
/// While it lasts there is a folder `<trace>.erasing`, its owner's alone. Until `commit` the old trace
/// counts; from then on `finish` goes on, now or in another process. The name changes hands in one step; only
/// pictures that lie beside a trace (JSON lines, CBOR) may be missing until it is finished, and are never
/// those of the other trace. One thread, and one of these for a trace.
class trace_replacement {
public:
  /// What has to be known to finish after a crash.
  struct notes {
    std::uint32_t parts = 1;  ///< files of the old trace
    std::string ending{};     ///< of the new one, as given to `new_path`; empty: the trace is removed
    std::string old_key{"-"}; ///< id of the key that the old one was sealed with
  };

  explicit trace_replacement(std::string trace) : trace_{std::move(trace)}, folder_{trace_ + ".erasing"} {}

  /// Files of a trace in parts: those whose names follow one another.
  [[nodiscard]] static std::uint32_t parts_of(std::string const& trace) {
    std::uint32_t parts = 1;
    while (exists(sink::part_path(trace, parts + 1))) {
      ++parts;
    }
    return parts;
  }

  [[nodiscard]] std::string new_path(std::string_view ending) const {
    return folder_ + "/new" + std::string{ending};
  }

  /// Whether a run was interrupted after its `commit`.
  [[nodiscard]] bool is_pending() const { return exists(folder_ + "/ready"); }

  /// Begins anew; what a run left that was interrupted before its `commit` goes.
  [[nodiscard]] result<void> begin() {
    if (auto const wrong = v0::detail::shred_file(folder_); wrong != 0) {
      return cannot("remove", folder_, wrong);
    }
#if defined(__unix__) || defined(__APPLE__)
    int const wrong = ::mkdir(folder_.c_str(), 0700) == 0 ? 0 : errno;
#else
    std::error_code said;
    std::filesystem::create_directory(folder_, said);
    int const wrong = said.value();
#endif
    return wrong == 0 ? result<void>{} : result<void>{cannot("make the folder", folder_, wrong)};
  }

  /// Nothing was changed: forgets what was begun.
  void abandon() const { static_cast<void>(v0::detail::shred_file(folder_)); }

  /// The new trace is there and whole. From now on it is the one that counts.
  [[nodiscard]] result<void> commit(notes const& what) {
    if (!what.ending.empty()) {
      if (auto const synced = sync_all(new_path(what.ending)); !synced) {
        return synced;
      }
    }
    auto const ready = folder_ + "/ready";
    auto file = sink::output_file::create(ready + ".new");
    if (!file) {
      return file.error();
    }
    auto const text = "overt erasing 1\nparts " + std::to_string(what.parts) + "\nending " +
                      (what.ending.empty() ? "-" : what.ending) + "\nkey " + what.old_key + "\n";
    auto const written = file->write(text);
    auto const closed = file->close();
    if (!written || !closed) {
      return written ? closed : written;
    }
    auto const wrong = v0::detail::sync_path(ready + ".new");
    return wrong == 0 ? rename(ready + ".new", ready, folder_) : result<void>{cannot("write", ready, wrong)};
  }

  /// Puts the new trace in its place and destroys the old one. `forget_key(id)` destroys the key that the old
  /// one was sealed with, a result<void>; it may be asked for again after a crash.
  template <class ForgetKey>
  [[nodiscard]] result<void> finish(ForgetKey&& forget_key) {
    auto const what = read_notes();
    if (!what) {
      return failure{error_code::invalid_input,
                     folder_ +
                         "/ready was changed or is damaged, so nothing was done. If the trace is the one "
                         "that you want to keep, remove the folder."};
    }
    if (!what->ending.empty()) {
      if (auto const put = put_in_place(new_path(what->ending)); !put) {
        return put;
      }
    }
    if (auto const gone = destroy(*what); !gone) {
      return gone;
    }
    if (what->old_key != "-") {
      if (result<void> const forgotten = forget_key(what->old_key); !forgotten) {
        return forgotten;
      }
    }
    told();
    // The notes go last, so that an interruption here is finished too.
    for (auto const& each : {folder_ + "/ready.new", folder_ + "/ready"}) {
      if (auto const wrong = v0::detail::shred_file(each); wrong != 0) {
        return cannot("remove", each, wrong);
      }
    }
    auto const wrong = v0::detail::shred_file(folder_);
    return wrong == 0 ? synced(parent_of(trace_)) : result<void>{cannot("remove", folder_, wrong)};
  }

  /// For tests: called after each step that a crash could come behind.
  std::function<void()> after_step{};

private:
  [[nodiscard]] static bool exists(std::string const& path) {
    std::error_code said;
    return std::filesystem::symlink_status(path, said).type() != std::filesystem::file_type::not_found;
  }

  [[nodiscard]] static failure cannot(std::string_view what, std::string const& path, int number) {
    return {number == ENOSPC                      ? error_code::disk_full
            : number == EACCES || number == EPERM ? error_code::permission_denied
                                                  : error_code::output_failed,
            "cannot " + std::string{what} + ' ' + path + ": " + std::generic_category().message(number) +
                ". Erase again when that is settled; it goes on where it was."};
  }

  [[nodiscard]] static std::string parent_of(std::string const& path) {
    return std::filesystem::path{path}.parent_path().string();
  }

  void told() const {
    if (after_step) {
      after_step();
    }
  }

  [[nodiscard]] result<void> synced(std::string const& folder) const {
    auto const wrong = v0::detail::sync_path(folder);
    told();
    return wrong == 0 ? result<void>{} : result<void>{cannot("sync", folder, wrong)};
  }

  [[nodiscard]] result<void> rename(std::string const& from, std::string const& to,
                                    std::string const& folder) const {
    std::error_code said;
    std::filesystem::rename(from, to, said);
    told();
    return said ? result<void>{cannot("put into place", to, said.value())} : synced(folder);
  }

  /// The new trace, and its pictures where they lie beside it.
  [[nodiscard]] result<void> sync_all(std::string const& path) const {
    if (auto const file = synced(path); !file) {
      return file;
    }
    auto const pictures = sink::picture_folder::path_of(path);
    std::error_code said;
    if (exists(pictures)) {
      std::filesystem::directory_iterator each{pictures, said};
      for (; !said && each != std::filesystem::directory_iterator{}; each.increment(said)) {
        if (auto const wrong = v0::detail::sync_path(each->path().string()); wrong != 0) {
          return cannot("sync", each->path().string(), wrong);
        }
      }
      if (auto const whole = said ? result<void>{cannot("read", pictures, said.value())} : synced(pictures);
          !whole) {
        return whole;
      }
    }
    return synced(folder_);
  }

  /// The old file keeps a name in the folder, so that it can be overwritten; then the new one takes its name.
  [[nodiscard]] result<void> put_in_place(std::string const& made) const {
    auto const pictures = sink::picture_folder::path_of(trace_);
    auto const new_pictures = sink::picture_folder::path_of(made);
    if (exists(made)) {
      if (exists(pictures) && !exists(folder_ + "/old.pictures")) {
        if (auto const moved = rename(pictures, folder_ + "/old.pictures", folder_); !moved) {
          return moved;
        }
      }
      if (exists(trace_) && !exists(folder_ + "/old")) {
        std::error_code said;
        std::filesystem::create_hard_link(trace_, folder_ + "/old", said);
        if (said) { // a file system without them: for a moment no trace has the name
          std::filesystem::rename(trace_, folder_ + "/old", said);
        }
        if (said) {
          return cannot("keep", trace_, said.value());
        }
        if (auto const kept = synced(folder_); !kept) {
          return kept;
        }
      }
      if (auto const moved = rename(made, trace_, parent_of(trace_)); !moved) {
        return moved;
      }
    }
    return exists(new_pictures) ? rename(new_pictures, pictures, parent_of(trace_)) : result<void>{};
  }

  [[nodiscard]] result<void> destroy(notes const& what) const {
    auto const shred = [&](std::string const& path) -> result<void> {
      auto const wrong = v0::detail::shred_file(path);
      told();
      return wrong == 0 ? result<void>{} : result<void>{cannot("remove", path, wrong)};
    };
    if (what.ending.empty()) {
      for (auto const& each : {trace_, sink::picture_folder::path_of(trace_)}) {
        if (auto const gone = shred(each); !gone) {
          return gone;
        }
      }
    }
    for (std::uint32_t part = 2; part <= what.parts; ++part) {
      auto const name = sink::part_path(trace_, part);
      for (auto const& each : {name, name + ".journal"}) {
        if (auto const gone = shred(each); !gone) {
          return gone;
        }
      }
    }
    for (auto const& each :
         {folder_ + "/old", folder_ + "/old.pictures", trace_ + ".journal", trace_ + ".review.json"}) {
      if (auto const gone = shred(each); !gone) {
        return gone;
      }
    }
    // A recorder makes the journal of a part before the part.
    if (auto const gone = shred(sink::part_path(trace_, what.parts + 1) + ".journal"); !gone) {
      return gone;
    }
    return synced(parent_of(trace_));
  }

  [[nodiscard]] std::optional<notes> read_notes() const {
    std::ifstream file{folder_ + "/ready"};
    std::string version;
    std::string word;
    notes what;
    bool sound = static_cast<bool>(std::getline(file, version)) && version == "overt erasing 1";
    sound = sound && file >> word >> what.parts && word == "parts";
    sound = sound && file >> word >> what.ending && word == "ending";
    sound = sound && file >> word >> what.old_key && word == "key";
    what.ending = what.ending == "-" ? std::string{} : what.ending;
    return sound && what.ending.find('/') == std::string::npos ? std::optional{what} : std::nullopt;
  }

  std::string trace_;
  std::string folder_;
};

} // namespace overt::inline v0::trace
