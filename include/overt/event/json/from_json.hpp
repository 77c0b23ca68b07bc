#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/event/basic_event.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/result.hpp>
#include <overt/event/short_text.hpp>

namespace overt::inline v0 {

/// Whether what is read was cleared before: a trace holds disclosed content only, a replay holds raw content.
enum class json_origin : std::uint8_t { raw, trace };

/// An event as it stands in JSON: what `sink::append_event` writes, and what `capture::replay` takes.
template <any_event Event>
struct json_event {
  std::uint64_t sequence = 0; ///< "seq"
  timestamp time{};           ///< "t"
  std::optional<std::uint16_t> from{};
  std::optional<context> where{};
  Event what;
};

namespace detail {

/// Decodes values by the descriptions of their fields. Every function returns false for a value that is not
/// of the type, or that has a member nobody described: a name that was misspelt must not be ignored.
class json_decoder {
public:
  json_decoder(json_origin origin, name_pool& names) noexcept
      : state_{origin == json_origin::raw ? guard_state::withheld : guard_state::disclosed}, names_{names} {}

  /// The member that was wrong, when something was.
  [[nodiscard]] std::string_view wrong_member() const noexcept { return wrong_; }

  template <class Value>
  [[nodiscard]] bool decode(nlohmann::json const& json, Value& value) {
    if constexpr (is_guarded<Value>) {
      return json.is_null() || decode_guarded(json, value);
    } else if constexpr (std::same_as<Value, bool>) {
      return json.is_boolean() && (value = json.template get<bool>(), true);
    } else if constexpr (std::integral<Value>) {
      return decode_integer(json, value);
    } else if constexpr (std::floating_point<Value>) {
      return json.is_number() && (value = json.template get<Value>(), true);
    } else if constexpr (std::same_as<Value, timestamp>) {
      return decode_integer(json, value.ns);
    } else if constexpr (named_enum<Value>) {
      auto const* const name = text_of(json);
      return name != nullptr && value_named(*name, value);
    } else if constexpr (named_flags<Value>) {
      return decode_flags(json, value);
    } else if constexpr (std::same_as<Value, literal>) {
      auto const* const name = text_of(json);
      return name != nullptr && (value = names_.keep(*name), true);
    } else if constexpr (is_vector<Value>) {
      return decode_list(json, value);
    } else if constexpr (is_optional<Value>) {
      return json.is_null() || decode(json, value.emplace());
    } else {
      return decode_record(json, value, [](std::string_view) { return false; });
    }
  }

  /// A record whose members may also be those that `is_known(name)` accepts.
  template <class Record, class Known>
  [[nodiscard]] bool decode_record(nlohmann::json const& json, Record& record, Known&& is_known) {
    if (!json.is_object()) {
      return false;
    }
    for (auto const& [name, member] : json.items()) {
      bool fits = is_known(name);
      for_each_field(record, [&](auto const& description, auto& value) {
        if (!fits && description.name == name) {
          fits = decode(member, value);
        }
      });
      if (!fits) {
        wrong_ = wrong_.empty() ? name : wrong_;
        return false;
      }
    }
    return true;
  }

private:
  [[nodiscard]] static std::string const* text_of(nlohmann::json const& json) {
    return json.get_ptr<std::string const*>();
  }

  template <class Integer>
  [[nodiscard]] static bool decode_integer(nlohmann::json const& json, Integer& value) {
    if (json.is_number_unsigned()) {
      auto const number = json.template get<std::uint64_t>();
      return std::in_range<Integer>(number) && (value = static_cast<Integer>(number), true);
    }
    if (json.is_number_integer()) {
      auto const number = json.template get<std::int64_t>();
      return std::in_range<Integer>(number) && (value = static_cast<Integer>(number), true);
    }
    return false;
  }

