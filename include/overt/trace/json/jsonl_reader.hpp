#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/line_crc.hpp>
#include <overt/trace/json/json_events.hpp>
#include <overt/trace/json/parsed_json.hpp>

namespace overt::inline v0::trace {

/// Reads a JSONL trace (see `sink::jsonl`) event by event, in bounded memory. One thread.
///
///     trace::jsonl_reader<> reader{stream};
///     auto const read = trace::each_event(reader, [&](auto const& event) { use(event); });
///
/// Reads `overt.jsonl/2` and, from before lines had checksums, `overt.jsonl/1`. A line without one is
/// accepted only in a trace that says it is of that version. The reader owns the names of rules and backends
/// and must outlive the events.
template <any_event Event = overt::event>
class jsonl_reader {
public:
  /// A longer line is an error.
  static constexpr std::size_t longest_line = 16 * 1024 * 1024;

  explicit jsonl_reader(std::istream& lines) : lines_{lines} {}

  /// The next event; nothing at the end. Errors: `invalid_input` for a line that was changed after it was
  /// written, one that is no event of this version, and for a number that does not follow the one before:
  /// something is missing. The next call goes on with the next line.
  [[nodiscard]] result<std::optional<recorded<Event>>> next() {
    while (read_line()) {
      ++number_;
      if (line_.size() > longest_line) {
        return refuse("it is longer than any line of a trace");
      }
      auto const sum = sink::line_crc::check(line_);
      if (sum == sink::line_crc::verdict::wrong) {
        return refuse("something in it is not what was written");
      }
      bool const has_sum = sum == sink::line_crc::verdict::sound;
      if (has_sum) { // the sum is a member of the line, not of the event
        line_.resize(line_.size() - sink::line_crc::size);
        line_ += '}';
      }
      auto json = parsed_json::text(line_);
      if (!json.value().is_object()) {
        return refuse("it is not a JSON object");
      }
      if (auto const place = check_place(json, has_sum); !place) {
        return refuse(place.error().message);
      }
      if (events::says(json, "type", "session")) {
        session_ = std::move(json);
      } else if (events::says(json, "type", "end")) {
        end_ = std::move(json);
      } else if (auto read = events_.read(json); read) {
        return std::optional{std::move(*read)};
      } else {
        return refuse(read.error().message);
      }
    }
    return std::optional<recorded<Event>>{};
  }

  /// The first line of the trace, once it was read: policy, receipt, sources. Null before.
  [[nodiscard]] nlohmann::json const& session() const noexcept { return session_; }

  /// The last line, once it was read; null when the recording was cut off.
  [[nodiscard]] nlohmann::json const& end() const noexcept { return end_; }

private:
  using events = detail::json_events<Event>;

  [[nodiscard]] failure refuse(std::string const& why) const {
    return {error_code::invalid_input,
            "line " + std::to_string(number_) + " of the trace cannot be read: " + why + "."};
  }

  /// Whether an object may stand where it does, with or without a checksum.
  [[nodiscard]] result<void> check_place(nlohmann::json const& json, bool has_sum) const {
    if (!end_.value().is_null()) {
      return failure{error_code::invalid_input, "it stands behind the end"};
    }
    if (events::says(json, "type", "session")) {
      if (!session_.value().is_null()) {
        return failure{error_code::invalid_input, "a session began before"};
      }
      if (!events::says(json, "schema", has_sum ? "overt.jsonl/2" : "overt.jsonl/1")) {
        return failure{error_code::invalid_input,
                       "it is of a version that this program does not read, or has no checksum"};
      }
      return {};
    }
    if (session_.value().is_null()) {
      return failure{error_code::invalid_input, "no session began before it"};
    }
    if (events::says(session_, "schema", "overt.jsonl/2") != has_sum) {
      return failure{error_code::invalid_input,
                     has_sum ? "it has a checksum, and the trace is of before those" : "it has no checksum"};
    }
    return {};
  }

  /// As std::getline, but of bounded length. False at the end.
  [[nodiscard]] bool read_line() {
    using traits = std::istream::traits_type;
    line_.clear();
    auto* const bytes = lines_.rdbuf();
    if (bytes == nullptr) {
      return false;
    }
    for (auto byte = bytes->sbumpc(); !traits::eq_int_type(byte, traits::eof()); byte = bytes->sbumpc()) {
      if (traits::to_char_type(byte) == '\n') {
        return true;
      }
      if (line_.size() <= longest_line) {
        line_ += traits::to_char_type(byte);
      }
    }
    return !line_.empty();
  }

  std::istream& lines_;
  std::string line_;
  std::size_t number_ = 0;
  events events_;
  parsed_json session_;
  parsed_json end_;
};

} // namespace overt::inline v0::trace
