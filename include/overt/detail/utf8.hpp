#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detail {

/// One decoded character and how many bytes it took; size 0 for bytes that are not UTF-8.
struct utf8_character {
  std::uint32_t character = 0;
  std::size_t size = 0;
};

/// Decodes the first character (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
[[nodiscard]] constexpr utf8_character decode_utf8(std::string_view text) noexcept {
  if (text.empty()) {
    return {};
  }
  auto const byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  auto const first = byte(0);
  if (first < 0x80) {
    return {first, 1};
  }
  std::size_t const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) {
    return {};
  }
  std::uint32_t value = first & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) {
      return {};
    }
    value = value << 6 | (byte(i) & 0x3f);
  }
  constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < smallest[size] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
    return {};
  }
  return {value, size};
}

/// Writes a character to `out` (room for four bytes) and returns how many bytes it took.
constexpr std::size_t encode_utf8(std::uint32_t character, char* out) noexcept {
  auto const put = [&](std::size_t i, std::uint32_t byte) {
    out[i] = static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (character < 0x80) {
    put(0, character);
    return 1;
  }
  std::size_t const size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  constexpr std::uint32_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
  put(0, lead[size] | character >> (6 * (size - 1)));
  for (std::size_t i = 1; i < size; ++i) {
    put(i, 0x80 | ((character >> (6 * (size - 1 - i))) & 0x3f));
  }
  return size;
}

} // namespace overt::inline v0::detail
