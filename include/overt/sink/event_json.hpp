#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <overt/detail/json_text.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/redact/cleared.hpp>

namespace overt::inline v0::sink {

namespace detail {

using v0::detail::json_text;

/// The value of a field, by its type. Guarded content that was not disclosed is null.
template <class Value>
void append_value(json_text& out, Value const& value) {
  if constexpr (is_guarded<Value>) {
    if (auto const* const content = value.disclosed(); content != nullptr) {
      append_value(out, *content);
    } else {
      out.raw("null");
    }
  } else if constexpr (std::integral<Value> || std::floating_point<Value>) {
    out.number(value);
  } else if constexpr (std::same_as<Value, timestamp>) {
    out.number(value.ns);
  } else if constexpr (named_enum<Value>) {
    out.string(name_of(value));
  } else if constexpr (named_flags<Value>) {
    constexpr auto names = flags(Value{});
    auto const bits = static_cast<std::underlying_type_t<Value>>(value);
    out.raw('[');
    bool first = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if ((bits >> i & 1) != 0) {
        first ? void() : out.raw(',');
        first = false;
        out.string(names[i]);
      }
    }
    out.raw(']');
  } else if constexpr (v0::detail::is_vector<Value>) {
    out.raw('[');
    bool first = true;
    for (auto const& element : value) {
      first ? void() : out.raw(',');
      first = false;
      append_value(out, element);
    }
    out.raw(']');
  } else if constexpr (v0::detail::is_optional<Value>) {
    if (value) {
      append_value(out, *value);
    } else {
      out.raw("null");
    }
  } else if constexpr (requires { value.view(); }) {
    out.string(value.view());
  } else if constexpr (described<Value>) {
    out.raw('{');
    bool first = true;
    for_each_field(value, [&](auto const& description, auto const& member) {
      first ? void() : out.raw(',');
      first = false;
      out.raw('"');
      out.raw(description.name); // a field's name is written in source and needs no escaping
      out.raw("\":");
      append_value(out, member);
    });
    out.raw('}');
  } else {
    out.string(name_of(value).view());
  }
}

} // namespace detail

/// Writes an event as one JSON object, straight from the descriptions of its fields:
///
///     {"seq":7,"t":5000000000,"type":"button","context":{"application":"mousepad",…},"phase":"press",…}
///
/// `seq` counts from 1 without holes, `t` is in nanoseconds, `from` is the number of the backend (null: the
/// recorder itself), `context` is null for an event of no place. Withheld content is null. The schema is in
/// docs/formats.md.
template <class Head, class Event>
void append_event(v0::detail::json_text& out, Head const& head, context const* where, Event const& what) {
  out.raw("{\"seq\":");
  out.number(head.sequence);
  out.raw(",\"t\":");
  out.number(head.time.ns);
  out.raw(",\"type\":\"");
  out.raw(what.payload_name());
  out.raw("\",\"from\":");
  if (head.source == recorder_source) {
    out.raw("null");
  } else {
    out.number(head.source);
  }
  out.raw(",\"context\":");
  if (where == nullptr) {
    out.raw("null");
  } else {
    detail::append_value(out, *where);
  }
  what.visit([&](auto const& payload) {
    for_each_field(payload, [&](auto const& description, auto const& member) {
      out.raw(",\"");
      out.raw(description.name);
      out.raw("\":");
      detail::append_value(out, member);
    });
  });
  out.raw('}');
}

template <class Event>
void append_event(v0::detail::json_text& out, cleared<Event> const& what) {
  append_event(out, what.head(), what.head().where, what);
}

template <class Event>
void append_event(v0::detail::json_text& out, recorded<Event> const& what) {
  append_event(out, what.head(), what.head().where ? &*what.head().where : nullptr, what);
}

} // namespace overt::inline v0::sink
