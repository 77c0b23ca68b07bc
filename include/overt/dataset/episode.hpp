#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/event/display.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/marker.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/screen_picture.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0::dataset {

/// A picture of the trace that steps can show. The pixels are read by its number: `trace::pictures`.
struct episode_frame {
  std::uint64_t sequence = 0;
  frame_reason reason = frame_reason::period;
  timestamp grabbed{};
  rectangle covers{}; ///< of the desktop; one pixel of the picture for each of its own
  std::vector<rectangle> shown{};
  std::vector<rectangle> masked{};
  std::optional<screen_cursor> cursor{};
  picture_size size{};
};

/// Why an event is in no action.
enum class left_over : std::uint8_t {
  idle_move,     ///< the pointer moved, and nothing came of it
  no_press,      ///< a release whose press is not in the trace
  modifier,      ///< a modifier that nothing was pressed with
  relative_move, ///< says how far, not where
  unknown,       ///< a payload that no action is made from
};

constexpr auto enumerators(left_over) {
  return std::array<std::string_view, 5>{"idle_move", "no_press", "modifier", "relative_move", "unknown"};
}

struct left_over_event {
  std::uint64_t sequence = 0;
  left_over why = left_over::unknown;
};

/// Where something is not in the trace, and why.
struct episode_gap {
  std::uint64_t sequence = 0;
  withheld_reason reason = withheld_reason::no_room;
  std::string of{};
  std::optional<std::uint64_t> count{};
};

/// One task, from its `task_start` to its `task_end`; all of a trace that has neither. What was done before,
/// between and after the tasks of a trace is in episodes of its own (`between_tasks`), so that nothing is
/// lost.
struct episode {
  std::optional<std::string> instruction{}; ///< nothing where none was given, or it was withheld
  task_outcome outcome = task_outcome::unsaid;
  bool has_start = false;
  bool has_end = false;
  bool between_tasks = false; ///< belongs to no task of this trace
  std::uint64_t first = 0;    ///< sequence numbers of its first and last event
  std::uint64_t last = 0;
  timestamp began{};
  timestamp ended{};

  std::vector<action_place> open_at_start{}; ///< windows that had the focus before its first action
  std::vector<display> displays{};           ///< every topology that points refer to
  std::vector<action> actions{};             ///< in the order in which they were done
  std::vector<episode_frame>
      frames{}; ///< in the order of the trace; those that were taken, and the one before
  std::vector<episode_gap> gaps{};
  std::vector<left_over_event> leftovers{};
};

} // namespace overt::inline v0::dataset
