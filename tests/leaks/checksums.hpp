#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/sha256.hpp>

/// Check digits and checksums, made rather than checked: canaries have to be what a detector calls valid.
/// Written apart from the library's own, so that an error in those is not made twice.
namespace leaks {

inline constexpr std::string_view digits = "0123456789";

[[nodiscard]] inline char digit(std::size_t value) { return static_cast<char>('0' + value % 10); }
[[nodiscard]] inline std::size_t value_of(char of_digit) { return static_cast<std::size_t>(of_digit - '0'); }

/// The last digit of a number by ISO/IEC 7812-1, annex B.
[[nodiscard]] inline char luhn_digit(std::string_view without) {
  std::size_t sum = 0;
  bool twice = true;
  for (auto one = without.rbegin(); one != without.rend(); ++one, twice = !twice) {
    auto const value = value_of(*one) * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digit(10 - sum % 10);
}

/// The sum of digits times weights.
template <std::size_t Size>
[[nodiscard]] std::size_t weighted(std::string_view number, std::array<std::size_t, Size> const& weights) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < Size; ++i) {
    sum += value_of(number[i]) * weights[i];
  }
  return sum;
}

/// The remainder of a decimal number of any length; letters count 10 to 35 (ISO 13616).
[[nodiscard]] inline std::size_t remainder_of(std::string_view number, std::size_t modulus) {
  std::size_t rest = 0;
  for (char const one : number) {
    bool const letter = one >= 'A' && one <= 'Z';
    auto const value = letter ? static_cast<std::size_t>(one - 'A') + 10 : value_of(one);
    rest = (rest * (letter ? 100 : 10) + value) % modulus;
  }
  return rest;
}

/// CRC-32 (ISO 3309), which some providers put at the end of their tokens.
[[nodiscard]] inline std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (char const byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xedb88320u : 0u);
    }
  }
  return ~crc;
}

/// A number to the base of an alphabet, with as many places as asked for.
[[nodiscard]] inline std::string to_base(std::uint64_t number, std::string_view alphabet,
                                         std::size_t places) {
  std::string made(places, alphabet.front());
  for (auto place = places; place-- > 0; number /= alphabet.size()) {
    made[place] = alphabet[number % alphabet.size()];
  }
  return made;
}

/// Base58 with its checksum, as Bitcoin writes addresses.
[[nodiscard]] inline std::string base58_check(std::string bytes) {
  constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  auto const as_text = [](std::array<std::uint8_t, 32> const& digest) {
    return std::string{digest.begin(), digest.end()};
  };
  bytes += as_text(overt::detail::sha256(as_text(overt::detail::sha256(bytes)))).substr(0, 4);
  std::vector<std::uint8_t> places;
  for (char const byte : bytes) {
    unsigned carry = static_cast<unsigned char>(byte);
    for (auto& place : places) {
      carry += place * 256u;
      place = static_cast<std::uint8_t>(carry % 58);
      carry /= 58;
    }
    for (; carry > 0; carry /= 58) {
      places.push_back(static_cast<std::uint8_t>(carry % 58));
    }
  }
  std::string made;
  for (std::size_t i = 0; i < bytes.size() && bytes[i] == '\0'; ++i) {
    made += '1';
  }
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    made += alphabet[*place];
  }
  return made;
}

/// A segwit address of version 0 from values of five bits (BIP 173).
[[nodiscard]] inline std::string bech32_address(std::string_view prefix, std::vector<std::uint8_t> values) {
  constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                                   0x2a1462b3};
  std::uint32_t sum = 1;
  auto const add = [&](std::uint32_t value) {
    auto const top = sum >> 25;
    sum = ((sum & 0x1ffffffu) << 5) ^ value;
    for (std::size_t i = 0; i < generator.size(); ++i) {
      sum ^= ((top >> i) & 1u) != 0 ? generator[i] : 0u;
    }
  };
  for (char const letter : prefix) {
    add(static_cast<unsigned char>(letter) >> 5);
  }
  add(0);
  for (char const letter : prefix) {
    add(static_cast<unsigned char>(letter) & 31u);
  }
  for (auto const value : values) {
    add(value);
  }
  for (int i = 0; i < 6; ++i) {
    add(0);
  }
  sum ^= 1;
  for (unsigned i = 0; i < 6; ++i) {
    values.push_back(static_cast<std::uint8_t>((sum >> (5 * (5 - i))) & 31u));
  }
  std::string made{prefix};
  made += '1';
  for (auto const value : values) {
    made += alphabet[value];
  }
  return made;
}

/// The last digit by Verhoeff's dihedral scheme (1969), which Aadhaar numbers end in.
[[nodiscard]] inline char verhoeff_digit(std::string_view without) {
  auto const product = [](std::size_t a, std::size_t b) {
    // The group of the pentagon: rotations 0 to 4, reflections 5 to 9.
    return a < 5 ? (b < 5 ? (a + b) % 5 : 5 + (a + b) % 5) : (b < 5 ? 5 + (a + 5 - b) % 5 : (a + 5 - b) % 5);
  };
  constexpr std::array<std::size_t, 10> step{1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  std::size_t sum = 0;
  std::size_t position = 1;
  for (auto one = without.rbegin(); one != without.rend(); ++one, ++position) {
    auto value = value_of(*one);
    for (std::size_t i = 0; i < position % 8; ++i) {
      value = step[value];
    }
    sum = product(sum, value);
  }
  return digit(sum < 5 ? (5 - sum) % 5 : sum);
}

/// Base64 without padding; with `-` and `_` when it is for addresses (RFC 4648).
[[nodiscard]] inline std::string base64_of(std::string_view bytes, bool for_addresses = false) {
  std::string const alphabet = std::string{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"} +
                               (for_addresses ? "-_" : "+/");
  std::string made;
  std::uint32_t kept = 0;
  unsigned bits = 0;
  for (char const byte : bytes) {
    kept = (kept << 8) | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) {
      made += alphabet[(kept >> (bits - 6)) & 63u];
    }
  }
  if (bits > 0) {
    made += alphabet[(kept << (6 - bits)) & 63u];
  }
  return made;
}

} // namespace leaks
