#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <overt/consent/indicator.hpp>
#include <overt/detail/iso8601.hpp>

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

/// "2026-11-22 09:00 UTC", or nothing.
[[nodiscard]] inline std::string until_of(indicator_text const& text) {
  if (text.until_wall_ns == 0) {
    return {};
  }
  auto const moment = overt::detail::format_date_time(text.until_wall_ns);
  return moment.substr(0, 10) + ' ' + moment.substr(11, 5) + " UTC";
}

} // namespace overt::inline v0::consent::detail
