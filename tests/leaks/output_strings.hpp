#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leaks {

/// Calls `use(name, value)` for every string value of a line of JSON, decoded, with the name of its member
/// (of the innermost object; elements of a list have the name of the list). `name` and `value` are good until
/// it returns. Not a parser: it reads what the library wrote, and a string that is broken is handed over as
/// far as it goes.
template <class Use>
void each_string(std::string_view json, Use&& use) {
  std::string name;
  std::string text;
  auto const append_utf8 = [&text](unsigned character) {
    if (character < 0x80) {
      text += static_cast<char>(character);
    } else if (character < 0x800) {
      text += static_cast<char>(0xc0u | (character >> 6));
      text += static_cast<char>(0x80u | (character & 0x3fu));
    } else {
      text += static_cast<char>(0xe0u | (character >> 12));
      text += static_cast<char>(0x80u | ((character >> 6) & 0x3fu));
      text += static_cast<char>(0x80u | (character & 0x3fu));
    }
  };
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '"') {
      continue;
    }
    text.clear();
    for (++i; i < json.size() && json[i] != '"'; ++i) {
      if (json[i] != '\\' || i + 1 >= json.size()) {
        text += json[i];
        continue;
      }
      ++i;
      if (json[i] == 'u' && i + 4 < json.size()) {
        unsigned character = 0;
        for (int digit = 0; digit < 4; ++digit) {
          auto const place = std::string_view{"0123456789abcdef0123456789ABCDEF"}.find(json[++i]);
          character =
              character * 16 + (place == std::string_view::npos ? 0u : static_cast<unsigned>(place % 16));
        }
        append_utf8(character);
      } else {
        auto const place = std::string_view{"nrtbf"}.find(json[i]);
        text += place == std::string_view::npos ? json[i] : "\n\r\t\b\f"[place];
      }
    }
    if (i + 1 < json.size() && json[i + 1] == ':') {
      name = text;
    } else {
      use(std::string_view{name}, std::string_view{text});
    }
  }
}

} // namespace leaks
