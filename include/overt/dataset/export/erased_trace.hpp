#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <overt/detail/hexadecimal.hpp>

namespace overt::inline v0::dataset {

/// A trace that was taken out of a dataset, and does not come back: no content, and no names of tasks. A line
/// of the file `progress` ("erased …") and of the manifest.
struct erased_trace {
  std::string trace_sha256{};
  std::string day{}; ///< in UTC: "2026-11-26"
  std::uint64_t tasks = 0;
};

[[nodiscard]] inline std::string words_of(erased_trace const& one) {
  return "erased " + one.trace_sha256 + ' ' + one.day + ' ' + std::to_string(one.tasks);
}

/// The inverse of `words_of`; nothing for anything else.
[[nodiscard]] inline std::optional<erased_trace> erased_trace_from(std::string_view words) {
  constexpr std::string_view begin = "erased ";
  if (!words.starts_with(begin) || words.size() < begin.size() + 64 + 12) {
    return std::nullopt;
  }
  words.remove_prefix(begin.size());
  erased_trace one{.trace_sha256 = std::string{words.substr(0, 64)},
                   .day = std::string{words.substr(65, 10)}};
  auto const number = words.substr(76);
  auto const read = std::from_chars(number.data(), number.data() + number.size(), one.tasks);
  bool const sound = v0::detail::is_lower_hex(one.trace_sha256, 64) && words[64] == ' ' && words[75] == ' ' &&
                     read.ec == std::errc{} && read.ptr == number.data() + number.size();
  return sound ? std::optional{std::move(one)} : std::nullopt;
}

} // namespace overt::inline v0::dataset
