#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "random.hpp"

namespace leaks {

/// One press of a key by somebody real: how long after the one before, and how long it was held.
/// Milliseconds.
struct beat {
  std::int32_t after_ms = 0;
  std::int32_t held_ms = 0;
};

/// When keys are pressed and let go: the rhythms of real people where the data is, else a model (log-normal,
/// with the median of 150 ms and the spread that free text has). Keys overlap, as they do when people type.
class rhythm {
public:
  /// `data`: free_text.csv with user, session, keyname, timepress, timerelease; in ms.
  explicit rhythm(std::filesystem::path const& data) {
    std::ifstream in{data, std::ios::binary};
    std::string const all{std::istreambuf_iterator<char>{in}, {}};
    std::string_view last_person;
    std::int64_t last_press = 0;
    for (std::string_view rest = all; !rest.empty();) {
      auto const line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
      std::string_view cells[5];
      auto left = line;
      for (auto& cell : cells) {
        cell = left.substr(0, left.find(','));
        left.remove_prefix(cell.size() < left.size() ? cell.size() + 1 : left.size());
      }
      auto const person = line.substr(0, cells[0].size() + 1 + cells[1].size());
      auto const press = number_in(cells[3]);
      auto const release = number_in(cells[4]);
      if (release < press || cells[0] == "user") {
        continue;
      }
      if (person == last_person && press >= last_press) {
        beats_.push_back(
            {static_cast<std::int32_t>(press - last_press), static_cast<std::int32_t>(release - press)});
      }
      last_person = person;
      last_press = press;
    }
  }

  [[nodiscard]] bool is_real() const noexcept { return !beats_.empty(); }

  /// Takes up somewhere in somebody's typing.
  void start(random_numbers& any) { at_ = any.below(beats_.size()); }

  [[nodiscard]] beat next(random_numbers& any) {
    if (!is_real()) {
      auto const wait = 150.0 * std::exp(0.55 * any.normal());
      auto const hold = 95.0 * std::exp(0.30 * any.normal());
      return {static_cast<std::int32_t>(wait), static_cast<std::int32_t>(hold)};
    }
    at_ = at_ + 1 < beats_.size() ? at_ + 1 : 0;
    return beats_[at_];
  }

private:
  [[nodiscard]] static std::int64_t number_in(std::string_view cell) {
    double value = -1; // some are written with a point
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    return static_cast<std::int64_t>(value);
  }

  std::vector<beat> beats_;
  std::size_t at_ = 0;
};

} // namespace leaks
