#pragma once

#include <cstddef>
#include <string_view>

namespace overt::inline v0::redact {

/// Whether `word` is in `list`: words in ascending order of their bytes, one space between them. A binary
/// search over the text itself, so that a list needs neither memory nor time when a program starts.
[[nodiscard]] constexpr bool is_in_word_list(std::string_view list, std::string_view word) noexcept {
  if (word.empty() || word.find(' ') != std::string_view::npos) {
    return false;
  }
  while (!list.empty()) {
    auto const space_before = list.rfind(' ', list.size() / 2);
    auto const begin = space_before == std::string_view::npos ? 0 : space_before + 1;
    auto const space_behind = list.find(' ', begin);
    auto const end = space_behind == std::string_view::npos ? list.size() : space_behind;
    auto const middle = list.substr(begin, end - begin);
    if (middle == word) {
      return true;
    }
    if (word < middle) {
      list = list.substr(0, begin == 0 ? 0 : begin - 1);
    } else {
      list.remove_prefix(end == list.size() ? end : end + 1);
    }
  }
  return false;
}

} // namespace overt::inline v0::redact
