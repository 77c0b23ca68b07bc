#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/consent/controls.hpp>
#include <overt/consent/exemptions.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/detail/iso8601.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent::detail {

/// Text from a receipt as it may be shown: printable ASCII, so that nothing in it can move a cursor or turn
/// the direction of writing.
[[nodiscard]] inline std::string plain(std::string_view text) {
  std::string shown;
  for (auto const letter : text) {
    auto const byte = static_cast<unsigned char>(letter);
    if (byte >= 0x20 && byte < 0x7f) {
      shown += letter;
    } else if (byte < 0x80 || byte >= 0xc0) {
      shown += '?'; // one for each character
    }
  }
  return shown;
}

/// At most `columns` characters of ASCII text; what was cut shows as "...".
[[nodiscard]] inline std::string fitted(std::string text, std::size_t columns) {
  if (text.size() > columns) {
    text.resize(columns < 3 ? columns : columns - 3);
    text += columns < 3 ? "" : "...";
  }
  return text;
}

/// "org.gnome.TextEditor, https://example.org/*"
[[nodiscard]] inline std::string applications_of(indicator_text const& text) {
  std::string line;
  for (auto const& application : text.applications) {
    line += (line.empty() ? "" : ", ") + plain(application);
  }
  return line;
}

/// "Task: rename the file", or nothing.
[[nodiscard]] inline std::string task_of(indicator_text const& text) {
  return text.task.empty() ? std::string{} : "Task: " + plain(text.task);
}

/// "9:41" or "1:02:03": what is left of a time, the begun second counted.
[[nodiscard]] inline std::string time_left(std::int64_t ns) {
  constexpr std::int64_t second = 1'000'000'000;
  auto const seconds = ns <= 0 ? 0 : (ns + second - 1) / second;
  auto const two = [](std::int64_t number) {
    return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  };
  auto const minutes = seconds / 60;
  return (minutes < 60 ? std::to_string(minutes) : std::to_string(minutes / 60) + ':' + two(minutes % 60)) +
         ':' + two(seconds % 60);
}

/// "Recording", "Paused", "Paused 9:41" or "Stopping".
[[nodiscard]] inline std::string state_of(control_state const& state, timestamp now) {
  if (state.stopping) {
    return "Stopping";
  }
  if (!state.paused) {
    return "Recording";
  }
  return state.until ? "Paused " + time_left(*state.until - now) : "Paused";
}

/// "Not recorded: mousepad", or nothing.
[[nodiscard]] inline std::string exempt_of(exemptions const& exempt) {
  std::string line;
  for (auto const* const list : {&exempt.applications(), &exempt.sites()}) {
    for (auto const& each : *list) {
      line += (line.empty() ? "Not recorded: " : ", ") + plain(each);
    }
  }
  return line;
}

/// "2026-11-22 09:00 UTC", or nothing.
[[nodiscard]] inline std::string until_of(indicator_text const& text) {
  if (text.until_wall_ns == 0) {
    return {};
  }
  auto const moment = overt::detail::format_date_time(text.until_wall_ns);
  return moment.substr(0, 10) + ' ' + moment.substr(11, 5) + " UTC";
}

} // namespace overt::inline v0::consent::detail
