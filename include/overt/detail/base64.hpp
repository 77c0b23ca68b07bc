#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace overt::inline v0::detail {

/// 32 bytes from their 44 characters of base64 (RFC 4648, with padding); nothing for any other form. Like
/// most decoders it ignores the two bits that are left over in the last character.
[[nodiscard]] constexpr std::optional<std::array<std::uint8_t, 32>> key_from_base64(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() != 44 || text.back() != '=') {
    return std::nullopt;
  }
  std::array<std::uint8_t, 32> key{};
  std::size_t used = 0;
  std::uint32_t bits = 0;
  int count = 0;
  for (auto const digit : text.substr(0, 43)) {
    auto const value = digits.find(digit);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      key[used++] = static_cast<std::uint8_t>(bits >> count);
    }
  }
  return key;
}

/// The 44 characters of base64 of 32 bytes.
[[nodiscard]] inline std::string key_to_base64(std::array<std::uint8_t, 32> const& key) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (auto const byte : key) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 6; count -= 6) {
      text += digits[bits >> (count - 6) & 63];
    }
  }
  text += digits[bits << (6 - count) & 63]; // 256 bits are 42 characters and four bits
  return text + '=';
}

} // namespace overt::inline v0::detail
