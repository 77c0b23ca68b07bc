#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>

#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/sink/session_info.hpp>
#include <overt/sink/told_lines.hpp>

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
    lines_.finish([&](told_line const& line) { print(line); });
    std::fflush(out_);
  }

private:
  template <class Event>
  void show(Event const& what, context const* where) {
    start_ = start_.value_or(what.head().time);
    lines_.push(what, where, [&](told_line const& line) { print(line); });
  }

  void print(told_line const& line) const {
    auto const place = printable(line.place.name());
    auto const since = line.began - *start_;
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
                 static_cast<int>(line.text.size()), line.text.data());
  }

  std::FILE* out_;
  std::int64_t grid_ns_ = 0;
  std::optional<timestamp> start_{};
  told_lines lines_{};
};

} // namespace overt::inline v0::sink
