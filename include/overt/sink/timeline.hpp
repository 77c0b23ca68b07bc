#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/event_phrase.hpp>
#include <overt/sink/session_info.hpp>

namespace overt::inline v0::sink {

/// Prints what was recorded as lines for a person to read, to standard output or any other stream that stays
/// open. Runs of typing and of pointer moves become one line. It shows what a trace holds, and so nothing
/// that was withheld but the fact.
///
///     0:03.120  mousepad   presses Control+s
///     0:05.001             not recorded: outside what was agreed to
class timeline {
public:
  explicit timeline(std::FILE* out = stdout) noexcept : out_{out} {}

  [[nodiscard]] result<void> open(session_info const& info) {
    grid_ns_ = info.time_grid_ns;
    return {};
  }

  /// Times are on a grid of so many nanoseconds; 0 for exact ones. For a reader; a recorder tells it by
  /// itself.
  void use_grid(std::int64_t grid_ns) noexcept { grid_ns_ = grid_ns; }

  template <any_event Event>
  void write(cleared<Event> const& what) {
    show(what, what.head().where);
  }

  template <any_event Event>
  void write(recorded<Event> const& what) {
    show(what, what.head().where ? &*what.head().where : nullptr);
  }

  [[nodiscard]] result<void> flush() {
    std::fflush(out_);
    return {};
  }

  [[nodiscard]] result<void> close(session_end const&) {
    finish();
    return flush();
  }

  /// Prints what is still being put together.
  void finish() {
    end_run();
    std::fflush(out_);
  }

private:
  template <class Event>
  void show(Event const& what, context const* where) {
    auto const when = what.head().time;
    start_ = start_.value_or(when);
    what.visit([&](auto const& payload) {
      auto said = phrase_of(payload);
      if (said.kind == phrase_kind::silent) {
        return;
      }
      std::string place = where == nullptr ? std::string{} : place_name(*where);
      bool const joins = said.kind != phrase_kind::line && said.kind == run_.kind && place == run_place_;
      if (!joins) {
        end_run();
      }
      if (said.kind == phrase_kind::line) {
        print(when, place, said.text);
        return;
      }
      if (!joins) {
        run_ = {said.kind, {}};
        run_place_ = std::move(place);
        run_start_ = when;
        run_length_ = 0;
      }
      ++run_length_;
      run_.text = said.kind == phrase_kind::typing ? run_.text + said.text : said.text;
    });
  }

  void end_run() {
    if (run_.kind == phrase_kind::typing) {
      print(run_start_, run_place_, "types \"" + printable(run_.text) + "\"");
    } else if (run_.kind == phrase_kind::moving) {
      print(run_start_, run_place_,
            "moves the pointer to " + run_.text + " (" + std::to_string(run_length_) + " points)");
    }
    run_ = {};
  }

  void print(timestamp when, std::string_view place, std::string_view said) const {
    auto const since = when - *start_;
    auto const ms = since / 1'000'000;
    char time[32];
    if (grid_ns_ == 0) {
      std::snprintf(time, sizeof time, "%3lld:%02lld.%03lld", static_cast<long long>(ms / 60'000),
                    static_cast<long long>(ms / 1000 % 60), static_cast<long long>(ms % 1000));
    } else {
      std::snprintf(time, sizeof time, "from%3lld:%02lld", static_cast<long long>(ms / 60'000),
                    static_cast<long long>(ms / 1000 % 60));
    }
    std::fprintf(out_, "%10s  %-16.*s  %.*s\n", time, static_cast<int>(place.size()), place.data(),
                 static_cast<int>(said.size()), said.data());
  }

  std::FILE* out_;
  std::int64_t grid_ns_ = 0;
  std::optional<timestamp> start_{};
  phrase run_{};
  std::string run_place_{};
  timestamp run_start_{};
  std::uint64_t run_length_ = 0;
};

} // namespace overt::inline v0::sink
