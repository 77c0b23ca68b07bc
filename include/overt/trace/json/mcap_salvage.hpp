#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/gap.hpp>
#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/trace/json/mcap_events.hpp>
#include <overt/trace/sequence_check.hpp>

namespace overt::inline v0::trace {

/// Events that are missing from a trace, by their numbers.
struct missing_events {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// Everything that is sound in a damaged MCAP trace, in the order of the numbers, and an honest list of the
/// rest. Where events are missing it gives one `gap` that says how many, so that what is read can be written
/// as a new trace.
///
///     using saving = trace::mcap_salvage<overt::event, trace::plain_files, sink::zstd>;
///     auto saved = saving::open(trace::plain_files{path});
///     auto const read = trace::each_event(*saved, [&](auto const& event) { copy.write(event); });
///     for (auto const& each : saved->problems()) { … }
template <any_event Event, class Files, sink::chunk_codec... Codecs>
class mcap_salvage {
public:
  /// Errors: the first file cannot be opened.
  [[nodiscard]] static result<mcap_salvage> open(Files files) {
    mcap_salvage made{std::move(files)};
    auto const opened = made.next_part();
    if (!opened) {
      return opened.error();
    }
    return made;
  }

  /// The next event; nothing at the end. Errors: those of the disk.
  [[nodiscard]] result<std::optional<recorded<Event>>> next() {
    if (waiting_) {
      return give_waiting();
    }
    for (;;) {
      auto event = part_->next();
      if (!event) {
        return event;
      }
      if (!*event) {
        finish_part();
        auto const more = next_part();
        if (!more) {
          return more.error();
        }
        if (!*more) {
          return std::optional<recorded<Event>>{};
        }
        continue;
      }
      auto const sequence = (*event)->head().sequence;
      auto const expected = numbers_.next();
      if (sequence < expected && !(told_gap(**event) && sequence == numbers_.next_without_gaps())) {
        problems_.push_back(part_->name() + ": event " + std::to_string(sequence) +
                            " stands there again; left out.");
        continue;
      }
      waiting_.emplace(std::move(**event));
      if (sequence > expected) {
        return give_gap(expected, sequence - expected);
      }
      return give_waiting();
    }
  }

  /// Final when all was read.
  [[nodiscard]] std::vector<std::string> const& problems() const noexcept { return problems_; }
  [[nodiscard]] std::vector<missing_events> const& missing() const noexcept { return missing_; }
  [[nodiscard]] std::uint32_t parts() const noexcept { return number_; }
  /// Of the first part; null when that is damaged.
  [[nodiscard]] nlohmann::json const& session() const noexcept { return session_; }

private:
  using events = mcap_events<Event, Files, Codecs...>;

  explicit mcap_salvage(Files files) : files_{std::move(files)} {}

  /// False: there is no further part.
  [[nodiscard]] result<bool> next_part() {
    auto opened = events::salvage(files_, number_ + 1, names_);
    if (!opened) {
      bool const none = number_ > 0 && opened.error().code == error_code::not_found;
      return none ? result<bool>{false} : result<bool>{opened.error()};
    }
    ++number_;
    part_.emplace(std::move(*opened));
    if (number_ == 1) {
      session_ = part_->session();
    }
    return true;
  }

  void finish_part() {
    for (auto const& each : part_->damage()) {
      problems_.push_back(part_->name() + ", offset " + std::to_string(each.offset) + ", " +
                          std::to_string(each.size) + " bytes: " + each.why + '.');
    }
    problems_.insert(problems_.end(), part_->problems().begin(), part_->problems().end());
  }

  [[nodiscard]] static gap const* told_gap(recorded<Event> const& what) {
    auto const* const told = what.template get_if<gap>();
    return told != nullptr && took_numbers(told->reason) ? told : nullptr;
  }

  [[nodiscard]] result<std::optional<recorded<Event>>> give_waiting() {
    static_cast<void>(numbers_.follows(*waiting_));
    return std::exchange(waiting_, std::nullopt);
  }

  /// What stands in place of what is missing before the event that waits.
  [[nodiscard]] result<std::optional<recorded<Event>>> give_gap(std::uint64_t first, std::uint64_t count) {
    missing_.push_back({first, count});
    gap told{.reason = withheld_reason::damaged, .count = count};
    static_cast<void>(numbers_.follows(first, &told));
    recorded_head head{.sequence = first, .time = waiting_->head().time, .source = recorder_source};
    return std::optional{
        v0::detail::recording::make<Event>(std::move(head), Event{event_header{}, std::move(told)})};
  }

  Files files_;
  std::shared_ptr<name_pool> names_ = std::make_shared<name_pool>();
  std::optional<events> part_;
  std::uint32_t number_ = 0;
  std::optional<recorded<Event>> waiting_; ///< the event after a gap
  sequence_check numbers_;
  std::vector<std::string> problems_;
  std::vector<missing_events> missing_;
  nlohmann::json session_;
};

} // namespace overt::inline v0::trace
