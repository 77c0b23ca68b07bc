#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "output_strings.hpp"

namespace leaks {

/// What the texts of one session's output say, added up.
struct text_records {
  std::size_t told = 0; ///< texts
  std::size_t withheld = 0;
  std::size_t disagreed = 0;
  std::string values{};  ///< what they disclose, one a line
  std::string keys{};    ///< what disclosed keys entered, joined
  std::string symbols{}; ///< what they mean, those of one character joined
};

[[nodiscard]] inline text_records read_texts(std::string_view output) {
  text_records all;
  while (!output.empty()) {
    auto const line = output.substr(0, output.find('\n'));
    output.remove_prefix(std::min(line.size() + 1, output.size()));
    bool const is_text = line.find("\"type\":\"text\"") != std::string_view::npos;
    bool const is_key = !is_text && line.find("\"type\":\"key\"") != std::string_view::npos &&
                        line.find("\"phase\":\"release\"") == std::string_view::npos &&
                        line.find("\"control\"") == std::string_view::npos; // a shortcut is no text
    if (!is_text && !is_key) {
      continue;
    }
    all.told += is_text ? 1 : 0;
    each_string(line, [&](std::string_view name, std::string_view value) {
      if (is_key) {
        all.keys += name == "entered" ? value : std::string_view{};
        all.symbols += name == "symbol" && value.size() == 1 ? value : std::string_view{};
      } else if (name == "value") {
        all.values += std::string{value} + "\n";
      } else if (name == "outcome") {
        all.withheld += value == "withheld" ? 1 : 0;
      } else if (name == "doubt") {
        all.disagreed += value == "disagreed" ? 1 : 0;
      }
    });
  }
  return all;
}

/// The characters of a disclosed value that are not part of a placeholder: "{EMAIL}".
[[nodiscard]] inline std::size_t disclosed_characters(std::string_view values) {
  std::size_t count = 0;
  bool inside = false;
  for (char const one : values) {
    inside = inside || one == '{';
    count += !inside && one != '\n' ? 1 : 0;
    inside = inside && one != '}';
  }
  return count;
}

} // namespace leaks
