#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <overt/detail/json_text.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/context.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0::sink {

namespace detail {

/// Writes JSON Schema (draft 2020-12) for what a value writer writes, by the same descriptions.
class schema_writer {
public:
  [[nodiscard]] std::string text() const { return std::string{out_.view()}; }

  void raw(std::string_view json) { out_.raw(json); }
  void string(std::string_view text) { out_.string(text); }

  /// The schema of a member, with its unit. `nullable`: null is allowed as well.
  template <class Value>
  void value(unit in, bool nullable = false) {
    if constexpr (is_guarded<Value>) {
      value<typename Value::content_type>(in, true);
    } else if constexpr (v0::detail::is_optional<Value>) {
      value<typename Value::value_type>(in, true);
    } else if constexpr (named_enum<Value>) {
      raw("{\"enum\":");
      names(enumerators(Value{}), nullable);
      end(in);
    } else if constexpr (named_flags<Value>) {
      type("array", nullable);
      raw(",\"uniqueItems\":true,\"items\":{\"enum\":");
      names(flags(Value{}), false);
      raw("}");
      end(in);
    } else if constexpr (std::same_as<Value, bool>) {
      type("boolean", nullable);
      end(in);
    } else if constexpr (std::same_as<Value, timestamp>) {
      value<std::int64_t>(unit::nanoseconds, nullable);
    } else if constexpr (std::integral<Value>) {
      type("integer", nullable);
      raw(",\"minimum\":");
      out_.number(std::numeric_limits<Value>::min());
      raw(",\"maximum\":");
      out_.number(std::numeric_limits<Value>::max());
      end(in);
    } else if constexpr (std::floating_point<Value>) {
      type("number", true); // JSON has no infinity and no NaN: they are null
      end(in);
    } else if constexpr (v0::detail::is_vector<Value>) {
      type("array", nullable);
      raw(",\"items\":");
      value<typename Value::value_type>(in);
      raw("}");
    } else if constexpr (std::same_as<Value, screen_picture>) {
      value<picture_size>(in, nullable);
    } else if constexpr (described<Value>) {
      type("object", nullable);
      raw(",\"properties\":{");
      bool first = true;
      members<Value>(first);
      raw("},\"required\":[");
      first = true;
      required<Value>(first);
      raw("],\"additionalProperties\":false}");
    } else {
      type("string", nullable);
      end(in);
    }
  }

  /// `"name":schema` for each member of a record.
  template <class Record>
  void members(bool& first) {
    std::apply(
        [&]<class... Description>(Description const&... description) {
          auto const one = [&]<class Member>(Member const& member) {
            separate(first);
            string(member.name);
            raw(":");
            value<typename Member::member_type>(member.unit);
          };
          (one(description), ...);
        },
        Record::fields());
  }

  template <class Record>
  void required(bool& first) {
    std::apply([&](auto const&... description) { ((separate(first), string(description.name)), ...); },
               Record::fields());
  }

private:
  void separate(bool& first) {
    if (!std::exchange(first, false)) {
      raw(",");
    }
  }

  void type(std::string_view name, bool nullable) {
    raw("{\"type\":");
    raw(nullable ? "[" : "");
    string(name);
    raw(nullable ? ",\"null\"]" : "");
  }

  void end(unit in) {
    if (in != unit::none) {
      raw(",\"x-unit\":");
      string(name_of(in));
    }
    raw("}");
  }

  template <class Names>
  void names(Names const& all, bool nullable) {
    raw("[");
    bool first = true;
    for (auto const& name : all) {
      separate(first);
      string(name);
    }
    raw(nullable ? ",null]" : "]");
  }

  v0::detail::json_text out_;
};

inline constexpr std::string_view schema_dialect =
    R"("$schema":"https://json-schema.org/draft/2020-12/schema")";

/// The object of an event with this payload; `context` is the schema of its context.
template <payload Payload>
void append_event_schema(schema_writer& out, std::string_view context) {
  out.raw(R"("title":)");
  out.string(Payload::name);
  out.raw(R"(,"type":"object","properties":{"seq":)");
  out.value<std::uint64_t>(unit::event_number);
  out.raw(R"(,"t":)");
  out.value<timestamp>(unit::nanoseconds);
  out.raw(R"(,"type":{"const":)");
  out.string(Payload::name);
  out.raw(R"(},"from":)");
  out.value<std::optional<std::uint16_t>>(unit::none);
  out.raw(R"(,"context":)");
  out.raw(context);
  bool first = false;
  out.members<Payload>(first);
  // Lines of overt.jsonl/2 have it; nothing else does.
  out.raw(
      R"(,"crc":{"type":"string","pattern":"^[0-9a-f]{8}$"}},"required":["seq","t","type","from","context")");
  out.required<Payload>(first);
  out.raw(R"(],"additionalProperties":false)");
}

[[nodiscard]] inline std::string nullable_context_schema() {
  schema_writer out;
  out.value<context>(unit::none, true);
  return out.text();
}

} // namespace detail

/// A JSON Schema (draft 2020-12) of the object that `append_event` writes for an event with this payload.
/// Units stand there as "x-unit"; what is guarded may be null.
template <payload Payload>
[[nodiscard]] std::string json_schema() {
  detail::schema_writer out;
  out.raw("{");
  out.raw(detail::schema_dialect);
  out.raw(",");
  detail::append_event_schema<Payload>(out, detail::nullable_context_schema());
  out.raw("}");
  return out.text();
}

/// The same for a context that is a message of its own: its number and its members.
[[nodiscard]] inline std::string context_schema() {
  detail::schema_writer out;
  out.raw("{");
  out.raw(detail::schema_dialect);
  out.raw(R"(,"title":"context","type":"object","properties":{"context":)");
  out.value<std::uint64_t>(unit::none);
  bool first = false;
  out.members<context>(first);
  out.raw(R"(},"required":["context")");
  out.required<context>(first);
  out.raw(R"(],"additionalProperties":false})");
  return out.text();
}

namespace detail {

template <class Event>
struct model_schema;

template <class... Payloads>
struct model_schema<basic_event<Payloads...>> {
  static void append(schema_writer& out) {
    bool first = true;
    auto const separate = [&] { out.raw(std::exchange(first, false) ? "" : ","); };
    out.raw(R"(,"oneOf":[)");
    ((separate(), out.raw(R"({"$ref":"#/$defs/)"), out.raw(Payloads::name), out.raw(R"("})")), ...);
    out.raw(R"(],"$defs":{"context":)");
    out.raw(nullable_context_schema());
    auto const one = [&]<class Payload>(std::type_identity<Payload>) {
      out.raw(",");
      out.string(Payload::name);
      out.raw(":{");
      append_event_schema<Payload>(out, R"({"$ref":"#/$defs/context"})");
      out.raw("}");
    };
    (one(std::type_identity<Payloads>{}), ...);
    out.raw("}");
  }
};

} // namespace detail

/// A JSON Schema of every event of a model: one of its payloads' objects. docs/schema has that of `event`.
template <any_event Event>
[[nodiscard]] std::string json_schema_of() {
  detail::schema_writer out;
  out.raw("{");
  out.raw(detail::schema_dialect);
  out.raw(R"(,"title":"An event in a trace")");
  detail::model_schema<Event>::append(out);
  out.raw("}");
  return out.text();
}

} // namespace overt::inline v0::sink
