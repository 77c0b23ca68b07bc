#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt/detail/utf8.hpp>

namespace overt::inline v0::dataset {

namespace detail {

/// Whether a character stands in a Python literal as it is. What cannot be seen, ends a line for some reader
/// or turns the direction of what follows is written as its number.
[[nodiscard]] constexpr bool stands_in_python(std::uint32_t character) noexcept {
  auto const within = [&](std::uint32_t first, std::uint32_t last) {
    return character >= first && character <= last;
  };
  return !(character < 0x20 || within(0x7f, 0xa0) || character == 0xad || within(0x200b, 0x200f) ||
           within(0x2028, 0x202e) || within(0x2060, 0x206f) || within(0xe000, 0xf8ff) ||
           within(0xfdd0, 0xfdef) || character == 0xfeff || within(0xfff0, 0xfffb) ||
           (character & 0xfffe) == 0xfffe || within(0xe0000, 0xe0fff) || character >= 0xf0000);
}

inline void put_escape(std::string& out, std::uint32_t character) {
  auto const digits = character < 0x100 ? 2 : character < 0x10000 ? 4 : 8;
  out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[character >> shift & 15];
  }
}

} // namespace detail

/// The texts that trainers replace with a picture, a film or a sound, wherever they stand.
inline constexpr std::string_view media_tokens[] = {"<image>", "<video>", "<audio>"};

[[nodiscard]] inline bool has_media_token(std::string_view text) noexcept {
  for (auto const token : media_tokens) {
    if (text.find(token) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// A text as a Python literal in single quotes: `ast.literal_eval` gives the same characters, whatever they
/// are. The `<` of a media token is written as its number. Nothing for bytes that are no UTF-8 (a surrogate
/// is none either).
[[nodiscard]] inline std::optional<std::string> python_literal(std::string_view text) {
  std::string out{"'"};
  for (std::size_t i = 0; i < text.size();) {
    auto const [character, size] = v0::detail::decode_utf8(text.substr(i));
    if (size == 0) {
      return std::nullopt;
    }
    switch (character) {
    case '\'': out += "\\'"; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default: {
      auto const ahead = text.substr(i, 7);
      bool const token = character == '<' &&
                         (ahead == media_tokens[0] || ahead == media_tokens[1] || ahead == media_tokens[2]);
      if (token || !detail::stands_in_python(character)) {
        detail::put_escape(out, character);
      } else {
        out += text.substr(i, size);
      }
    }
    }
    i += size;
  }
  return out + '\'';
}

} // namespace overt::inline v0::dataset
