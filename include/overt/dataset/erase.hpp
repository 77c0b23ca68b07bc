#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <overt/dataset/export/datasheet.hpp>
#include <overt/dataset/export/episode_record.hpp>
#include <overt/dataset/export/erased_trace.hpp>
#include <overt/dataset/export/export_facts.hpp>
#include <overt/dataset/export/export_progress.hpp>
#include <overt/dataset/export/export_totals.hpp>
#include <overt/dataset/export/manifest.hpp>
#include <overt/dataset/export/private_files.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/detail/read_file.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/detail/shred_file.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

/// What an erasure did to a dataset.
struct dataset_erasure {
  std::uint64_t tasks = 0;   ///< that came from the trace, and are gone
  bool had_it = false;       ///< whether the dataset names the trace, also as erased before
  bool needs_finish = false; ///< it says too little of itself for a new manifest: the same export writes one
};

namespace detail {

/// A dataset while something is taken out of it.
class dataset_eraser {
public:
  dataset_eraser(std::string folder, std::function<void()> after_step)
      : folder_{std::move(folder)}, after_step_{std::move(after_step)} {}

  [[nodiscard]] result<dataset_erasure> erase(std::string_view trace_sha256, std::int64_t wall_ns) {
    if (auto const read = read_progress(); !read) {
      return read.error();
    }
    dataset_erasure done;
    auto const of_trace = [&](episode_record const& one) { return one.trace_sha256 == trace_sha256; };
    done.tasks = static_cast<std::uint64_t>(std::count_if(episodes_.begin(), episodes_.end(), of_trace));
    auto const known = std::find_if(erased_.begin(), erased_.end(), [&](erased_trace const& one) {
      return one.trace_sha256 == trace_sha256;
    });
    done.had_it = done.tasks > 0 || known != erased_.end();
    if (known == erased_.end() && !done.had_it) {
      return done;
    }
    if (known == erased_.end()) {
      erased_.push_back(
          {std::string{trace_sha256},
           v0::detail::format_date_time(wall_ns).substr(0, std::string_view{"2026-11-26"}.size()),
           done.tasks});
    }
    // First the promise that it does not come back, which is also how an interrupted run is found again.
    auto went = write_progress();
    std::vector<episode_record> kept;
    went = went ? keep_lines(kept) : went;
    went = went ? write_others(kept, done.needs_finish) : went;
    if (went) {
      episodes_ = std::move(kept);
      went = write_progress();
    }
    return went ? result<dataset_erasure>{done} : result<dataset_erasure>{went.error()};
  }

  /// All of it, also what an interrupted run left; files that no export makes stay.
  [[nodiscard]] result<dataset_erasure> erase_all() {
    if (auto const read = read_progress(); !read) {
      return read.error();
    }
    for (auto const* folder : {"images", "img", "gallery"}) {
      if (auto const gone = shred(path(folder)); !gone) {
        return gone.error();
      }
    }
    for (auto const* each : {"agentnet.jsonl", "train.jsonl", "dataset_info.json", "datasheet.md",
                             "manifest.json", "progress"}) { // the last: as long as it is there, this goes on
      for (auto const* ending : {".new", ".old", ""}) {
        if (auto const gone = shred(path(each) + ending); !gone) {
          return gone.error();
        }
      }
    }
    std::error_code said;
    std::filesystem::remove(folder_, said); // not when there is anything else in it
    return dataset_erasure{.tasks = static_cast<std::uint64_t>(episodes_.size()), .had_it = true};
  }

private:
  [[nodiscard]] std::string path(std::string_view name) const { return folder_ + '/' + std::string{name}; }

  [[nodiscard]] static bool exists(std::string const& path) {
    std::error_code said;
    return std::filesystem::symlink_status(path, said).type() != std::filesystem::file_type::not_found;
  }

  [[nodiscard]] bool is_erased(episode_record const& one) const {
    return std::any_of(erased_.begin(), erased_.end(),
                       [&](erased_trace const& each) { return each.trace_sha256 == one.trace_sha256; });
  }

