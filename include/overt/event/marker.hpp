#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

enum class marker_kind : std::uint8_t { task_start, task_end, note };

constexpr auto enumerators(marker_kind) {
  return std::array<std::string_view, 3>{"task_start", "task_end", "note"};
}

/// How a task ended, as the person or the program says.
enum class task_outcome : std::uint8_t { unsaid, success, failure, abandoned };

constexpr auto enumerators(task_outcome) {
  return std::array<std::string_view, 4>{"unsaid", "success", "failure", "abandoned"};
}

/// Frames a task: what was to be done, when it began and ended, and how. Set by the program or the person,
/// not observed.
struct marker {
  marker_kind kind = marker_kind::note;
  guarded_text instruction{};
  task_outcome outcome = task_outcome::unsaid; ///< of a `task_end`

  static constexpr std::string_view name = "marker";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() {
    return overt::fields(field("kind", &marker::kind), field("instruction", &marker::instruction),
                         field("outcome", &marker::outcome));
  }
};

} // namespace overt::inline v0
