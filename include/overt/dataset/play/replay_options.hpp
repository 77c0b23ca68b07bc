#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <overt/dataset/action.hpp>
#include <overt/event/enumerators.hpp>

namespace overt::inline v0::dataset {

/// What the actions of a replay wait for.
enum class replay_pace : std::uint8_t {
  real_time, ///< for their times: each as long after the one before as in the trace
  semantic,  ///< for the window and the element that they were done to, and for nothing else
};

constexpr auto enumerators(replay_pace) { return std::array<std::string_view, 2>{"real_time", "semantic"}; }

struct replay_options {
  replay_pace pace = replay_pace::real_time;
  double speed = 1.0; ///< of real time: 2 is twice as fast

  std::int64_t limit_ns = 10'000'000'000; ///< the longest wait for a window, an element or a value
  std::int64_t poll_ns = 15'000'000;      ///< between two looks
  std::int64_t pause_ns = 40'000'000;     ///< between two actions of a semantic replay, for programs to begin
  std::int64_t key_ns = 4'000'000;        ///< between two keys of one

  /// Asked every 50 ms at least; true ends the replay, with everything let go.
  std::function<bool()> stop{};

  /// What to write where the trace withholds it; nothing: it is not known. Without this, and where it gives
  /// nothing, a trace that withholds a text is not replayed at all. Gets the action and its number from 0.
  std::function<std::optional<std::string>(action const&, std::size_t)> fill{};
};

/// What a replay found to be otherwise than in the trace.
enum class difference : std::uint8_t {
  window,   ///< another window has the focus, or is at the place
  element,  ///< it is not there
  disabled, ///< it is there, and takes nothing
  value,    ///< it is there, and its value afterwards is another
};

constexpr auto enumerators(difference) {
  return std::array<std::string_view, 4>{"window", "element", "disabled", "value"};
}

/// The first difference, at which a replay ends. Holds what the trace discloses and what is on the screen.
struct divergence {
  std::size_t action = 0; ///< its number in the episode, from 0
  difference what = difference::window;
  std::string expected{};
  std::string found{};
};

/// How far a replay came.
struct replay_outcome {
  std::size_t done = 0; ///< actions that were played, from the first
  bool stopped = false; ///< by `replay_options::stop`
  std::optional<divergence> diverged{};
  std::int32_t unscrolled_dx_v120 = 0; ///< what a wheel of whole notches could not turn
  std::int32_t unscrolled_dy_v120 = 0;
  std::size_t told = 0;  ///< acts of which only the program told, done by a click on their element
  std::size_t moved = 0; ///< actions whose element was somewhere else than in the trace
};

} // namespace overt::inline v0::dataset
