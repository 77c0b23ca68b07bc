#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detail {

/// `[k][b]` is what a byte b does to the CRC k bytes later.
template <std::uint32_t Polynomial>
inline constexpr auto reflected_crc_tables = [] {
  std::array<std::array<std::uint32_t, 256>, 16> made{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    auto crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? Polynomial : 0U);
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

/// A CRC of 32 bits, reflected, first and last inverted, in parts. `Polynomial`: with its bits reversed.
///
/// Sixteen bytes a step with one table for each, after the "slicing" method of M. E. Kounavis and F. L. Berry
/// (A Systematic Approach to Building High Performance Software-based CRC Generators, 2005). Uses no
/// instruction of one processor.
template <std::uint32_t Polynomial>
class reflected_crc {
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
      crc = of<15>(a) ^ of<14>(a >> 8) ^ of<13>(a >> 16) ^ of<12>(a >> 24) ^ //
            of<11>(b) ^ of<10>(b >> 8) ^ of<9>(b >> 16) ^ of<8>(b >> 24) ^   //
            of<7>(c) ^ of<6>(c >> 8) ^ of<5>(c >> 16) ^ of<4>(c >> 24) ^     //
            of<3>(d) ^ of<2>(d >> 8) ^ of<1>(d >> 16) ^ of<0>(d >> 24);
    }
    for (; left > 0; --left, ++at) {
      crc = of<0>(crc ^ static_cast<std::uint8_t>(*at)) ^ (crc >> 8);
    }
    state_ = crc;
  }

  /// Of all that was given so far; more may follow.
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return ~state_; }

private:
  template <std::size_t Later>
  [[nodiscard]] static constexpr std::uint32_t of(std::uint32_t byte) noexcept {
    return reflected_crc_tables<Polynomial>[Later][byte & 0xff];
  }

  /// Four bytes, the first the lowest; compilers make one load of it where the machine has that order.
  [[nodiscard]] static constexpr std::uint32_t word(char const* at) noexcept {
    auto const byte = [at](std::size_t i) { return std::uint32_t{static_cast<std::uint8_t>(at[i])}; };
    return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
  }

  std::uint32_t state_ = 0xffffffff;
};

} // namespace overt::inline v0::detail
