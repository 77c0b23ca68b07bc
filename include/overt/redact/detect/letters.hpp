#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detect::detail {

// Classes of bytes of folded text, by a table: <cctype> asks the locale.
inline constexpr std::uint8_t is_a_digit = 1;
inline constexpr std::uint8_t is_a_letter = 2;
inline constexpr std::uint8_t is_hexadecimal = 4;
inline constexpr std::uint8_t is_local_part = 8; ///< of an e-mail address, beside letters and digits
inline constexpr std::uint8_t is_not_ascii = 16;

inline constexpr auto byte_classes = [] {
  std::array<std::uint8_t, 256> table{};
  auto const mark = [&](std::string_view bytes, std::uint8_t as) {
    for (auto const byte : bytes) {
      auto& entry = table[static_cast<unsigned char>(byte)];
      entry = static_cast<std::uint8_t>(entry | as);
    }
  };
  mark("0123456789", is_a_digit | is_hexadecimal);
  mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", is_a_letter);
  mark("ABCDEFabcdef", is_hexadecimal);
  mark("!#$%&'*+^_~.-", is_local_part);
  for (std::size_t byte = 0x80; byte < 256; ++byte) {
    table[byte] = is_not_ascii;
  }
  return table;
}();

[[nodiscard]] constexpr bool is_any(char byte, unsigned classes) noexcept {
  return (byte_classes[static_cast<unsigned char>(byte)] & classes) != 0;
}
[[nodiscard]] constexpr bool is_digit(char byte) noexcept { return is_any(byte, is_a_digit); }
[[nodiscard]] constexpr bool is_letter(char byte) noexcept { return is_any(byte, is_a_letter); }
[[nodiscard]] constexpr bool is_alnum(char byte) noexcept { return is_any(byte, is_a_digit | is_a_letter); }
[[nodiscard]] constexpr bool is_hex(char byte) noexcept { return is_any(byte, is_hexadecimal); }
/// Part of a word: letters and digits of any script.
[[nodiscard]] constexpr bool is_word_byte(char byte) noexcept {
  return is_any(byte, is_a_digit | is_a_letter | is_not_ascii);
}
[[nodiscard]] constexpr char to_lower(char byte) noexcept {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
}
[[nodiscard]] constexpr char to_upper(char byte) noexcept {
  return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte;
}

/// The byte at a place of the text, 0 outside of it; `at` may be one before the first.
[[nodiscard]] constexpr char byte_at(std::string_view text, std::size_t at) noexcept {
  return at < text.size() ? text[at] : '\0';
}
[[nodiscard]] constexpr char byte_before(std::string_view text, std::size_t at) noexcept {
  return at > 0 ? text[at - 1] : '\0';
}

/// A letter, a digit or an underscore of ASCII: what a number that stands alone has on neither side.
[[nodiscard]] constexpr bool is_attached(char byte) noexcept { return is_alnum(byte) || byte == '_'; }

} // namespace overt::inline v0::detect::detail
