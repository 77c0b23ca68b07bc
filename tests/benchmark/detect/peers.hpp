#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>
#include <re2/set.h>

namespace overt_benchmark {

/// A pattern that RE2, Hyperscan and std::regex all understand and read alike.
struct peer_pattern {
  char const* expression = "";
  bool ignore_case = false;
};

/// Patterns for the types that ours finds, as one writes them for an engine of regular expressions. Ours
/// finds more in the same pass: checksums, words around numbers, national numbers, more than 200 kinds of
/// keys, seed phrases, written-out addresses, look-alikes of other scripts.
inline constexpr auto peer_patterns = std::to_array<peer_pattern>({
    {R"(\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b)"},
    {R"(\b(?:\d[ -]?){12,18}\d\b)"},
    {R"(\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b)"},
    {R"(\b\d{3}[- .]\d{2}[- .]\d{4}\b)"},
    {R"(\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}\b)"},
    {R"(\(?\b\d{3}\)?[ .-]?\d{3}[ .-]\d{4}\b)"},
    {R"(\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b)"},
    {R"(\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\b)"},
    {R"(\b[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}\b)"},
    {R"(\b[a-z][a-z0-9+.-]*://[^\s:@/]+:[^\s@/]+@)"},
    {R"(\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{3,}(?:\.[A-Za-z0-9_-]*)?)"},
    {R"(\b(?:AKIA|ASIA)[A-Z0-9]{16}\b)"},
    {R"(\bgh[pousr]_[A-Za-z0-9]{36}\b)"},
    {R"(\bxox[abeoprs]-[A-Za-z0-9-]{10,})"},
    {R"(\b[rs]k_(?:live|test)_[A-Za-z0-9]{10,})"},
    {R"(\bAIza[A-Za-z0-9_-]{35})"},
    {R"(-----BEGIN [A-Z ]*PRIVATE KEY-----)"},
    {R"(\b(?:password|passwd|pwd|secret|token|api_?key)["']?\s{0,3}[:=]\s{0,3}["']?[^\s"']{6,})", true},
    {R"(\b(?:bc1[a-z0-9]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b)"},
    {R"(\b0x[0-9A-Fa-f]{40}\b)"},
    {R"(\b(?:born|dob|birth)\b[ :a-z]{1,20}\d{1,4}[-./ ]\d{1,2}[-./ ]\d{2,4}\b)", true},
});

/// One pass that says which patterns occur, and then one per pattern that does, for the places.
class re2_peer {
public:
  static constexpr std::string_view name = "RE2::Set + locate";

  re2_peer() : set_{options(), RE2::UNANCHORED} {
    for (auto const& one : peer_patterns) {
      auto const expression = (one.ignore_case ? "(?i)" : "") + std::string{one.expression};
      set_.Add(expression, nullptr);
      each_.push_back(std::make_unique<RE2>(expression, options()));
    }
    set_.Compile();
  }

  std::size_t operator()(std::string_view text) {
    std::size_t found = 0;
    if (!set_.Match({text.data(), text.size()}, &which_)) {
      return 0;
    }
    for (auto const index : which_) {
      auto const& pattern = *each_[static_cast<std::size_t>(index)];
      re2::StringPiece match;
      for (std::size_t at = 0; at < text.size() && pattern.Match({text.data(), text.size()}, at, text.size(),
                                                                 RE2::UNANCHORED, &match, 1);) {
        ++found;
        at = static_cast<std::size_t>(match.data() - text.data()) + match.size();
      }
    }
    return found;
  }

private:
  static RE2::Options options() {
    RE2::Options all;
    all.set_max_mem(std::int64_t{64} << 20); // so that it never falls back to its slow engine
    all.set_log_errors(false);
    all.set_encoding(RE2::Options::EncodingLatin1); // the texts are ASCII; this is its faster form
    return all;
  }

  RE2::Set set_;
  std::vector<std::unique_ptr<RE2>> each_;
  std::vector<int> which_;
};

class std_regex_peer {
public:
  static constexpr std::string_view name = "std::regex";

  std_regex_peer() {
    for (auto const& one : peer_patterns) {
      auto flags = std::regex::ECMAScript | std::regex::optimize;
      each_.emplace_back(one.expression, one.ignore_case ? flags | std::regex::icase : flags);
    }
  }

  std::size_t operator()(std::string_view text) {
    std::size_t found = 0;
    for (auto const& pattern : each_) {
      std::cregex_iterator const end;
      for (std::cregex_iterator at{text.data(), text.data() + text.size(), pattern}; at != end; ++at) {
        ++found;
      }
    }
    return found;
  }

private:
  std::vector<std::regex> each_;
};

/// Hyperscan in block mode, with the places where matches begin; nothing where it was not found when this was
/// configured (hyperscan_peer.cpp or hyperscan_absent.cpp is linked).
class hyperscan_peer {
public:
  static constexpr std::string_view name = "Hyperscan, SOM";

  virtual ~hyperscan_peer() = default;
  virtual std::size_t operator()(std::string_view text) = 0;

  static std::unique_ptr<hyperscan_peer> make();
};

} // namespace overt_benchmark
