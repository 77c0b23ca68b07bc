#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <overt/dataset/export/episode_record.hpp>
#include <overt/dataset/export/export_terms.hpp>

namespace overt::inline v0::dataset {

/// What a dataset is made of, in numbers.
struct export_totals {
  struct trace {
    std::int64_t time_grid_ns = 0;
    std::uint64_t episodes = 0;
  };

  std::uint64_t episodes = 0; ///< all of them
  std::uint64_t written = 0;
  std::uint64_t no_steps = 0;
  std::uint64_t image_token = 0;
  std::uint64_t lines = 0;
  std::uint64_t steps = 0;
  std::uint64_t redacted = 0;
  std::uint64_t gaps = 0;
  std::uint64_t pictures = 0;
  std::array<std::uint64_t, enumerators(skip_reason{}).size()> skipped{};
  std::map<std::string, trace> traces{}; ///< by the SHA-256 of their files

  /// The ways through applications and pages that episodes took, and the episodes that took one which no
  /// other took: who knows what somebody worked on may recognise these.
  std::size_t routes = 0;
  std::vector<std::string> unique_routes{};
};

[[nodiscard]] inline export_totals totals_of(std::vector<episode_record> const& episodes) {
  export_totals made;
  std::map<std::string, std::vector<std::string>> routes;
  for (auto const& one : episodes) {
    ++made.episodes;
    made.written += one.state == episode_state::written ? 1 : 0;
    made.no_steps += one.state == episode_state::no_steps ? 1 : 0;
    made.image_token += one.state == episode_state::image_token ? 1 : 0;
    made.lines += one.lines;
    made.steps += one.steps;
    made.redacted += one.redacted;
    made.gaps += one.gaps;
    for (auto const& file : one.files) {
      made.pictures += file.name.ends_with(".html") ? 0 : 1;
    }
    for (std::size_t i = 0; i < made.skipped.size(); ++i) {
      made.skipped[i] += one.skipped[i];
    }
    auto& trace = made.traces[one.trace_sha256];
    trace.time_grid_ns = one.time_grid_ns;
    ++trace.episodes;
    if (one.state == episode_state::written) {
      routes[one.route].push_back(one.task_id);
    }
  }
  made.routes = routes.size();
  for (auto const& [route, tasks] : routes) {
    if (tasks.size() == 1) {
      made.unique_routes.push_back(tasks.front());
    }
  }
  return made;
}

} // namespace overt::inline v0::dataset
