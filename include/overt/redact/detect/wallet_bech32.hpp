#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/wallet_base58.hpp>

namespace overt::inline v0::detect::detail::wallets {

inline constexpr auto bech32_values = values_of("qpzry9x8gf2tvdw0s3jn54khce6mua7l");

/// What an address of BIP-173 (bech32) or BIP-350 (bech32m) turned out to be.
struct bech32_reading {
  std::size_t prefix = 0; ///< characters before the last 1; 0 where the text has not this shape
  bool checksum = false;
};

/// Reads "prefix1data": at most 16 characters before the last 1, all of one size, data of the alphabet.
[[nodiscard]] constexpr bech32_reading read_bech32(std::string_view text) noexcept {
  auto const one = text.rfind('1');
  if (one == std::string_view::npos || one < 2 || one > 16 || text.size() - one < 26) {
    return {};
  }
  auto const capital = text[0] >= 'A' && text[0] <= 'Z';
  auto const fold = [&](char c) { return capital && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::uint32_t check = 1;
  auto const add = [&](std::uint32_t value) {
    constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                     0x2a1462b3};
    auto const top = check >> 25;
    check = (check & 0x1ffffff) << 5 ^ value;
    for (std::size_t i = 0; i < generator.size(); ++i) {
      check ^= (top >> i & 1) != 0 ? generator[i] : 0;
    }
  };
  for (std::size_t i = 0; i < one; ++i) {
    auto const c = fold(text[i]);
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
      return {};
    }
    add(static_cast<std::uint32_t>(c) >> 5);
  }
  add(0);
  for (std::size_t i = 0; i < one; ++i) {
    add(static_cast<std::uint32_t>(fold(text[i])) & 31u);
  }
  for (auto const c : text.substr(one + 1)) {
    auto const value = bech32_values[static_cast<unsigned char>(fold(c))];
    if (value < 0 || (capital && c >= 'a' && c <= 'z')) {
      return {};
    }
    add(static_cast<std::uint32_t>(value));
  }
  return {one, check == 1 || check == 0x2bc830a3};
}

} // namespace overt::inline v0::detect::detail::wallets
