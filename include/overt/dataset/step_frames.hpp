#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/event/frame.hpp>

/// Which pictures show a step. A picture from after the first press would tell what the step did, so none of
/// the ways here leads to one: both the numbers and the times have to say that it came before. On a coarse
/// grid times say little, and the numbers decide.
namespace overt::inline v0::dataset {

/// The screen as it was before the hand began to move: the last picture that was taken by then. Where there
/// is none, one that was taken because the hand began to move, before the first press. Null where there is
/// neither.
[[nodiscard]] inline episode_frame const* frame_before(episode const& of, action const& step) noexcept {
  auto const first_child = step.children.empty() ? step.onset : std::min(step.onset, step.children.front());
  episode_frame const* best = nullptr;
  episode_frame const* on_the_way = nullptr;
  auto const later = [](episode_frame const& one, episode_frame const* than) {
    return than == nullptr || one.grabbed >= than->grabbed;
  };
  for (auto const& each : of.frames) {
    if (each.sequence >= step.onset) {
      break; // in the order of the trace
    }
    if (each.sequence < first_child && each.grabbed <= step.approached) {
      best = later(each, best) ? &each : best;
    } else if (each.reason == frame_reason::before_action && each.grabbed <= step.began) {
      on_the_way = later(each, on_the_way) ? &each : on_the_way;
    }
  }
  return best != nullptr ? best : on_the_way;
}

/// The last event of a step that a person made. What the program told of it may come later than the picture
/// of what it did, and its text later than the next step.
[[nodiscard]] inline std::uint64_t last_input_of(action const& step, std::uint64_t until) noexcept {
  auto last = step.onset;
  for (auto const child : step.children) {
    bool const told = std::any_of(step.meant.begin(), step.meant.end(),
                                  [&](meaning const& each) { return each.sequence == child; });
    last = child < until && !told ? std::max(last, child) : last;
  }
  return last;
}

/// The screen as it was after a step and before the next one that changes it: the first picture that was
/// taken when it had ended. Of a text that was told later nobody knows when it ended: the last picture before
/// the next step. Null where there is none. `step` is one of the episode's.
[[nodiscard]] inline episode_frame const* frame_after(episode const& of, action const& step) noexcept {
  auto const* const end = of.actions.data() + of.actions.size();
  auto const* next = &step + 1;
  while (next < end && (next->get_if<wait_action>() != nullptr || next->get_if<focus_action>() != nullptr)) {
    ++next; // nobody did these
  }
  auto const until = next < end ? next->onset : std::numeric_limits<std::uint64_t>::max();
  bool const told_late = step.follows != 0 && step.get_if<text_action>() != nullptr;
  std::uint64_t const last_input = told_late ? step.follows : last_input_of(step, until);
  episode_frame const* found = nullptr;
  for (auto const& each : of.frames) {
    if (each.sequence >= until) {
      break;
    }
    if (each.sequence <= last_input || each.grabbed < (told_late ? step.began : step.ended)) {
      continue;
    }
    if (!told_late) {
      return &each;
    }
    found = &each;
  }
  return found;
}

/// How old a picture was when the hand began to move. Negative for one that was taken on the way.
[[nodiscard]] inline std::int64_t image_age_ns(episode_frame const& picture, action const& step) noexcept {
  auto const later = static_cast<std::uint64_t>(step.approached.ns);
  return static_cast<std::int64_t>(later - static_cast<std::uint64_t>(picture.grabbed.ns));
}

} // namespace overt::inline v0::dataset
