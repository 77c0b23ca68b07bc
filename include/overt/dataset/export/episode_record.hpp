#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <overt/dataset/export/export_terms.hpp>
#include <overt/detail/crc32c.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/event/enumerators.hpp>

namespace overt::inline v0::dataset {

/// What became of an episode.
enum class episode_state : std::uint8_t {
  written,
  no_steps,    ///< nothing of it could be written
  image_token, ///< its instruction holds a media token, which chat cannot escape
};

constexpr auto enumerators(episode_state) {
  return std::array<std::string_view, 3>{"written", "no_steps", "image_token"};
}

/// A file of a dataset.
struct file_record {
  std::string name{}; ///< from the dataset's folder
  std::string sha256{};
  std::uint64_t bytes = 0;
};

/// What an export remembers of an episode that is done: enough to go on after it, and for the manifest. A
/// line of the file `progress`, which names nothing that anybody typed or saw.
struct episode_record {
  std::string task_id{};
  episode_state state = episode_state::written;
  std::string trace_sha256{};
  std::int64_t time_grid_ns = 0;
  std::string route{}; ///< SHA-256 of the places it went through
  std::uint64_t data_bytes = 0;
  std::string data_sha256{};
  std::uint64_t lines = 0;
  std::uint64_t steps = 0;
  std::uint64_t redacted = 0; ///< steps
  std::uint64_t gaps = 0;
  std::array<std::uint64_t, enumerators(skip_reason{}).size()> skipped{};
  std::vector<file_record> files{}; ///< pictures and the page to look at
};

/// A line of words, and the CRC-32C of them, with its end.
[[nodiscard]] inline std::string progress_line(std::string_view words) {
  auto const crc = v0::detail::hex_digits(v0::detail::crc32c_of(words));
  return std::string{words} + ' ' + std::string{crc.data(), crc.size()} + '\n';
}

[[nodiscard]] inline std::string progress_line(episode_record const& one) {
  std::string words{"episode"};
  auto const put = [&](std::string_view word) { (words += ' ') += word.empty() ? "-" : word; };
  auto const number = [&](auto value) { put(std::to_string(value)); };
  put(one.task_id);
  put(name_of(one.state));
  put(one.trace_sha256);
  number(one.time_grid_ns);
  put(one.route);
  number(one.data_bytes);
  put(one.data_sha256);
  number(one.lines);
  number(one.steps);
  number(one.redacted);
  number(one.gaps);
  for (auto const count : one.skipped) {
    number(count);
  }
  for (auto const& file : one.files) {
    put(file.name);
    put(file.sha256);
    number(file.bytes);
  }
  return progress_line(words);
}

/// The words of a line, which ends before its end; nothing for one that is torn.
[[nodiscard]] inline std::optional<std::string_view> progress_words(std::string_view line) {
  if (line.size() < 9 || line[line.size() - 9] != ' ') {
    return std::nullopt;
  }
  auto const words = line.substr(0, line.size() - 9);
  auto const crc = v0::detail::hex_digits(v0::detail::crc32c_of(words));
  return line.substr(line.size() - 8) == std::string_view{crc.data(), crc.size()} ? std::optional{words}
                                                                                  : std::nullopt;
}

/// The inverse of `progress_line`; nothing for another line.
[[nodiscard]] inline std::optional<episode_record> episode_from(std::string_view words) {
  bool sound = true;
  auto const next = [&] {
    auto const end = words.find(' ');
    auto const word = words.substr(0, end);
    words = end == std::string_view::npos ? std::string_view{} : words.substr(end + 1);
    sound = sound && !word.empty();
    return word == "-" ? std::string_view{} : word;
  };
  auto const number = [&](auto& into) {
    auto const word = next();
    auto const read = std::from_chars(word.data(), word.data() + word.size(), into);
    sound = sound && read.ec == std::errc{} && read.ptr == word.data() + word.size();
  };
  episode_record one;
  sound = next() == "episode";
  one.task_id = next();
  sound = value_named(next(), one.state) && sound;
  one.trace_sha256 = next();
  number(one.time_grid_ns);
  one.route = next();
  number(one.data_bytes);
  one.data_sha256 = next();
  number(one.lines);
  number(one.steps);
  number(one.redacted);
  number(one.gaps);
  for (auto& count : one.skipped) {
    number(count);
  }
  while (sound && !words.empty()) {
    file_record file;
    file.name = next();
    file.sha256 = next();
    number(file.bytes);
    one.files.push_back(std::move(file));
  }
  return sound ? std::optional{std::move(one)} : std::nullopt;
}

} // namespace overt::inline v0::dataset
