#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <overt/consent/holding.hpp>
#include <overt/consent/json/ledger_check.hpp>

namespace command {

/// What a person is told of a trace that is held about them.
struct accessed_trace {
  overt::consent::holding what{};
  std::string folder{}; ///< with the copy, inside the answer; empty when it could not be opened
  std::map<std::string, std::uint64_t> events{}; ///< by type
  std::uint64_t pictures = 0;
  std::string beginning{};             ///< of the timeline
  std::vector<std::string> problems{}; ///< what is not in the copy, and why
};

struct accessed_receipt {
  overt::consent::holding what{};
  std::string file{}; ///< the record itself, inside the answer; empty when there is none
  std::string text{}; ///< in plain words
  std::vector<std::string> problems{};
};

struct accessed_dataset {
  overt::consent::holding what{};
  bool there = false;
};

/// Everything that is held about a person, as `overt access` gives it to them.
struct access_report {
  std::string time{};
  std::string home{};
  std::vector<accessed_receipt> receipts{};
  std::vector<accessed_trace> traces{};
  std::vector<accessed_dataset> datasets{};
  std::vector<overt::consent::holding> erased{};
  overt::consent::ledger_check ledger{};
  std::vector<std::string> problems{}; ///< of the answer as a whole

  /// All that could not be given, with what it is of.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> not_given() const {
    std::vector<std::pair<std::string, std::string>> all;
    for (auto const& each : problems) {
      all.emplace_back("", each);
    }
    auto const of = [&](auto const& one) {
      for (auto const& each : one.problems) {
        all.emplace_back(one.what.path, each);
      }
    };
    for (auto const& each : receipts) {
      of(each);
    }
    for (auto const& each : traces) {
      of(each);
    }
    return all;
  }
};

/// The answer as one page: nothing in it is run, and nothing is loaded from elsewhere.
[[nodiscard]] std::string access_page(access_report const& report);

} // namespace command
