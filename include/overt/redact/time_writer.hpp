#pragma once

#include <algorithm>
#include <cstdint>
#include <random>

#include <overt/consent/terms.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/interval_table.hpp>
#include <overt/redact/typing_pace.hpp>

namespace overt::inline v0::redact {

/// Turns the times of events into those that stand in a trace, as `times` describes them. One for each
/// pipeline, asked once for each event in the order in which events are written; one thread.
///
/// What it writes never goes back, except where `raw` times do. Resampled: an event in a later segment of
/// five seconds than the last one begins there; otherwise it comes one interval of the population after the
/// last one, and what no longer fits into the segment stands at its end. So nothing depends on when somebody
/// pressed a key, except in which segment it was.
class time_writer {
public:
  /// `grid_ns` is that of the chain (`time_grid_of`), for the forms that have one.
  time_writer(consent::key_timing how, timestamp session_start, std::int64_t grid_ns,
              std::uint64_t seed = seed_from_system())
      : how_{how}, start_{session_start}, grid_{grid_ns}, intervals_{seed} {}

  [[nodiscard]] timestamp write(timestamp when, input_lane lane = input_lane::keyboard) noexcept {
    pace_.passed(when);
    switch (how_) {
    case consent::key_timing::none: return {};
    case consent::key_timing::resampled: return resampled(pace_.of(when), lane);
    case consent::key_timing::segment_5s: return on_grid(pace_.of(when));
    default: return on_grid(when);
    }
  }

  /// A key was taken into a text: where times are no finer than five seconds, it takes as long as it takes
  /// most people.
  void typed(timestamp when, bool enters) noexcept { pace_.typed(when, enters); }

  /// A moment that an event names beside its own time, such as when an element was read: on the grid, and not
  /// later than the last event.
  [[nodiscard]] timestamp beside(timestamp when) const noexcept {
    switch (how_) {
    case consent::key_timing::none: return {};
    case consent::key_timing::resampled: return {std::min(segment_of(pace_.was(when)), last_)};
    case consent::key_timing::segment_5s: return on_grid(pace_.was(when));
    default: return on_grid(when);
    }
  }

  /// A seed that no other session has.
  [[nodiscard]] static std::uint64_t seed_from_system() {
    std::random_device device; // the system's own source with the standard libraries in use
    return std::uint64_t{device()} << 32 | device();
  }

private:
  static constexpr std::int64_t segment_ns = default_time_grid_ns;

  /// Floors, so that an event never seems to come after one that followed it. Before the start is the start.
  [[nodiscard]] timestamp on_grid(timestamp when) const noexcept {
    return grid_ == 0 ? when : timestamp{floored(when - start_, grid_)};
  }

  [[nodiscard]] static constexpr std::int64_t floored(std::int64_t since, std::int64_t grid) noexcept {
    return since < 0 ? 0 : since / grid * grid;
  }
  [[nodiscard]] std::int64_t segment_of(timestamp when) const noexcept {
    return floored(when - start_, segment_ns);
  }

  [[nodiscard]] timestamp resampled(timestamp when, input_lane lane) noexcept {
    auto const begin = std::max(segment_of(when), segment_);
    if (begin > segment_ || !any_) {
      segment_ = begin;
      last_ = begin;
      any_ = true;
    } else {
      last_ = std::min(last_ + intervals_.next_ns(lane), segment_ + segment_ns - 1);
    }
    return {last_};
  }

  consent::key_timing how_;
  timestamp start_;
  std::int64_t grid_;
  interval_source intervals_;
  typing_pace pace_;
  std::int64_t segment_ = 0;
  std::int64_t last_ = 0;
  bool any_ = false;
};

} // namespace overt::inline v0::redact
