#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::sink::packed {

/// A varint has so many bytes at most.
inline constexpr std::size_t longest_varint = 10;

/// Writes a number as a varint: seven bits a byte, the lowest first, the top bit set on all but the last
/// (LEB128, unsigned, as in DWARF 5, section 7.6). Returns how many bytes it took.
[[nodiscard]] constexpr std::size_t put_varint(std::uint64_t value, char* out) noexcept {
  std::size_t size = 0;
  while (value >= 0x80) {
    out[size++] = static_cast<char>(static_cast<unsigned char>(value | 0x80));
    value >>= 7;
  }
  out[size++] = static_cast<char>(value);
  return size;
}

/// Takes a varint from the front. False for one that is cut off, longer than it needs to be, or over 64 bits.
[[nodiscard]] constexpr bool take_varint(std::string_view& from, std::uint64_t& value) noexcept {
  value = 0;
  for (std::size_t i = 0; i < from.size() && i < longest_varint; ++i) {
    auto const byte = static_cast<unsigned char>(from[i]);
    if (i + 1 == longest_varint && byte > 1) {
      return false;
    }
    value |= std::uint64_t{byte & 0x7fU} << (7 * i);
    if (byte < 0x80) {
      bool const shortest = byte != 0 || i == 0;
      from.remove_prefix(i + 1);
      return shortest;
    }
  }
  return false;
}

/// Small numbers of either sign become small numbers: 0, -1, 1, -2, … become 0, 1, 2, 3, … ("zigzag", as in
/// the encoding of Protocol Buffers). The sign is bit 63.
[[nodiscard]] constexpr std::uint64_t zigzag(std::uint64_t bits) noexcept {
  return bits << 1 ^ (0 - (bits >> 63));
}
[[nodiscard]] constexpr std::uint64_t unzigzag(std::uint64_t value) noexcept {
  return value >> 1 ^ (0 - (value & 1));
}

} // namespace overt::inline v0::sink::packed