  /// All lines of it that are whole; what they say of files is not looked at, since those may be half gone.
  [[nodiscard]] result<void> read_progress() {
    if (!exists(path("progress")) && exists(path("progress.old"))) { // between two renames
      std::error_code said;
      std::filesystem::rename(path("progress.old"), path("progress"), said);
    }
    auto content = v0::detail::read_file(path("progress"), export_progress::largest_file);
    if (!content || !content->content.starts_with("overt.export/1 ")) {
      return failure{error_code::invalid_input, folder_ + " is no dataset that overt export made."};
    }
    std::string_view const text{content->content};
    auto at = text.find('\n');
    head_ = std::string{text.substr(0, at == std::string_view::npos ? text.size() : at + 1)};
    at = at == std::string_view::npos ? text.size() : at + 1;
    for (auto end = text.find('\n', at); end != std::string_view::npos; end = text.find('\n', at)) {
      auto const words = progress_words(text.substr(at, end - at));
      at = end + 1;
      if (!words) {
        continue;
      }
      if (auto facts = export_facts_from(*words)) {
        facts_ = std::move(facts);
      } else if (auto one = erased_trace_from(*words)) {
        erased_.push_back(*std::move(one));
      } else if (auto episode = episode_from(*words)) {
        episodes_.push_back(*std::move(episode));
      }
    }
    data_ = exists(path("train.jsonl")) || exists(path("train.jsonl.new")) ? "train.jsonl" : "agentnet.jsonl";
    if (facts_) {
      data_ = facts_->options.format == export_format::agentnet ? "agentnet.jsonl" : "train.jsonl";
    }
    return {};
  }

  /// A file in the place of the one of its name, in one step; the old one is overwritten first where that
  /// holds something.
  [[nodiscard]] result<void> replace(std::string const& name, std::string_view bytes) {
    if (auto const written = write_file(path(name) + ".new", bytes); !written) {
      return written;
    }
    return put_in_place(name);
  }

  [[nodiscard]] result<void> put_in_place(std::string const& name) {
    auto const to = path(name);
    if (auto const wrong = v0::detail::sync_path(to + ".new"); wrong != 0) {
      return cannot("sync", to + ".new", wrong);
    }
    std::error_code said;
    if (exists(to) && !exists(to + ".old")) {
      std::filesystem::create_hard_link(to, to + ".old", said);
      if (said) {
        std::filesystem::rename(to, to + ".old", said);
      }
    }
    told();
    if (!said) {
      std::filesystem::rename(to + ".new", to, said);
    }
    told();
    if (said) {
      return cannot("put into place", to, said.value());
    }
    static_cast<void>(v0::detail::sync_path(folder_));
    return shred(to + ".old");
  }

  [[nodiscard]] result<void> shred(std::string const& what) {
    auto const wrong = v0::detail::shred_file(what);
    told();
    return wrong == 0 ? result<void>{} : result<void>{cannot("remove", what, wrong)};
  }

  void told() const {
    if (after_step_) {
      after_step_();
    }
  }

  [[nodiscard]] result<void> write_progress() {
    auto text = head_;
    if (facts_) {
      text += progress_line(words_of(*facts_));
    }
    for (auto const& one : erased_) {
      text += progress_line(words_of(one));
    }
    for (auto const& one : episodes_) {
      text += progress_line(one);
    }
    return replace("progress", text);
  }

  /// Writes the lines of the episodes that stay into a new file. Where the old file has other bytes than the
  /// record says, an interrupted run has been here: what was to go is gone already. Behind a damaged line
  /// nothing is sure any more; it goes too, and the same export does those again.
  [[nodiscard]] result<void> keep_lines(std::vector<episode_record>& kept) {
    auto const name = path(data_);
    if (!exists(name) && exists(name + ".old")) { // between two renames
      std::error_code said;
      std::filesystem::rename(name + ".old", name, said);
    }
    std::ifstream data{name, std::ios::binary};
    std::error_code ignored;
    std::filesystem::remove(name + ".new", ignored);
    auto to = growing_file::open(name + ".new", true);
    if (!to) {
      return to.error();
    }
    std::uint64_t at = 0;
    std::string lines;
    for (auto const& one : episodes_) {
      if (one.data_bytes > export_progress::largest_file) {
        break;
      }
      lines.resize(static_cast<std::size_t>(one.data_bytes));
      data.clear();
      data.seekg(static_cast<std::streamoff>(at));
      data.read(lines.data(), static_cast<std::streamsize>(lines.size()));
      bool const same =
          (one.data_bytes == 0 || data) && v0::detail::to_hex(v0::detail::sha256(lines)) == one.data_sha256;
      if (!same && !is_erased(one)) {
        break;
      }
      at += same ? one.data_bytes : 0;
      if (!is_erased(one)) {
        if (auto const written = to->write(lines); !written) {
          return written;
        }
        kept.push_back(one);
      }
    }
    if (auto const closed = to->close(); !closed) {
      return closed;
    }
    return put_in_place(data_);
  }

