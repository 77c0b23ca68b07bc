#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/event/consent_change.hpp>
#include <overt/event/display.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/marker.hpp>
#include <overt/event/redaction.hpp>
#include <overt/event/source.hpp>

namespace overt::inline v0::dataset {

/// Whether something that a person does is missing in such a gap: not where only pictures are.
/// `of`: as `gap::of`; what is not known is taken for input.
[[nodiscard]] inline bool hides_input(std::string_view of) noexcept {
  return of != frame::name && of != display::name && of != marker::name && of != source::name &&
         of != consent_change::name && of != redaction::name;
}

/// Whether input is missing between two events. `gaps` are in order.
[[nodiscard]] inline bool any_hidden(std::vector<episode_gap> const& gaps, std::uint64_t after,
                                     std::uint64_t before) {
  auto const first =
      std::upper_bound(gaps.begin(), gaps.end(), after,
                       [](std::uint64_t of, episode_gap const& gap) { return of < gap.sequence; });
  return std::any_of(first, gaps.end(), [&, ended = false](episode_gap const& gap) mutable {
    ended = ended || gap.sequence >= before;
    return !ended && hides_input(gap.of);
  });
}

/// Puts a wait before each action that nothing was done before for a while. None over a gap: something may
/// have been done there; and none where times are too coarse to tell (more than a second).
inline void insert_waits(episode& into, reduce_options const& options) {
  constexpr std::int64_t second_ns = 1'000'000'000;
  if (options.time_grid_ns > second_ns || into.actions.size() < 2) {
    return;
  }
  std::vector<action> with_waits;
  with_waits.reserve(into.actions.size() + 8);
  timestamp until{};
  std::uint64_t last = 0;
  for (auto& each : into.actions) {
    auto const pause = with_waits.empty() ? 0 : pause_between(until, each.approached);
    auto const first = std::min(each.onset, each.children.empty() ? each.onset : each.children.front());
    if (options.surely_at_least(pause, options.wait_ns) && !any_hidden(into.gaps, last, first)) {
      with_waits.push_back({.what = wait_action{pause},
                            .follows = last,
                            .onset = std::min(last + 1, first),
                            .approached = until,
                            .began = until,
                            .ended = each.approached,
                            .where = with_waits.back().where});
    }
    // A text that was told later ends no later than that.
    until = with_waits.empty() ? each.ended : std::max(until, each.ended);
    last = std::max({last, each.follows, each.children.empty() ? 0 : each.children.back()});
    with_waits.push_back(std::move(each));
  }
  into.actions = std::move(with_waits);
}

} // namespace overt::inline v0::dataset
