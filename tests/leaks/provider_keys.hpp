#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "checksums.hpp"
#include "random.hpp"

namespace leaks {

inline constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
inline constexpr std::string_view hexadecimal = "0123456789abcdef";
inline constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Letters that no carrier word has (see carriers.hpp): a piece with one of them, or with a digit, cannot be
/// theirs.
inline constexpr std::string_view rare_letters = "jqxzJQXZ";

[[nodiscard]] inline bool is_telling(std::string_view piece) {
  return piece.find_first_of("0123456789") != std::string_view::npos ||
         piece.find_first_of(rare_letters) != std::string_view::npos;
}

/// Random text in which every four characters in a row have a digit or a rare letter.
[[nodiscard]] inline std::string telling_text(random_numbers& any, std::string_view alphabet,
                                              std::size_t length) {
  std::string telling;
  for (char const one : alphabet) {
    if (is_telling(std::string_view{&one, 1})) {
      telling += one;
    }
  }
  auto made = any.text(alphabet, length);
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (i % 3 == 2 && !is_telling(std::string_view{made}.substr(i >= 3 ? i - 3 : 0, i >= 3 ? 4 : i + 1))) {
      made[i] = any.letter(telling);
    }
    if (i >= 3 && !is_telling(std::string_view{made}.substr(i - 3, 4))) {
      made[i] = any.letter(telling);
    }
  }
  return made;
}

/// A key as a provider gives them out: what everybody knows the beginning of, and what nobody may see. From
/// the public documentation of the providers.
struct provider_key {
  std::string prefix{};
  std::string body{};
};

inline constexpr std::size_t provider_key_kinds = 20;

[[nodiscard]] inline provider_key make_provider_key(random_numbers& any, std::size_t kind) {
  // Thirty characters and their CRC-32 to base 62, for those who end theirs like this.
  auto const with_crc = [&any] {
    auto const body = telling_text(any, base62, 30);
    return body + to_base(crc32(body), base62, 6);
  };
  auto const mixed = [&any](std::size_t length) { return telling_text(any, base62, length); };
  auto const hex = [&any](std::size_t length) { return telling_text(any, hexadecimal, length); };
  switch (kind % provider_key_kinds) {
  case 0: return {"AKIA", telling_text(any, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)};
  case 1: return {"ghp_", with_crc()};
  case 2: return {"gho_", with_crc()};
  case 3: return {"github_pat_", mixed(22) + "_" + mixed(59)};
  case 4: return {"glpat-", mixed(20)};
  case 5: return {"xoxb-", any.text("123456789", 12) + "-" + any.text("123456789", 12) + "-" + mixed(24)};
  case 6: return {"sk_live_", mixed(24)};
  case 7: return {"rk_live_", mixed(24)};
  case 8: return {"AIza", "Sy" + mixed(33)};
  case 9: return {"npm_", with_crc()};
  case 10: return {"dop_v1_", hex(64)};
  case 11: return {"SG.", mixed(22) + "." + mixed(43)};
  case 12: return {"shpat_", hex(32)};
  case 13: return {"hf_", telling_text(any, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 34)};
  case 14: return {"", any.text("123456789", 10) + ":AA" + mixed(33)};
  case 15: return {"AGE-SECRET-KEY-1", telling_text(any, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)};
  case 16: return {"hvs.", mixed(90)};
  case 17: return {"lin_api_", mixed(40)};
  case 18: return {"PMAK-", hex(24) + "-" + hex(34)};
  default: return {"pypi-AgEIcHlwaS5vcmc", mixed(72)};
  }
}

} // namespace leaks
