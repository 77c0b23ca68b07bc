#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/detail/sha256.hpp>

namespace overt::inline v0::detect::detail::wallets {

/// The alphabets of base 58: Bitcoin's (without 0, O, I and l), and the order that Ripple uses.
inline constexpr std::string_view base58_digits =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
inline constexpr std::string_view ripple_digits =
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

[[nodiscard]] constexpr std::array<std::int8_t, 256> values_of(std::string_view digits) noexcept {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}
inline constexpr auto base58_values = values_of(base58_digits);
inline constexpr auto ripple_values = values_of(ripple_digits);

[[nodiscard]] constexpr bool is_base58(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return base58_values[static_cast<unsigned char>(c)] >= 0; });
}

/// Up to 90 bytes decoded; `size` is 0 where the text is not of the alphabet, or longer.
struct decoded58 {
  std::array<std::uint8_t, 90> bytes{};
  std::size_t size = 0;
};

/// Decodes a number of base 58 (draft-msporny-base58): leading ones are leading zero bytes.
[[nodiscard]] constexpr decoded58 decode58(std::string_view text,
                                           std::array<std::int8_t, 256> const& values) noexcept {
  decoded58 out;
  if (text.size() > 115) {
    return out;
  }
  std::array<std::uint32_t, 23> limbs{}; // the number, lowest first
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size();) {
    // Five digits at a time: 58 to the fifth is less than 2 to the 32nd.
    std::uint64_t factor = 1;
    std::uint64_t carry = 0;
    for (auto const stop = std::min(text.size(), i + 5); i < stop; ++i) {
      auto const value = values[static_cast<unsigned char>(text[i])];
      if (value < 0) {
        return out;
      }
      factor *= 58;
      carry = carry * 58 + static_cast<std::uint64_t>(value);
    }
    for (std::size_t k = 0; k < used || carry != 0; ++k) {
      if (k == limbs.size()) {
        return out;
      }
      carry += limbs[k] * factor;
      limbs[k] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
      used = std::max(used, k + 1);
    }
  }
  auto bytes = used * 4;
  while (bytes > 0 && (limbs[(bytes - 1) / 4] >> (bytes - 1) % 4 * 8 & 255) == 0) {
    --bytes;
  }
  std::size_t zeros = 0;
  while (zeros < text.size() && values[static_cast<unsigned char>(text[zeros])] == 0) {
    ++zeros;
  }
  if (zeros + bytes > out.bytes.size()) {
    return out;
  }
  for (std::size_t i = 0; i < bytes; ++i) {
    auto const from = bytes - 1 - i;
    out.bytes[zeros + i] = static_cast<std::uint8_t>(limbs[from / 4] >> from % 4 * 8);
  }
  out.size = zeros + bytes;
  return out;
}

/// Whether the last four bytes are the first of SHA-256 of SHA-256 of those before (Bitcoin's Base58Check).
[[nodiscard]] constexpr bool has_checksum(decoded58 const& decoded) noexcept {
  if (decoded.size < 5) {
    return false;
  }
  overt::detail::sha256_state first;
  for (std::size_t i = 0; i + 4 < decoded.size; ++i) {
    auto const one = static_cast<char>(decoded.bytes[i]);
    first.update({&one, 1});
  }
  overt::detail::sha256_state second;
  for (auto const byte : first.finish()) {
    auto const one = static_cast<char>(byte);
    second.update({&one, 1});
  }
  auto const digest = second.finish();
  return std::equal(digest.begin(), digest.begin() + 4,
                    decoded.bytes.begin() + static_cast<std::ptrdiff_t>(decoded.size - 4));
}

} // namespace overt::inline v0::detect::detail::wallets
