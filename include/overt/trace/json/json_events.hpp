#pragma once

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/trace/json/recorded_from_json.hpp>
#include <overt/trace/sequence_check.hpp>

namespace overt::inline v0::trace::detail {

/// Makes recorded events out of the objects of a trace, one after another, and watches that none is missing.
/// Owns the names of rules and backends, and has to outlive the events.
template <any_event Event>
class json_events {
public:
  /// Errors: `invalid_input` with the reason, as the end of a sentence.
  [[nodiscard]] result<recorded<Event>> read(nlohmann::json const& json) {
    auto read = recorded_from_json<Event>(json, *names_);
    if (read && !numbers_.follows(*read)) {
      return failure{error_code::invalid_input,
                     "its number does not follow the one before, so something is missing"};
    }
    return read;
  }

  /// The text of a member, or null when it is not there or is no text.
  [[nodiscard]] static std::string const* text_of(nlohmann::json const& json, char const* member) {
    auto const found = json.find(member);
    return found == json.end() ? nullptr : found->template get_ptr<std::string const*>();
  }
  [[nodiscard]] static bool says(nlohmann::json const& json, char const* member, char const* text) {
    auto const* const found = text_of(json, member);
    return found != nullptr && *found == text;
  }

private:
  sequence_check numbers_;
  std::unique_ptr<name_pool> names_ = std::make_unique<name_pool>();
};

} // namespace overt::inline v0::trace::detail
