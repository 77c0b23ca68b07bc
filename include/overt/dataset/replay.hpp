#pragma once

#include <utility>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/play/replay_check.hpp>
#include <overt/dataset/play/replay_clock.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_run.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

/// Does again what was done in an episode, and ends at the first difference. Everything that was pressed has
/// been let go when it returns. Waits, in this thread, until it is done.
///
/// In real time each action comes as long after the one before as in the trace, and waits only for its
/// window; what comes late makes all after it late by as much. Semantically it waits for its window and for
/// the elements that it was done to, looks whether they have the value afterwards that they had, and goes on
/// at once.
template <input_player Player, window_view Windows, element_view Elements, class Clock = replay_clock>
[[nodiscard]] result<replay_outcome> replay(Player& player, Windows& windows, Elements& elements,
                                            episode const& what, replay_options const& options = {},
                                            Clock clock = {}) {
  if (auto const good = check_playable(what, options); !good) {
    return good.error();
  }
  replay_run<Player, Windows, Elements, Clock> run{player, windows, elements,
                                                   what,   options, std::move(clock)};
  return run.to_end();
}

} // namespace overt::inline v0::dataset
