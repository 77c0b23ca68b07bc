#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace leaks {

/// What the command line of `leaks` says; see leaks.cpp.
struct options {
  std::uint64_t scripts = 2000;
  std::uint64_t seed = 1;
  std::uint64_t from = 0;
  std::uint64_t jobs = 1;
  std::string editor = "qlineedit";
  std::string preset = "balanced";
  std::filesystem::path data{};
  bool redact = true;
  bool verbose = false;
  bool differential = false;
  bool desync = false;
  bool useful = false;
  bool whole = false;
};

[[nodiscard]] inline std::optional<options> read_options(int argc, char** argv) {
  options given;
  auto const number = [](char const* text) {
    return static_cast<std::uint64_t>(std::strtoull(text, nullptr, 10));
  };
  for (int i = 1; i < argc; ++i) {
    std::string_view const word = argv[i];
    if (word == "--verbose") {
      given.verbose = true;
      continue;
    }
    if (word == "--whole") {
      given.whole = true;
      continue;
    }
    if (word == "--differential" || word == "--desync" || word == "--useful") {
      (word == "--differential" ? given.differential
       : word == "--desync"     ? given.desync
                                : given.useful) = true;
      continue;
    }
    char const* const value = i + 1 < argc ? argv[++i] : "";
    if (word == "--scripts") {
      given.scripts = number(value);
    } else if (word == "--seed") {
      given.seed = number(value);
    } else if (word == "--from") {
      given.from = number(value);
    } else if (word == "--only") {
      given.from = number(value);
      given.scripts = 1;
    } else if (word == "--jobs") {
      given.jobs = number(value) > 0 ? number(value) : 1;
    } else if (word == "--editor") {
      given.editor = value;
    } else if (word == "--preset") {
      given.preset = value;
    } else if (word == "--data") {
      given.data = value;
    } else if (word == "--redactor") {
      given.redact = std::string_view{value} != "off";
    } else {
      std::fprintf(stderr, "leaks: no option '%s'; they are listed at the top of tests/leaks/leaks.cpp\n",
                   argv[i]);
      return std::nullopt;
    }
  }
  return given;
}

} // namespace leaks
