#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace overt_benchmark {

/// Finds a window in JSON lines the way one has to: from the begin. Looks for the time in each line, parses
/// what is in the window alone, and stops behind it: a reader that parses every line needs far longer.
inline std::size_t jsonl_between(std::string const& path, std::int64_t from, std::int64_t to) {
  auto* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    return 0;
  }
  std::setvbuf(file, nullptr, _IOFBF, 1 << 20);
  std::vector<char> line(1 << 16);
  std::size_t found = 0;
  while (std::fgets(line.data(), static_cast<int>(line.size()), file) != nullptr) {
    auto const* const at = std::strstr(line.data(), ",\"t\":");
    std::int64_t time = 0;
    if (at == nullptr || std::from_chars(at + 5, at + 25, time).ec != std::errc{}) {
      continue;
    }
    if (time >= to) {
      break;
    }
    if (time >= from) {
      found += nlohmann::json::parse(std::string_view{line.data()}, nullptr, false).is_object() ? 1 : 0;
    }
  }
  std::fclose(file);
  return found;
}

} // namespace overt_benchmark
