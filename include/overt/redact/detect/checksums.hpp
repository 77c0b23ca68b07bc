#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace overt::inline v0::detect::detail {

using digit_values = std::span<std::uint8_t const>; ///< values 0 to 9

/// ISO/IEC 7812-1 annex B (Luhn), the last digit being the check digit.
[[nodiscard]] constexpr bool luhn(digit_values number) noexcept {
  unsigned sum = 0;
  bool twice = false;
  for (auto i = number.size(); i-- > 0; twice = !twice) {
    auto const digit = static_cast<unsigned>(number[i]) << (twice ? 1 : 0);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

/// The sum of digits times weights; as many digits as there are weights are read.
template <std::size_t Size>
[[nodiscard]] constexpr int weighted(digit_values number, int const (&weights)[Size]) noexcept {
  int sum = 0;
  for (std::size_t i = 0; i < Size; ++i) {
    sum += number[i] * weights[i];
  }
  return sum;
}

[[nodiscard]] constexpr std::uint64_t value_of(digit_values number) noexcept {
  std::uint64_t value = 0;
  for (auto const digit : number) {
    value = value * 10 + digit;
  }
  return value;
}

/// ISO/IEC 7064, MOD 11,10: the last digit checks the others.
[[nodiscard]] constexpr bool mod_11_10(digit_values number) noexcept {
  unsigned product = 10;
  for (std::size_t i = 0; i + 1 < number.size(); ++i) {
    auto sum = (number[i] + product) % 10;
    sum = sum == 0 ? 10 : sum;
    product = sum * 2 % 11;
  }
  return (11 - product) % 10 == number.back();
}

/// Verhoeff's scheme over the dihedral group D5 (J. Verhoeff, Error Detecting Decimal Codes, 1969): the
/// product is computed instead of looked up, the permutation's powers are made from its first.
[[nodiscard]] constexpr bool verhoeff(digit_values number) noexcept {
  constexpr unsigned permutation[] = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  auto const product = [](unsigned a, unsigned b) {
    if (a < 5) {
      return b < 5 ? (a + b) % 5 : 5 + (a + b) % 5;
    }
    return b < 5 ? 5 + (a + 5 - b) % 5 : (a + 5 - b) % 5;
  };
  unsigned check = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    unsigned digit = number[number.size() - 1 - i];
    for (std::size_t power = 0; power < i % 8; ++power) {
      digit = permutation[digit];
    }
    check = product(check, digit);
  }
  return check == 0;
}

/// EAN-13: weights 1 and 3 in turn.
[[nodiscard]] constexpr bool ean(digit_values number) noexcept {
  unsigned sum = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    sum += number[number.size() - 1 - i] * (i % 2 == 0 ? 1u : 3u);
  }
  return sum % 10 == 0;
}

[[nodiscard]] constexpr bool all_the_same(digit_values number) noexcept {
  for (auto const digit : number) {
    if (digit != number.front()) {
      return false;
    }
  }
  return true;
}

} // namespace overt::inline v0::detect::detail
