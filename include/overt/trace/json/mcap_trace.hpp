#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <overt/event/name_pool.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/chunk_codec.hpp>
#include <overt/trace/json/mcap_events.hpp>
#include <overt/trace/selection.hpp>
#include <overt/trace/sequence_check.hpp>

namespace overt::inline v0::trace {

/// All parts of an MCAP trace as one (see `mcap_events` for what is done with a file that has no end). A
/// missing number, part or place in the order is an error.
template <any_event Event, class Files, sink::chunk_codec... Codecs>
class mcap_trace {
public:
  [[nodiscard]] static result<mcap_trace> open(Files files) {
    mcap_trace made{std::move(files)};
    auto const opened = made.next_part();
    return opened ? result<mcap_trace>{std::move(made)} : result<mcap_trace>{opened.error()};
  }

  [[nodiscard]] result<std::optional<recorded<Event>>> next() {
    for (;;) {
      auto event = part_->next();
      if (!event) {
        return event;
      }
      if (!*event) {
        if (!part_->more_parts()) {
          return event;
        }
        if (auto const opened = next_part(); !opened) {
          return opened.error();
        }
        continue;
      }
      auto const& head = (*event)->head();
      if (selected_.takes_all() && !numbers_.follows(**event)) {
        return failure{error_code::invalid_input,
                       part_->name() + ": something is missing before event " +
                           std::to_string(head.sequence) +
                           ". overt verify says what, and overt recover saves the rest."};
      }
      if (selected_.takes(**event)) {
        return event;
      }
    }
  }

  /// Starts over with the events at or after this time, on the trace's own grid.
  [[nodiscard]] result<void> seek(timestamp from) {
    selected_.from = from;
    return start_over();
  }

  /// Starts over with the events of these payloads, at or after the time of `seek`. None: of all.
  [[nodiscard]] result<void> only(std::vector<std::string> payloads) {
    selected_.payloads = std::move(payloads);
    return start_over();
  }

  [[nodiscard]] nlohmann::json const& session() const noexcept { return part_->session(); }
  /// Whether the last part has its end; false after a crash. Final when all was read.
  [[nodiscard]] bool complete() const noexcept { return part_->complete() && !part_->more_parts(); }
  [[nodiscard]] std::map<std::string, std::uint64_t> counts() const { return part_->counts(); }
  /// Of all parts that were read: see `mcap_events`.
  [[nodiscard]] std::vector<std::string> problems() const {
    auto all = problems_;
    all.insert(all.end(), part_->problems().begin(), part_->problems().end());
    return all;
  }
  /// The part that is being read.
  [[nodiscard]] mcap_events<Event, Files, Codecs...> const& part() const noexcept { return *part_; }

private:
  using events = mcap_events<Event, Files, Codecs...>;

  explicit mcap_trace(Files files) : files_{std::move(files)} {}

  [[nodiscard]] result<void> start_over() {
    if (number_ != 1) {
      number_ = 0;
      if (auto const opened = next_part(); !opened) {
        return opened;
      }
    }
    problems_.clear();
    numbers_ = sequence_check{};
    return part_->restart(selected_.from.value_or(timestamp{}), selected_.payloads);
  }

  [[nodiscard]] result<void> next_part() {
    auto opened = events::open(files_, number_ + 1, names_);
    if (!opened) {
      return number_ == 0 ? opened.error()
                          : failure{opened.error().code,
                                    "the next part of the trace cannot be read: " + opened.error().message};
    }
    auto const trace = opened->about("trace");
    if (number_ > 0 && trace && trace != part_->about("trace")) {
      return failure{error_code::invalid_input, opened->name() + " is part of another trace."};
    }
    if (auto const part = opened->about("part"); part && *part != std::to_string(number_ + 1)) {
      return failure{error_code::invalid_input, opened->name() + " is part " + *part +
                                                    " of the trace, not part " + std::to_string(number_ + 1) +
                                                    "."};
    }
    if (part_) {
      problems_.insert(problems_.end(), part_->problems().begin(), part_->problems().end());
    }
    ++number_;
    part_.emplace(std::move(*opened));
    return {};
  }

  Files files_;
  std::shared_ptr<name_pool> names_ = std::make_shared<name_pool>(); ///< of all parts
  std::optional<events> part_;
  std::uint32_t number_ = 0;
  std::vector<std::string> problems_; ///< of the parts before
  sequence_check numbers_;
  selection selected_;
};

} // namespace overt::inline v0::trace
