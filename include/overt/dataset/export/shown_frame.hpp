#pragma once

#include <algorithm>

#include <overt/dataset/action.hpp>
#include <overt/dataset/dialect/image_space.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/export_terms.hpp>
#include <overt/dataset/point_of.hpp>
#include <overt/dataset/step_frames.hpp>

namespace overt::inline v0::dataset {

/// The picture that a step shows, or why it shows none.
struct shown_frame {
  episode_frame const* frame = nullptr;
  skip_reason why = skip_reason::no_picture; ///< without one
};

namespace detail {

/// Whether a picture is of the monitor on which the point was seen. Where the topology is not in the trace,
/// it is enough that the picture covers the point.
[[nodiscard]] inline bool shows(episode const& of, episode_frame const& frame, screen_point at) {
  if (!image_space{frame.covers}.pixel(at)) {
    return false;
  }
  for (auto const& topology : of.displays) {
    if (topology.epoch == at.display_epoch) {
      return std::any_of(topology.monitors.begin(), topology.monitors.end(), [&](monitor const& one) {
        return one.id == at.display && one.bounds == frame.covers;
      });
    }
  }
  return true;
}

} // namespace detail

/// The screen before the hand began to move (`frame_before`), on the monitor where the action happened: with
/// several monitors the last picture may be one of another. A picture whose size is not that of what it
/// covers is none.
[[nodiscard]] inline shown_frame frame_shown(episode const& of, action const& what) {
  auto const* found = frame_before(of, what);
  if (found == nullptr) {
    return {};
  }
  if (auto const* const at = point_of(what); at != nullptr && !detail::shows(of, *found, *at)) {
    episode only; // the pictures that show the place, for the same rule
    for (auto const& frame : of.frames) {
      if (detail::shows(of, frame, *at)) {
        only.frames.push_back(frame);
      }
    }
    auto const* const same = frame_before(only, what);
    if (same == nullptr) {
      return {nullptr, skip_reason::off_image};
    }
    found = &*std::find_if(of.frames.begin(), of.frames.end(),
                           [&](episode_frame const& frame) { return frame.sequence == same->sequence; });
  }
  bool const whole = found->size.width == found->covers.width && found->size.height == found->covers.height;
  return whole ? shown_frame{found} : shown_frame{};
}

} // namespace overt::inline v0::dataset
