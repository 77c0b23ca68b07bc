#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace overt::inline v0::detail {

/// Bytes as lower-case hexadecimal digits.
[[nodiscard]] inline std::string to_hex(std::span<std::uint8_t const> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (auto const byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

/// The eight digits of a number, such as a checksum.
[[nodiscard]] constexpr std::array<char, 8> hex_digits(std::uint32_t number) noexcept {
  std::array<char, 8> digits{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    digits[i] = "0123456789abcdef"[number >> (28 - 4 * i) & 15];
  }
  return digits;
}

/// Whether `text` is exactly `length` lower-case hexadecimal digits.
[[nodiscard]] constexpr bool is_lower_hex(std::string_view text, std::size_t length) noexcept {
  return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace overt::inline v0::detail