  template <class Flags>
  [[nodiscard]] static bool decode_flags(nlohmann::json const& json, Flags& value) {
    constexpr auto names = flags(Flags{});
    using bits = std::underlying_type_t<Flags>;
    if (!json.is_array()) {
      return false;
    }
    for (auto const& element : json) {
      auto const* const name = text_of(element);
      bool found = false;
      for (std::size_t i = 0; name != nullptr && i < names.size(); ++i) {
        if (names[i] == *name) {
          value = value | static_cast<Flags>(static_cast<bits>(bits{1} << i));
          found = true;
        }
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  template <class List>
  [[nodiscard]] bool decode_list(nlohmann::json const& json, List& list) {
    if (!json.is_array()) {
      return false;
    }
    list.reserve(json.size());
    for (auto const& element : json) {
      if (!decode(element, list.emplace_back())) {
        return false;
      }
    }
    return true;
  }

  template <class Content>
  [[nodiscard]] bool decode_guarded(nlohmann::json const& json, guarded<Content>& field) {
    Content content{};
    if constexpr (std::same_as<Content, arena_string>) {
      auto const* const text = text_of(json);
      if (text == nullptr) {
        return false;
      }
      content = arena_string{*text};
    } else if constexpr (std::same_as<Content, key_symbol>) {
      auto const* const name = text_of(json);
      auto const symbol = name == nullptr ? std::nullopt : symbol_named(*name);
      if (!symbol) {
        return false;
      }
      content = *symbol;
    } else if constexpr (std::same_as<Content, screen_picture>) {
      picture_size size;
      if (!decode(json, size)) {
        return false;
      }
      content = screen_picture::elsewhere(size);
    } else if constexpr (requires { content.view(); }) {
      auto const* const text = text_of(json);
      auto const fitting = text == nullptr ? std::nullopt : Content::from(*text);
      if (!fitting) {
        return false;
      }
      content = *fitting;
    } else if (!decode(json, content)) {
      return false;
    }
    guarded_access::put(field, std::move(content), state_);
    return true;
  }

  guard_state state_;
  name_pool& names_;
  std::string wrong_;
};

template <class Event>
struct json_event_decoder;

template <class... Payloads>
struct json_event_decoder<basic_event<Payloads...>> {
  using event_type = basic_event<Payloads...>;

  [[nodiscard]] static result<json_event<event_type>> decode(nlohmann::json const& json,
                                                             json_decoder& decoder) {
    auto const type = json.find("type");
    auto const* const name = type == json.end() ? nullptr : type->get_ptr<std::string const*>();
    if (name == nullptr) {
      return failure{error_code::invalid_input, "it has no \"type\""};
    }
    std::optional<result<json_event<event_type>>> made;
    static_cast<void>(
        ((*name == Payloads::name && (made.emplace(decode_as<Payloads>(json, decoder)), true)) || ...));
    return made ? std::move(*made) : failure{error_code::invalid_input, "its \"type\" is unknown"};
  }

private:
  template <class Payload>
  [[nodiscard]] static result<json_event<event_type>> decode_as(nlohmann::json const& json,
                                                                json_decoder& decoder) {
    std::uint64_t sequence = 0;
    timestamp time{};
    std::optional<std::uint16_t> from;
    std::optional<context> where;
    Payload content{};
    auto const in_header = [&](std::string const& member) {
      auto const& value = json[member];
      return member == "type" || (member == "seq" && decoder.decode(value, sequence)) ||
             (member == "t" && decoder.decode(value, time)) ||
             (member == "from" && decoder.decode(value, from)) ||
             (member == "context" && decoder.decode(value, where));
    };
    if (!decoder.decode_record(json, content, [&](std::string const& member) { return in_header(member); })) {
      return failure{error_code::invalid_input, "its member \"" + std::string{decoder.wrong_member()} +
                                                    "\" is unknown or has a wrong value"};
    }
    return json_event<event_type>{sequence, time, from, std::move(where),
                                  event_type{event_header{.time = time}, std::move(content)}};
  }
};

} // namespace detail

/// Reads one event from JSON. The error says which member is wrong, and never what its value is. Literals
/// (names of rules and backends) are kept in `names`, which has to outlive the event.
template <any_event Event>
[[nodiscard]] result<json_event<Event>> event_from_json(nlohmann::json const& json, json_origin origin,
                                                        name_pool& names) {
  if (!json.is_object()) {
    return failure{error_code::invalid_input, "it is not a JSON object"};
  }
  detail::json_decoder decoder{origin, names};
  return detail::json_event_decoder<Event>::decode(json, decoder);
}

} // namespace overt::inline v0
