#pragma once

#include <optional>
#include <utility>
#include <vector>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/event/event.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/result.hpp>
#include <overt/trace/each_event.hpp>
#include <overt/trace/json/reader.hpp>
#include <overt/trace/json/session_of.hpp>

namespace command {

/// The episodes of a trace, on its own time grid; none where it holds no events. `Reducer`:
/// `dataset::reducer` or `dataset::replay_reducer`.
template <class Reducer>
[[nodiscard]] overt::result<std::vector<overt::dataset::episode>>
episodes_of(overt::trace::reader<overt::event>& reader) {
  std::optional<Reducer> actions;
  auto const read = overt::trace::each_event(reader, [&](auto const& event) {
    if (!actions) { // what session it is of is known by the first event
      overt::name_pool names;
      auto const grid = overt::trace::session_of(reader.session(), names).time_grid_ns;
      actions.emplace(overt::dataset::reduce_options{.time_grid_ns = grid});
    }
    actions->push(event);
  });
  if (!read) {
    return read.error();
  }
  return actions ? std::move(*actions).finish() : std::vector<overt::dataset::episode>{};
}

} // namespace command
