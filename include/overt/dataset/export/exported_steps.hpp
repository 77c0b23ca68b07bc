#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/dialect/anthropic_action.hpp>
#include <overt/dataset/dialect/common_skips.hpp>
#include <overt/dataset/dialect/image_space.hpp>
#include <overt/dataset/dialect/openai_action.hpp>
#include <overt/dataset/dialect/python_code.hpp>
#include <overt/dataset/dialect/rendered.hpp>
#include <overt/dataset/dialect/ui_tars_action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/export/export_options.hpp>
#include <overt/dataset/export/shown_frame.hpp>
#include <overt/dataset/step_frames.hpp>

namespace overt::inline v0::dataset {

/// A step of an episode as it is written.
struct exported_step {
  std::uint64_t first = 0; ///< the first and the last event it is made of
  std::uint64_t last = 0;
  std::int64_t began_ns = 0; ///< since the episode began
  std::int64_t ended_ns = 0;
  std::int64_t image_age_ns = 0; ///< from the picture to the first move of the hand
  episode_frame const* frame = nullptr;
  picture_size scaled{};        ///< what the dialect thinks the picture's size is
  action const* what = nullptr; ///< nothing for the end of the task
  rendered code;
};

/// An action that is not written.
struct skipped_action {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::string_view kind{}; ///< "click"; "end" for the end of the task
  skip_reason reason = skip_reason::unsupported;
};

struct exported_steps {
  std::vector<exported_step> steps{};
  std::vector<skipped_action> skipped{};
};

/// The size that a dialect thinks a picture has. Nothing for one that it cannot look at.
[[nodiscard]] inline std::optional<picture_size> scaled_size(export_options const& options,
                                                             picture_size size) {
  switch (dialect_of(options)) {
  case action_dialect::ui_tars: return size_in_patches(size, options.least_pixels, options.most_pixels);
  case action_dialect::pyautogui: return size;
  default: return options.display.value_or(size);
  }
}

/// An action in the dialect of these options.
[[nodiscard]] inline rendered render(action const& what, image_space const& space,
                                     export_options const& options, bool exact_times) {
  switch (dialect_of(options)) {
  case action_dialect::anthropic: return anthropic_action{space, exact_times}(what);
  case action_dialect::openai: return openai_action{space, options.px_per_notch.value_or(0)}(what);
  case action_dialect::ui_tars: return ui_tars_action{space}(what);
  default: return python_code{space, {options.spelling, options.triple_click}}(what);
  }
}

/// How a task ended, in the dialect. Nothing where nobody said; `unsupported` where it has no word for it.
[[nodiscard]] inline std::optional<rendered> render_end(task_outcome outcome, action_dialect dialect) {
  auto const python = python_end(outcome);
  if (!python) {
    return std::nullopt;
  }
  bool const good = outcome == task_outcome::success;
  if (dialect == action_dialect::pyautogui) {
    return rendered{*python};
  }
  if (dialect == action_dialect::ui_tars) {
    return good ? rendered{std::string{"finished(content='The task is done.')"}}
                : rendered{skip_reason::unsupported};
  }
  return rendered{std::string{good ? "The task is done." : "The task could not be done."}};
}

/// The steps of an episode with the picture that each shows, and what was skipped, in the order in which it
/// was done. `has_picture(frame)`: whether its pixels are there, asked for those alone that a step needs.
template <class HasPicture>
[[nodiscard]] exported_steps steps_of(episode const& of, export_options const& options, bool exact_times,
                                      HasPicture&& has_picture) {
  exported_steps made;
  for (auto const& what : of.actions) {
    auto const first = what.children.empty() ? what.follows : what.children.front();
    auto const last = what.children.empty() ? what.follows : what.children.back();
    auto const skip = [&](skip_reason why) {
      made.skipped.push_back({first, last, name_of(what.what), why});
    };
    if (auto const common = detail::common_skip(what); common) {
      skip(*common);
      continue;
    }
    auto const [frame, why] = frame_shown(of, what);
    if (frame == nullptr) {
      skip(why);
      continue;
    }
    auto const scaled = scaled_size(options, frame->size);
    if (!scaled) {
      skip(skip_reason::no_picture);
      continue;
    }
    auto code = render(what, image_space{frame->covers, *scaled}, options, exact_times);
    if (!code) {
      skip(*code.skipped);
      continue;
    }
    if (!has_picture(*frame)) {
      skip(skip_reason::no_picture);
      continue;
    }
    made.steps.push_back({.first = first,
                          .last = last,
                          .began_ns = what.began - of.began,
                          .ended_ns = what.ended - of.began,
                          .image_age_ns = dataset::image_age_ns(*frame, what),
                          .frame = frame,
                          .scaled = *scaled,
                          .what = &what,
                          .code = std::move(code)});
  }
  auto end = of.has_end ? render_end(of.outcome, dialect_of(options)) : std::nullopt;
  if (!end) {
    return made;
  }
  auto const* const frame = of.frames.empty() ? nullptr : &of.frames.back();
  auto const scaled = frame == nullptr ? std::nullopt : scaled_size(options, frame->size);
  if (*end && (!scaled || !has_picture(*frame))) {
    end = rendered{skip_reason::no_picture};
  }
  if (!*end) {
    made.skipped.push_back({of.last, of.last, "end", *end->skipped});
    return made;
  }
  auto const ended = of.ended - of.began;
  made.steps.push_back({.first = of.last,
                        .last = of.last,
                        .began_ns = ended,
                        .ended_ns = ended,
                        .image_age_ns = of.ended - frame->grabbed,
                        .frame = frame,
                        .scaled = *scaled,
                        .what = nullptr,
                        .code = *std::move(end)});
  return made;
}

} // namespace overt::inline v0::dataset
