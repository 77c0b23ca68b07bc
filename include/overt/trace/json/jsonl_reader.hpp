#pragma once

#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/event/event.hpp>
#include <overt/event/json/from_json.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::trace {

/// Reads a JSONL trace (see `sink::jsonl`) event by event, in bounded memory. One thread.
///
///     trace::jsonl_reader<> reader{stream};
///     for (auto next = reader.next(); next && *next; next = reader.next()) { use(**next); }
///
/// The reader owns the names of rules and backends and must outlive the events.
template <any_event Event = overt::event>
class jsonl_reader {
public:
  explicit jsonl_reader(std::istream& lines) : lines_{lines} {}

  /// The next event; nothing at the end. Errors: `invalid_input` for a line that is no event of this version,
  /// and for a number that does not follow the one before: something is missing.
  [[nodiscard]] result<std::optional<recorded<Event>>> next() {
    for (std::string line; std::getline(lines_, line);) {
      ++number_;
      auto json = nlohmann::json::parse(line, nullptr, false);
      if (!json.is_object()) {
        return refuse("it is not a JSON object");
      }
      auto const type = json.value("type", nlohmann::json{});
      if (type == "session") {
        if (json.value("schema", nlohmann::json{}) != "overt.jsonl/1") {
          return refuse("it is of a version that this program does not read");
        }
        session_ = std::move(json);
      } else if (type == "end") {
        end_ = std::move(json);
      } else {
        return event_of(json);
      }
    }
    return std::optional<recorded<Event>>{};
  }

  /// The first line of the trace, once it was read: policy, receipt, sources. Null before.
  [[nodiscard]] nlohmann::json const& session() const noexcept { return session_; }

  /// The last line, once it was read; null when the recording was cut off.
  [[nodiscard]] nlohmann::json const& end() const noexcept { return end_; }

private:
  [[nodiscard]] failure refuse(std::string const& why) const {
    return {error_code::invalid_input,
            "line " + std::to_string(number_) + " of the trace cannot be read: " + why + "."};
  }

  [[nodiscard]] result<std::optional<recorded<Event>>> event_of(nlohmann::json const& json) {
    auto read = event_from_json<Event>(json, json_origin::trace, *names_);
    if (!read) {
      return refuse(read.error().message);
    }
    if (read->sequence != ++sequence_) {
      return refuse("its number does not follow the one before, so something is missing");
    }
    recorded_head head{
        .sequence = read->sequence, .time = read->time, .source = read->from.value_or(recorder_source)};
    if (read->where) {
      head.where.emplace(std::move(*read->where));
    }
    return std::optional{v0::detail::recording::make<Event>(std::move(head), std::move(read->what))};
  }

  std::istream& lines_;
  std::size_t number_ = 0;
  std::uint64_t sequence_ = 0;
  std::unique_ptr<name_pool> names_ = std::make_unique<name_pool>();
  nlohmann::json session_;
  nlohmann::json end_;
};

} // namespace overt::inline v0::trace
