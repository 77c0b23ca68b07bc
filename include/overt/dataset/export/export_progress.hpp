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

#include <overt/dataset/export/episode_record.hpp>
#include <overt/dataset/export/erased_trace.hpp>
#include <overt/dataset/export/export_facts.hpp>
#include <overt/dataset/export/private_files.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/read_file.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

/// What of an export is done: the file `progress` of its folder, and the file with the lines.
///
/// An episode is done when its line of `progress` is there and everything that the line names has the hash
/// that it says. Opening looks at all of them and cuts both files behind the last that is sound: what comes
/// after a torn line or a lost picture is done again, and has the same bytes as the first time. One thread.
class export_progress {
public:
  static constexpr std::uint64_t largest_file = 1024ULL * 1024 * 1024;

  /// `digest`: of everything that decides what is written; a folder of another export is an error (`misuse`),
  /// as is one that holds anything and no progress. `data`: the name of the file with the lines. `facts`:
  /// for the first line of a new one.
  [[nodiscard]] static result<export_progress> open(std::string folder, std::string_view digest,
                                                    std::string_view data, export_facts const& facts) {
    export_progress made;
    made.facts_ = progress_line(words_of(facts));
    made.folder_ = std::move(folder);
    made.data_path_ = made.folder_ + '/' + std::string{data};
    auto const path = made.folder_ + "/progress";
    std::error_code said;
    bool const there = std::filesystem::exists(path, said);
    if (!there && std::filesystem::exists(made.folder_, said) &&
        !std::filesystem::is_empty(made.folder_, said)) {
      return failure{error_code::misuse,
                     "The folder " + made.folder_ + " holds something that is no export. Name a new one."};
    }
    if (auto folder_made = detail::make_folder(made.folder_); !folder_made) {
      return folder_made.error();
    }
    auto const head = progress_line("overt.export/1 " + std::string{digest});
    std::uintmax_t sound = 0;
    if (there) {
      auto const read = made.read(path, head);
      if (!read) {
        return read.error();
      }
      sound = *read;
    }
    auto ready = made.cut(path, sound, head);
    return ready ? result<export_progress>{std::move(made)} : result<export_progress>{ready.error()};
  }

  [[nodiscard]] std::vector<episode_record> const& episodes() const noexcept { return episodes_; }

  [[nodiscard]] bool is_done(std::string_view task_id) const noexcept {
    return done_.find(task_id) != done_.end();
  }

  /// Traces that were taken out of it (`dataset::erase`).
  [[nodiscard]] std::vector<erased_trace> const& erased() const noexcept { return erased_; }

  [[nodiscard]] bool is_erased(std::string_view trace_sha256) const noexcept {
    return std::any_of(erased_.begin(), erased_.end(),
                       [&](erased_trace const& one) { return one.trace_sha256 == trace_sha256; });
  }

  /// Adds the lines of an episode and then says that it is done. Its other files have to be there.
  [[nodiscard]] result<void> add(episode_record one, std::string_view lines) {
    one.data_bytes = lines.size();
    one.data_sha256 = v0::detail::to_hex(v0::detail::sha256(lines));
    if (auto written = data_.write(lines); !written) {
      return written;
    }
    data_bytes_ += lines.size();
    auto written = progress_.write(progress_line(one));
    if (written) {
      remember(std::move(one));
    }
    return written;
  }

  /// The file with the lines, as it is now.
  [[nodiscard]] result<file_record> data_file() const {
    std::ifstream file{data_path_, std::ios::binary};
    v0::detail::sha256_state state;
    std::uint64_t bytes = 0;
    std::string part(std::size_t{1} << 16, '\0');
    while (file.read(part.data(), static_cast<std::streamsize>(part.size())), file.gcount() > 0) {
      state.update({part.data(), static_cast<std::size_t>(file.gcount())});
      bytes += static_cast<std::uint64_t>(file.gcount());
    }
    if (bytes != data_bytes_) {
      return failure{error_code::output_failed, "the file " + data_path_ + " was changed meanwhile"};
    }
    return file_record{std::filesystem::path{data_path_}.filename().string(),
                       v0::detail::to_hex(state.finish()), bytes};
  }

private:
  void remember(episode_record one) {
    done_.insert(one.task_id);
    episodes_.push_back(std::move(one));
  }

  /// The bytes of `progress` that are sound.
  [[nodiscard]] result<std::uintmax_t> read(std::string const& path, std::string const& head) {
    auto content = v0::detail::read_file(path, largest_file);
    if (!content) {
      return failure{error_code::permission_denied, "cannot read the file " + path};
    }
    std::string_view const text{content->content};
    if (!text.starts_with(head)) {
      if (text.find('\n') == std::string_view::npos) {
        return std::uintmax_t{0}; // torn in its first line: nothing was done
      }
      return failure{error_code::misuse,
                     "The folder " + folder_ +
                         " holds an export with other options or of another receipt. Name a new one."};
    }
    std::ifstream data{data_path_, std::ios::binary};
    auto at = head.size();
    for (auto end = text.find('\n', at); end != std::string_view::npos; end = text.find('\n', at)) {
      auto const words = progress_words(text.substr(at, end - at));
      if (auto erased = words ? erased_trace_from(*words) : std::nullopt) {
        erased_.push_back(*std::move(erased));
        at = end + 1;
        continue;
      }
      if (words && export_facts_from(*words)) {
        at = end + 1;
        continue;
      }
      auto one = words ? episode_from(*words) : std::nullopt;
      if (!one || !is_sound(*one, data)) {
        break;
      }
      data_bytes_ += one->data_bytes;
      remember(*std::move(one));
      at = end + 1;
    }
    return at == head.size() ? std::uintmax_t{0} : std::uintmax_t{at}; // nothing was done
  }

  [[nodiscard]] bool is_sound(episode_record const& one, std::ifstream& data) const {
    if (one.data_bytes > largest_file) {
      return false;
    }
    std::string lines(static_cast<std::size_t>(one.data_bytes), '\0');
    data.read(lines.data(), static_cast<std::streamsize>(lines.size()));
    if ((one.data_bytes > 0 && !data) || v0::detail::to_hex(v0::detail::sha256(lines)) != one.data_sha256) {
      return false;
    }
    for (auto const& file : one.files) {
      auto content = v0::detail::read_file(folder_ + '/' + file.name, largest_file);
      if (!content || v0::detail::to_hex(v0::detail::sha256(content->content)) != file.sha256) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] result<void> cut(std::string const& path, std::uintmax_t sound, std::string const& head) {
    std::error_code said;
    if (sound == 0) {
      std::filesystem::remove(data_path_, said);
      if (auto written = detail::write_file(path, head + facts_); !written) {
        return written;
      }
    } else {
      std::filesystem::resize_file(path, sound, said);
      if (!said && std::filesystem::exists(data_path_)) {
        std::filesystem::resize_file(data_path_, data_bytes_, said);
      }
      if (said) {
        return detail::cannot("cut the file", path, said.value());
      }
    }
    auto data = detail::growing_file::open(data_path_);
    auto progress = detail::growing_file::open(path);
    if (!data || !progress) {
      return data ? progress.error() : data.error();
    }
    data_ = *std::move(data);
    progress_ = *std::move(progress);
    return {};
  }

  std::string folder_{};
  std::string data_path_{};
  std::string facts_{};
  std::vector<episode_record> episodes_{};
  std::vector<erased_trace> erased_{};
  std::set<std::string, std::less<>> done_{};
  std::uint64_t data_bytes_ = 0;
  detail::growing_file data_{};
  detail::growing_file progress_{};
};

} // namespace overt::inline v0::dataset