  /// Pictures and pages that belong to no episode that stays, the manifest and the datasheet.
  [[nodiscard]] result<void> write_others(std::vector<episode_record> const& kept, bool& needs_finish) {
    std::set<std::string, std::less<>> names;
    std::vector<file_record> files{{data_, "", 0}};
    for (auto const& one : kept) {
      for (auto const& file : one.files) {
        names.insert(file.name);
        files.push_back(file);
      }
    }
    for (auto const* folder : {"images", "img", "gallery"}) {
      if (auto const gone = shred_others(folder, names); !gone) {
        return gone;
      }
    }
    bool const had_manifest = exists(path("manifest.json")) || exists(path("manifest.json.old"));
    needs_finish = had_manifest && !facts_;
    if (!had_manifest || needs_finish) {
      for (auto const* each : {"manifest.json", "manifest.json.old", "datasheet.md", "datasheet.md.old"}) {
        if (auto const gone = shred(path(each)); !gone) {
          return gone;
        }
      }
      return {};
    }
    auto const totals = totals_of(kept);
    auto const sheet = datasheet(*facts_, totals, erased_);
    if (auto const written = replace("datasheet.md", sheet); !written) {
      return written;
    }
    std::vector<file_record> all;
    for (auto const* each : {data_.c_str(), "datasheet.md", "dataset_info.json"}) {
      if (auto content = v0::detail::read_file(path(each), export_progress::largest_file)) {
        all.push_back(
            {each, v0::detail::to_hex(v0::detail::sha256(content->content)), content->content.size()});
      }
    }
    all.insert(all.end(), files.begin() + 1, files.end());
    return replace("manifest.json", manifest(*facts_, totals, all, erased_));
  }

  [[nodiscard]] result<void> shred_others(std::string const& folder,
                                          std::set<std::string, std::less<>> const& kept) {
    std::vector<std::string> others;
    std::error_code said;
    std::filesystem::directory_iterator each{path(folder), said};
    for (; !said && each != std::filesystem::directory_iterator{}; each.increment(said)) {
      auto const name = folder + '/' + each->path().filename().string();
      if (kept.find(name) == kept.end()) {
        others.push_back(path(name));
      }
    }
    for (auto const& other : others) {
      if (auto const gone = shred(other); !gone) {
        return gone;
      }
    }
    return {};
  }

  std::string folder_;
  std::function<void()> after_step_;
  std::string head_{};
  std::string data_{};
  std::optional<export_facts> facts_{};
  std::vector<erased_trace> erased_{};
  std::vector<episode_record> episodes_{};
};

} // namespace detail

/// Takes everything that came from a trace (`trace::files_digest`, as the export saw it) out of an exported
/// dataset: its lines, pictures and pages, which are overwritten before they are removed. Manifest and
/// datasheet are written anew and name the trace under `erased`; an export into the folder does not bring it
/// back. Nothing else changes: task ids, pictures and lines of other traces keep their bytes.
///
/// An interruption at any moment is finished by doing the same again; an export refuses the folder until
/// then. Nobody may export into the folder meanwhile. `after_step` is for tests. Errors: `invalid_input` for
/// a folder that is no dataset, `output_failed`, `disk_full`.
///
///     auto const done = dataset::erase("set", digest, system_clocks{}.wall_ns());
[[nodiscard]] inline result<dataset_erasure> erase(std::string folder, std::string_view trace_sha256,
                                                   std::int64_t wall_ns,
                                                   std::function<void()> after_step = {}) {
  return detail::dataset_eraser{std::move(folder), std::move(after_step)}.erase(trace_sha256, wall_ns);
}

/// Removes a whole dataset: every file that an export writes is overwritten and removed, and the folder when
/// nothing else is in it. An interruption is finished by doing the same again.
[[nodiscard]] inline result<dataset_erasure> erase_all(std::string folder,
                                                       std::function<void()> after_step = {}) {
  return detail::dataset_eraser{std::move(folder), std::move(after_step)}.erase_all();
}

} // namespace overt::inline v0::dataset
