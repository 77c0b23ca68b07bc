#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include <overt/detail/utf8.hpp>
#include <overt/event/key_symbol.hpp>

namespace overt::inline v0::dataset {

/// The keys that write a text, one for each character: a line feed is Return, a tab is Tab. Nothing when it
/// is not UTF-8, or holds another control character, which no key writes.
[[nodiscard]] inline std::optional<std::vector<key_symbol>> symbols_of_text(std::string_view text) {
  constexpr key_symbol enter{0xff0d};
  constexpr key_symbol tab{0xff09};
  std::vector<key_symbol> keys;
  keys.reserve(text.size());
  while (!text.empty()) {
    auto const next = overt::detail::decode_utf8(text);
    if (next.size == 0) {
      return std::nullopt;
    }
    text.remove_prefix(next.size);
    auto const character = next.character;
    if (character == '\n') {
      keys.push_back(enter);
    } else if (character == '\t') {
      keys.push_back(tab);
    } else if (character < 0x20 || (character >= 0x7f && character < 0xa0)) {
      return std::nullopt;
    } else {
      keys.push_back(symbol_of_character(character));
    }
  }
  return keys;
}

} // namespace overt::inline v0::dataset
