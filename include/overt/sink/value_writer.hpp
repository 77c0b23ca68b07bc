#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <overt/event/context.hpp>
#include <overt/event/event_header.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0::sink {

/// What a value is written to: JSON (`detail::json_text`) or CBOR (`detail::cbor_text`). `item` and `member`
/// come before each value of a list or record, with its place from 0.
template <class Output>
concept value_output = requires(Output& out, std::size_t count, std::string_view text) {
  out.null();
  out.number(count);
  out.number(0.5);
  out.number(true);
  out.string(text);
  out.open_list(count);
  out.item(count);
  out.close_list();
  out.open_record(count);
  out.member(count, text);
  out.close_record();
};

namespace detail {

/// Writes the value of a field by its description: the same members in the same order, whatever the output.
/// Guarded content that was not disclosed is null.
template <value_output Output, class Value>
void append_value(Output& out, Value const& value) {
  if constexpr (is_guarded<Value>) {
    if (auto const* const content = value.disclosed(); content != nullptr) {
      append_value(out, *content);
    } else {
      out.null();
    }
  } else if constexpr (std::integral<Value> || std::floating_point<Value>) {
    out.number(value);
  } else if constexpr (std::same_as<Value, timestamp>) {
    out.number(value.ns);
  } else if constexpr (named_enum<Value>) {
    out.string(name_of(value));
  } else if constexpr (named_flags<Value>) {
    constexpr auto names = flags(Value{});
    using bits_type = std::make_unsigned_t<std::underlying_type_t<Value>>;
    auto const bits = static_cast<bits_type>(value);
    std::size_t count = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      count += bits >> i & 1U;
    }
    out.open_list(count);
    count = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if ((bits >> i & 1U) != 0) {
        out.item(count++);
        out.string(names[i]);
      }
    }
    out.close_list();
  } else if constexpr (v0::detail::is_vector<Value>) {
    out.open_list(value.size());
    std::size_t count = 0;
    for (auto const& element : value) {
      out.item(count++);
      append_value(out, element);
    }
    out.close_list();
  } else if constexpr (v0::detail::is_optional<Value>) {
    if (value) {
      append_value(out, *value);
    } else {
      out.null();
    }
  } else if constexpr (std::same_as<Value, screen_picture>) {
    append_value(out, value.size()); // the pixels are not part of the record
  } else if constexpr (requires { value.view(); }) {
    out.string(value.view());
  } else if constexpr (described<Value>) {
    out.open_record(std::tuple_size_v<decltype(Value::fields())>);
    std::size_t count = 0;
    for_each_field(value, [&](auto const& description, auto const& member) {
      out.member(count++, description.name);
      append_value(out, member);
    });
    out.close_record();
  } else {
    out.string(name_of(value).view());
  }
}

/// Writes an event as one record. Called by `append_event` for cleared and recorded events alone.
template <value_output Output, class Head, class Event>
void append_whole_event(Output& out, Head const& head, context const* where, Event const& what) {
  what.visit([&]<class Payload>(Payload const& payload) {
    out.open_record(5 + std::tuple_size_v<decltype(Payload::fields())>);
    out.member(0, "seq");
    out.number(head.sequence);
    out.member(1, "t");
    out.number(head.time.ns);
    out.member(2, "type");
    out.string(what.payload_name());
    out.member(3, "from");
    if (head.source == recorder_source) {
      out.null();
    } else {
      out.number(head.source);
    }
    out.member(4, "context");
    if (where == nullptr) {
      out.null();
    } else {
      append_value(out, *where);
    }
    std::size_t count = 5;
    for_each_field(payload, [&](auto const& description, auto const& member) {
      out.member(count++, description.name);
      append_value(out, member);
    });
    out.close_record();
  });
}

} // namespace detail

} // namespace overt::inline v0::sink
