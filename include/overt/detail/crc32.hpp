#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detail {

/// `crc32_tables[k][b]` is what a byte b does to the CRC k bytes later.
inline constexpr auto crc32_tables = [] {
  std::array<std::array<std::uint32_t, 256>, 16> made{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    auto crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    }
    made[0][byte] = crc;
  }
  for (std::size_t later = 1; later < made.size(); ++later) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      auto const before = made[later - 1][byte];
      made[later][byte] = made[0][before & 0xff] ^ (before >> 8);
    }
  }
  return made;
}();

template <std::size_t Later>
[[nodiscard]] constexpr std::uint32_t crc32_of(std::uint32_t byte) noexcept {
  return crc32_tables[Later][byte & 0xff];
}

/// CRC-32 as Ethernet, zlib and MCAP have it: polynomial 0x04c11db7, reflected, first and last inverted. In
/// parts:
///
///     crc32_state crc;
///     crc.update("1234");
///     crc.update("56789");
///     crc.value();   // 0xcbf43926, and more may follow
///
/// Sixteen bytes a step with one table for each, after the "slicing" method of M. E. Kounavis and F. L. Berry
/// (2005).
class crc32_state {
public:
  constexpr void update(std::string_view bytes) noexcept {
    auto crc = state_;
    auto const* at = bytes.data();
    auto left = bytes.size();
    for (; left >= 16; left -= 16, at += 16) {
      auto const a = word(at) ^ crc;
      auto const b = word(at + 4);
      auto const c = word(at + 8);
      auto const d = word(at + 12);
      crc = crc32_of<15>(a) ^ crc32_of<14>(a >> 8) ^ crc32_of<13>(a >> 16) ^ crc32_of<12>(a >> 24) ^ //
            crc32_of<11>(b) ^ crc32_of<10>(b >> 8) ^ crc32_of<9>(b >> 16) ^ crc32_of<8>(b >> 24) ^   //
            crc32_of<7>(c) ^ crc32_of<6>(c >> 8) ^ crc32_of<5>(c >> 16) ^ crc32_of<4>(c >> 24) ^     //
            crc32_of<3>(d) ^ crc32_of<2>(d >> 8) ^ crc32_of<1>(d >> 16) ^ crc32_of<0>(d >> 24);
    }
    for (; left > 0; --left, ++at) {
      crc = crc32_of<0>(crc ^ static_cast<std::uint8_t>(*at)) ^ (crc >> 8);
    }
    state_ = crc;
  }

  /// Of all that was given so far.
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return ~state_; }

private:
  /// Four bytes, the first the lowest; compilers make one load of it where the machine has that order.
  [[nodiscard]] static constexpr std::uint32_t word(char const* at) noexcept {
    auto const byte = [at](std::size_t i) { return std::uint32_t{static_cast<std::uint8_t>(at[i])}; };
    return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
  }

  std::uint32_t state_ = 0xffffffff;
};

/// The CRC-32 of these bytes.
[[nodiscard]] constexpr std::uint32_t crc32(std::string_view bytes) noexcept {
  crc32_state crc;
  crc.update(bytes);
  return crc.value();
}

} // namespace overt::inline v0::detail
