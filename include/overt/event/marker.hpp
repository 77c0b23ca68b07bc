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

/// Frames a task: what was to be done, when it began and ended. Set by the program or the person, not
/// observed.
struct marker {
  marker_kind kind = marker_kind::note;
  guarded_text instruction{};

  static constexpr std::string_view name = "marker";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() {
    return overt::fields(field("kind", &marker::kind), field("instruction", &marker::instruction));
  }
};

} // namespace overt::inline v0
