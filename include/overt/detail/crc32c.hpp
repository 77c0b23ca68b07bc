#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detail {

/// Table `k` is what a byte does to the checksum when `k` more bytes follow it.
using crc32c_tables = std::array<std::array<std::uint32_t, 256>, 8>;

[[nodiscard]] constexpr crc32c_tables make_crc32c_tables() noexcept {
  constexpr std::uint32_t polynomial = 0x82f63b78; // 0x1edc6f41 with its bits reversed
  crc32c_tables made{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    auto value = byte;
    for (int bit = 0; bit < 8; ++bit) {
      value = value >> 1 ^ ((value & 1) != 0 ? polynomial : 0);
    }
    made[0][byte] = value;
  }
  for (std::size_t k = 1; k < made.size(); ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      auto const before = made[k - 1][byte];
      made[k][byte] = before >> 8 ^ made[0][before & 0xff];
    }
  }
  return made;
}

inline constexpr crc32c_tables crc32c_table = make_crc32c_tables();

/// CRC-32C, the Castagnoli checksum of RFC 3720 (iSCSI), piece by piece. Finds every change of up to 32 bits
/// in a row; it is no protection against someone who changes bytes on purpose.
///
/// Eight bytes at a time with eight tables ("slicing-by-8": M. Kounavis and F. Berry, A Systematic Approach
/// to Building High Performance Software-based CRC Generators, 2005). Uses no instruction of one processor.
///
///     crc32c sum;
///     sum.update("1234");
///     sum.update("56789");
///     sum.value();           // 0xe3069283, as crc32c_of("123456789")
class crc32c {
public:
  constexpr void update(std::string_view bytes) noexcept {
    auto state = state_;
    auto const at = [&bytes](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
    };
    std::size_t i = 0;
    for (; bytes.size() - i >= 8; i += 8) {
      auto const low = state ^ (at(i) | at(i + 1) << 8 | at(i + 2) << 16 | at(i + 3) << 24);
      auto const high = at(i + 4) | at(i + 5) << 8 | at(i + 6) << 16 | at(i + 7) << 24;
      state = crc32c_table[7][low & 0xff] ^ crc32c_table[6][low >> 8 & 0xff] ^
              crc32c_table[5][low >> 16 & 0xff] ^ crc32c_table[4][low >> 24] ^ crc32c_table[3][high & 0xff] ^
              crc32c_table[2][high >> 8 & 0xff] ^ crc32c_table[1][high >> 16 & 0xff] ^
              crc32c_table[0][high >> 24];
    }
    for (; i < bytes.size(); ++i) {
      state = state >> 8 ^ crc32c_table[0][(state ^ at(i)) & 0xff];
    }
    state_ = state;
  }

  /// Of all that was given so far. More may follow.
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return ~state_; }

private:
  std::uint32_t state_ = 0xffffffff;
};

[[nodiscard]] constexpr std::uint32_t crc32c_of(std::string_view bytes) noexcept {
  crc32c sum;
  sum.update(bytes);
  return sum.value();
}

} // namespace overt::inline v0::detail
