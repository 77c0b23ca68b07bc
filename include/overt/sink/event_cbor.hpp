#pragma once

#include <overt/detail/cbor_text.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/value_writer.hpp>

namespace overt::inline v0::sink {

/// Writes an event as one CBOR map (RFC 8949) with the members that it has in JSON, in the same order. What
/// is a string in JSON is a text string, a number an integer or a floating-point number of the member's
/// width.
template <class Head, class Event>
void append_event(v0::detail::cbor_text& out, Head const& head, context const* where, Event const& what) {
  detail::append_whole_event(out, head, where, what);
}

template <class Event>
void append_event(v0::detail::cbor_text& out, cleared<Event> const& what) {
  detail::append_whole_event(out, what.head(), what.head().where, what);
}

template <class Event>
void append_event(v0::detail::cbor_text& out, recorded<Event> const& what) {
  detail::append_whole_event(out, what.head(), what.head().where ? &*what.head().where : nullptr, what);
}

} // namespace overt::inline v0::sink
