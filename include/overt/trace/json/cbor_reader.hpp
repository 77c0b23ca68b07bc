#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include <overt/detail/cbor_cursor.hpp>
#include <overt/detail/crc32c.hpp>
#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/trace/json/json_events.hpp>
#include <overt/trace/json/parsed_json.hpp>

namespace overt::inline v0::trace {

/// Reads a CBOR trace (see `sink::cbor`) event by event, in bounded memory. One thread.
///
///     trace::cbor_reader<> reader{stream};
///     auto const read = trace::each_event(reader, [&](auto const& event) { use(event); });
///
/// The reader owns the names of rules and backends and must outlive the events.
template <any_event Event = overt::event>
class cbor_reader {
public:
  /// A longer item is an error.
  static constexpr std::size_t longest_item = 16 * 1024 * 1024;

  explicit cbor_reader(std::istream& bytes) : bytes_{bytes} {}

  /// The next event; nothing at the end. Errors: `invalid_input` for an item that was changed after it was
  /// written or was cut off, one that is no event of this version, and a number that does not follow the one
  /// before. Behind an item whose frame is damaged there is nothing to go on from: the error comes again.
  [[nodiscard]] result<std::optional<recorded<Event>>> next() {
    if (lost_) {
      return *lost_;
    }
    for (;;) {
      bool at_end = false;
      if (auto const framed = read_frame(at_end); !framed) {
        lost_ = refuse(framed.error().message);
        return *lost_;
      }
      if (at_end) {
        return std::optional<recorded<Event>>{};
      }
      auto json = decode();
      if (!json.value().is_object()) {
        return refuse("it is no map of the kind that a trace has");
      }
      if (auto const place = check_place(json); !place) {
        return refuse(place.error().message);
      }
      if (events::says(json, "type", "session")) {
        session_ = std::move(json);
        if (auto const* const policy = events::text_of(session_, "policy"); policy != nullptr) {
          session_.set("policy", parsed_json::text(*policy));
        }
      } else if (events::says(json, "type", "end")) {
        end_ = std::move(json);
      } else if (auto read = events_.read(json); read) {
        return std::optional{std::move(*read)};
      } else {
        return refuse(read.error().message);
      }
    }
  }

  /// The first item of the trace, once it was read, with the members of a JSON trace's first line. Null
  /// before.
  [[nodiscard]] nlohmann::json const& session() const noexcept { return session_; }

  /// The last item, once it was read; null when the recording was cut off.
  [[nodiscard]] nlohmann::json const& end() const noexcept { return end_; }

private:
  using events = detail::json_events<Event>;
  using major = v0::detail::cbor_major;

  [[nodiscard]] failure refuse(std::string const& why) const {
    return {error_code::invalid_input, "item " + std::to_string(number_) + " of the trace, at byte " +
                                           std::to_string(begin_) + ", cannot be read: " + why + "."};
  }

  [[nodiscard]] result<void> check_place(nlohmann::json const& json) const {
    bool const begins = events::says(json, "type", "session");
    if (!end_.value().is_null()) {
      return failure{error_code::invalid_input, "it stands behind the end"};
    }
    if (begins != session_.value().is_null()) {
      return failure{error_code::invalid_input,
                     begins ? "a session began before" : "no session began before it"};
    }
    if (begins && !events::says(json, "schema", "overt.cbor/1")) {
      return failure{error_code::invalid_input, "it is of a version that this program does not read"};
    }
    return {};
  }

  /// What is in the frame. Not an object when it is not well-formed or nested too deep: the library's decoder
  /// calls itself for each level.
  [[nodiscard]] parsed_json decode() const {
    v0::detail::cbor_cursor looked{item_};
    return looked.skip() && looked.at_end() ? parsed_json::cbor(item_) : parsed_json{};
  }

  /// Reads `[24(h'…'), h'01020304']` and leaves the first byte string in `item_`.
  [[nodiscard]] result<void> read_frame(bool& at_end) {
    begin_ = offset_;
    ++number_;
    frame_.clear();
    if (!read(1)) {
      at_end = true;
      return {};
    }
    if (!read(3) || frame_[0] != '\x82' || frame_[1] != '\xd8' || frame_[2] != '\x18') {
      return damaged();
    }
    auto const first = static_cast<unsigned char>(frame_[3]);
    if (first >> 5 != static_cast<unsigned>(major::bytes) || (first & 31U) > 27) {
      return damaged();
    }
    if ((first & 31U) >= 24 && !read(std::size_t{1} << ((first & 31U) - 24))) {
      return damaged();
    }
    v0::detail::cbor_cursor head{std::string_view{frame_}.substr(3)};
    std::uint64_t size = 0;
    if (!head.expect(major::bytes, size) || size > longest_item) {
      return damaged();
    }
    auto const content = frame_.size();
    if (!read(static_cast<std::size_t>(size) + 5)) {
      return damaged();
    }
    auto const summed = frame_.size() - 5;
    auto const sum = v0::detail::crc32c_of(std::string_view{frame_}.substr(0, summed));
    bool same = frame_[summed] == '\x44';
    for (std::size_t i = 0; i < 4; ++i) {
      same = same && static_cast<unsigned char>(frame_[summed + 1 + i]) == (sum >> (24 - 8 * i) & 0xff);
    }
    if (!same) {
      return damaged();
    }
    item_.assign(frame_, content, summed - content);
    return {};
  }

  [[nodiscard]] static failure damaged() {
    return {error_code::invalid_input, "it was cut off, or something in it is not what was written"};
  }

  /// Reads so many bytes behind what is in `frame_`. False when there are fewer.
  [[nodiscard]] bool read(std::size_t count) {
    constexpr std::size_t piece = 64 * 1024; // so that a length alone takes no memory
    while (count > 0) {
      auto const now = std::min(count, piece);
      auto const before = frame_.size();
      frame_.resize(before + now);
      auto const got = bytes_.rdbuf() == nullptr
                           ? 0
                           : bytes_.rdbuf()->sgetn(frame_.data() + before, static_cast<std::streamsize>(now));
      offset_ += static_cast<std::uint64_t>(got);
      if (got != static_cast<std::streamsize>(now)) {
        return false;
      }
      count -= now;
    }
    return true;
  }

  std::istream& bytes_;
  std::string frame_;
  std::string item_;
  std::uint64_t offset_ = 0;
  std::uint64_t begin_ = 0;
  std::size_t number_ = 0;
  events events_;
  std::optional<failure> lost_;
  parsed_json session_;
  parsed_json end_;
};

} // namespace overt::inline v0::trace
