#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/basic_event.hpp>
#include <overt/event/context.hpp>
#include <overt/event/json/from_json.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/picture_message.hpp>
#include <overt/sink/mcap/topics.hpp>
#include <overt/trace/json/parsed_json.hpp>
#include <overt/trace/json/recorded_from_json.hpp>
#include <overt/trace/packed/batch_reader.hpp>
#include <overt/trace/packed/row_reader.hpp>

namespace overt::inline v0::trace {

/// Turns the messages of one chunk, or the records of a journal, into events in the order of their numbers.
///
///     for (each message of the chunk) { if (auto read = events.add(topic, bytes); !read) { … } }
///     events.sort();
///     while (auto event = events.next()) { … }
///     events.clear();                       // before the next chunk: places are told anew in each
///
/// Errors: `invalid_input`, for a message that is none of ours; what is wrong, never what it holds. One
/// thread.
template <any_event Event>
class message_events {
public:
  /// `names`: where the names are kept that events point to; it has to outlive them.
  explicit message_events(std::shared_ptr<name_pool> names) : names_{std::move(names)} {}

  /// A message, by its topic. Rows of `stream` need the `context` messages before them.
  [[nodiscard]] result<void> add(std::string_view topic, std::string_view bytes) {
    if (topic == sink::context_topic) {
      return add_place(bytes);
    }
    if (topic == sink::mcap_pictures::key_topic || topic == sink::mcap_pictures::tiles_topic) {
      return {}; // no event: `trace::pictures` reads them
    }
    return topic == sink::stream_topic ? add_batch(bytes) : add_event(bytes);
  }

  /// One event as JSON.
  [[nodiscard]] result<void> add_event(std::string_view text) {
    auto read = recorded_from_json<Event>(parsed_json::text(text), *names_);
    if (!read) {
      return read.error();
    }
    keep(std::move(*read));
    return {};
  }

  /// A place that packed rows name by its number.
  [[nodiscard]] result<void> add_place(std::string_view text) {
    auto json = parsed_json::text(text);
    auto const& members = json.value();
    auto const number = members.is_object() ? members.find("context") : members.end();
    if (number == members.end() || !number->is_number_unsigned()) {
      return wrong("a place has no number");
    }
    auto const given = number->template get<std::uint64_t>();
    json.erase("context");
    context place;
    v0::detail::json_decoder decoder{json_origin::trace, *names_};
    if (!decoder.decode(json, place)) {
      return wrong("a place has a member that is unknown or has a wrong value");
    }
    places_.erase(given); // a place is never assigned to: what is denied stays denied
    places_.emplace(given, std::move(place));
    return {};
  }

  [[nodiscard]] result<void> add_batch(std::string_view bytes) {
    if (auto opened = batch_.open(bytes); !opened) {
      return opened;
    }
    while (auto row = batch_.next()) {
      if (auto added = add_row(std::move(*row)); !added) {
        return added;
      }
    }
    return {};
  }

  /// A single row, as a journal has them.
  [[nodiscard]] result<void> add_row(std::string_view bytes) {
    auto row = read_row<Event>(bytes);
    return row ? add_row(std::move(*row)) : result<void>{row.error()};
  }

  void sort() { std::sort(order_.begin(), order_.end()); }

  /// The next event; nothing when there is no more.
  [[nodiscard]] std::optional<recorded<Event>> next() {
    if (empty()) {
      return std::nullopt;
    }
    return std::move(events_[order_[given_++].index]);
  }

  /// The number of the event that `next` gives; nothing when there is no more.
  [[nodiscard]] std::optional<std::uint64_t> next_sequence() const noexcept {
    return empty() ? std::nullopt : std::optional{order_[given_].sequence};
  }

  [[nodiscard]] bool empty() const noexcept { return given_ == order_.size(); }

  void clear() {
    events_.clear();
    order_.clear();
    given_ = 0;
    places_.clear();
  }

private:
  struct place_in_order {
    std::uint64_t sequence = 0;
    std::size_t index = 0;
    friend auto operator<=>(place_in_order const&, place_in_order const&) = default;
  };

  void keep(recorded<Event>&& what) {
    order_.push_back({what.head().sequence, events_.size()});
    events_.push_back(std::move(what));
  }

  [[nodiscard]] static failure wrong(std::string const& why) { return {error_code::invalid_input, why}; }

  [[nodiscard]] result<void> add_row(packed_row<Event>&& row) {
    recorded_head head{.sequence = row.head.sequence, .time = row.head.time, .source = row.head.source};
    if (row.head.context != 0) {
      auto const place = places_.find(row.head.context);
      if (place == places_.end()) {
        return wrong("a packed event names a place that was not told");
      }
      v0::detail::copy_disclosed(place->second, head.where.emplace());
    }
    keep(v0::detail::recording::make<Event>(std::move(head), std::move(row.what)));
    return {};
  }

  std::shared_ptr<name_pool> names_;
  std::unordered_map<std::uint64_t, context> places_;
  std::vector<recorded<Event>> events_;
  std::vector<place_in_order> order_;
  std::size_t given_ = 0;
  batch_reader<Event> batch_;
};

} // namespace overt::inline v0::trace
