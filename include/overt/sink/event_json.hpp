#pragma once

#include <overt/detail/json_text.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/value_writer.hpp>

namespace overt::inline v0::sink {

/// Writes an event as one JSON object, straight from the descriptions of its fields:
///
///     {"seq":7,"t":5000000000,"type":"button","context":{"application":"mousepad",…},"phase":"press",…}
///
/// `seq` counts from 1 without holes, `t` is in nanoseconds, `from` is the number of the backend (null: the
/// recorder itself), `context` is null for an event of no place. Withheld content is null. The schema is in
/// docs/formats.md and docs/schema.
template <class Head, class Event>
void append_event(v0::detail::json_text& out, Head const& head, context const* where, Event const& what) {
  detail::append_whole_event(out, head, where, what);
}

template <class Event>
void append_event(v0::detail::json_text& out, cleared<Event> const& what) {
  detail::append_whole_event(out, what.head(), what.head().where, what);
}

template <class Event>
void append_event(v0::detail::json_text& out, recorded<Event> const& what) {
  detail::append_whole_event(out, what.head(), what.head().where ? &*what.head().where : nullptr, what);
}

} // namespace overt::inline v0::sink
