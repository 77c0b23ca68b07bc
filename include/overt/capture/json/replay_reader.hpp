#pragma once

#include <istream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include <overt/capture/context_answer.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/json/from_json.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::capture {

/// Reads raw events, one JSON object a line: for tests, for trying a policy on a made-up session, for
/// `overt redact`.
///
///     {"t": 1000000, "type": "key", "phase": "press", "kind": "letter", "symbol": "a", "entered": "a",
///      "context": {"application": "mousepad", "field": "plain"}}
///
/// The members are those of the trace (docs/formats.md); "seq" and "from" may be there and mean nothing. Two
/// contexts of the same text are the same place. An event is taken as confirmed by its source, unless it says
/// `"confirmed": false`: then it waits, as a live one does, for an answer:
///
///     {"t": 1200000, "type": "answer", "aspect": "application", "lane": "keyboard", "context": {…} or null}
template <any_event Event>
class replay_reader {
public:
  using item = std::variant<Event, context_answer>;

  explicit replay_reader(std::istream& lines) : lines_{lines} {}

  /// The next event or answer; nothing at the end. An error names the line and the member, never a value.
  [[nodiscard]] result<std::optional<item>> next() {
    for (std::string line; std::getline(lines_, line);) {
      ++number_;
      if (line.find_first_not_of(" \t\r") == std::string::npos) {
        continue;
      }
      auto json = nlohmann::json::parse(line, nullptr, false);
      if (!json.is_object()) {
        return refuse("it is not a JSON object");
      }
      auto made = json.value("type", nlohmann::json{}) == "answer" ? read_answer(json) : read_event(json);
      return made ? result<std::optional<item>>{std::optional<item>{std::move(*made)}}
                  : refuse(made.error().message);
    }
    return std::optional<item>{};
  }

private:
  [[nodiscard]] failure refuse(std::string const& why) const {
    return {error_code::invalid_input, "line " + std::to_string(number_) + " cannot be replayed: " + why +
                                           ". The members of an event are listed in docs/formats.md."};
  }

  [[nodiscard]] result<item> read_event(nlohmann::json& json) {
    bool confirmed = true;
    if (auto const found = json.find("confirmed"); found != json.end()) {
      if (!found->is_boolean()) {
        return failure{error_code::invalid_input, "its member \"confirmed\" is neither true nor false"};
      }
      confirmed = found->get<bool>();
      json.erase(found);
    }
    auto const where = json.value("context", nlohmann::json{});
    json.erase("context");
    auto place = place_of(where);
    if (!place) {
      return place.error();
    }
    auto read = event_from_json<Event>(json, json_origin::raw, names_);
    if (!read) {
      return read.error();
    }
    read->what.header.context = std::move(*place);
    read->what.header.confirmed = confirmed;
    return item{std::in_place_index<0>, std::move(read->what)};
  }

  [[nodiscard]] result<item> read_answer(nlohmann::json const& json) {
    v0::detail::json_decoder decoder{json_origin::raw, names_};
    context_answer given;
    for (auto const& [name, member] : json.items()) {
      bool const known = name == "type" || name == "context" ||
                         (name == "t" && decoder.decode(member, given.as_of)) ||
                         (name == "aspect" && decoder.decode(member, given.aspect)) ||
                         (name == "lane" && decode_lane(member, given.lane));
      if (!known) {
        return failure{error_code::invalid_input,
                       "the member \"" + name + "\" of the answer is unknown or has a wrong value"};
      }
    }
    auto place = place_of(json.value("context", nlohmann::json{}));
    if (!place) {
      return place.error();
    }
    given.where = std::move(*place);
    return item{std::in_place_index<1>, std::move(given)};
  }

  [[nodiscard]] static bool decode_lane(nlohmann::json const& json, input_lane& lane) {
    lane = json == "pointer" ? input_lane::pointer : input_lane::keyboard;
    return json == "pointer" || json == "keyboard";
  }

  [[nodiscard]] result<context_ptr> place_of(nlohmann::json const& json) {
    if (json.is_null()) {
      return context_ptr{};
    }
    auto& known = places_[json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)];
    if (!known) {
      v0::detail::json_decoder decoder{json_origin::raw, names_};
      context made;
      if (!decoder.decode(json, made)) {
        return failure{error_code::invalid_input, "its \"context\" has an unknown member or a wrong value"};
      }
      known = context_ptr{std::move(made)};
    }
    return known;
  }

  std::istream& lines_;
  std::size_t number_ = 0;
  name_pool names_;
  std::map<std::string, context_ptr> places_;
};

} // namespace overt::inline v0::capture
