#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace overt::inline v0::sink {

/// Where part 2 and later of a trace are: "trace.mcap", "trace.0002.mcap", "trace.0003.mcap", … so that a
/// folder lists them in order.
[[nodiscard]] inline std::string part_path(std::string_view first, std::uint32_t part) {
  if (part <= 1) {
    return std::string{first};
  }
  auto const name = first.find_last_of("/\\") == std::string_view::npos ? 0 : first.find_last_of("/\\") + 1;
  auto const dot = first.find_last_of('.');
  auto const stem = dot == std::string_view::npos || dot <= name ? first : first.substr(0, dot);
  auto number = std::to_string(part);
  number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
  return std::string{stem} + '.' + number + std::string{first.substr(stem.size())};
}

} // namespace overt::inline v0::sink
