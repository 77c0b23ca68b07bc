#pragma once

#include <utility>

#include <nlohmann/json.hpp>

#include <overt/event/json/from_json.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::trace {

/// One event of a trace, from its JSON object. `names` has to outlive it. Errors: those of `event_from_json`.
template <any_event Event>
[[nodiscard]] result<recorded<Event>> recorded_from_json(nlohmann::json const& json, name_pool& names) {
  auto read = event_from_json<Event>(json, json_origin::trace, names);
  if (!read) {
    return read.error();
  }
  recorded_head head{
      .sequence = read->sequence, .time = read->time, .source = read->from.value_or(recorder_source)};
  if (read->where) {
    head.where.emplace(std::move(*read->where));
  }
  return v0::detail::recording::make<Event>(std::move(head), std::move(read->what));
}

} // namespace overt::inline v0::trace
