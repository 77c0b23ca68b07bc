#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// What a stretch of text looks like: counts over its first 128 bytes.
struct looks {
  std::uint32_t size = 0;
  std::uint32_t digits = 0;
  std::uint32_t small = 0;    ///< a to z
  std::uint32_t capitals = 0; ///< A to Z
  std::uint32_t marks = 0;    ///< everything else
  std::uint32_t hex = 0;
  std::uint32_t changes =
      0; ///< from one of the four groups to another; a capital before small letters is none
  std::uint32_t longest = 0;  ///< small letters in a row
  std::uint32_t distinct = 0; ///< different bytes, those over 127 folded into those below
};

/// n * log2(n), for the entropy of up to 128 characters. The logarithm by its series (atanh), to 1e-6.
[[nodiscard]] constexpr std::array<float, 129> make_weights() noexcept {
  std::array<float, 129> weights{};
  for (std::size_t n = 2; n < weights.size(); ++n) {
    auto const whole = std::bit_width(n) - 1;
    auto const rest = static_cast<double>(n) / static_cast<double>(std::size_t{1} << whole);
    auto const y = (rest - 1) / (rest + 1);
    auto term = y;
    double sum = 0;
    for (int k = 1; k < 40; k += 2) {
      sum += term / k;
      term *= y * y;
    }
    weights[n] = static_cast<float>(static_cast<double>(n) *
                                    (static_cast<double>(whole) + 2 * sum / 0.69314718055994531));
  }
  return weights;
}
inline constexpr auto weights = make_weights();

/// 1 for digits, 2 for small letters, 3 for capitals, 4 for marks.
inline constexpr auto looks_groups = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    auto const group = groups[c];
    table[c] = (group & digit) != 0                      ? 1
               : (group & (lower_hex | lower_rest)) != 0 ? 2
               : (group & letters) != 0                  ? 3
                                                         : 4;
  }
  return table;
}();

[[nodiscard]] constexpr looks looks_of(std::string_view text) noexcept {
  looks seen;
  text = piece(text, 0, 128);
  std::array<bool, 128> known{};
  std::array<std::uint32_t, 5> counts{};
  unsigned before = 0;
  bool single_capital = false;
  std::uint32_t in_a_row = 0;
  for (auto const c : text) {
    auto const group = groups[static_cast<unsigned char>(c)];
    auto const now = looks_groups[static_cast<unsigned char>(c)];
    ++counts[now];
    seen.hex += (group & hex) != 0 ? 1u : 0u;
    if (now != 4) { // a mark only joins what stands on its sides
      seen.changes += before != 0 && now != before && !(before == 3 && now == 2 && single_capital) ? 1u : 0u;
      single_capital = now == 3 && before != 3;
      before = now;
    }
    in_a_row = now == 2 ? in_a_row + 1 : 0;
    seen.longest = std::max(seen.longest, in_a_row);
    auto& is_known = known[static_cast<unsigned char>(c) & 127u];
    seen.distinct += is_known ? 0u : 1u;
    is_known = true;
  }
  seen.size = static_cast<std::uint32_t>(text.size());
  seen.digits = counts[1];
  seen.small = counts[2];
  seen.capitals = counts[3];
  seen.marks = counts[4];
  return seen;
}

/// Shannon's entropy of the first 128 bytes, in bits for each character; those over 127 folded as above.
[[nodiscard]] constexpr float entropy_of(std::string_view text) noexcept {
  text = piece(text, 0, 128);
  std::array<std::uint8_t, 128> counts{};
  for (auto const c : text) {
    ++counts[static_cast<unsigned char>(c) & 127u];
  }
  float sum = 0;
  for (auto const count : counts) {
    sum += weights[count];
  }
  return text.size() > 1 ? (weights[text.size()] - sum) / static_cast<float>(text.size()) : 0;
}

/// Letters and digits in an order that words and names do not have: keys drawn from 62 characters change
/// between small letters, capitals and digits at every second place, names in programs at every fifth.
[[nodiscard]] constexpr bool is_random(looks const& seen) noexcept {
  if (seen.size < 12 || seen.digits == 0 || seen.distinct * 3 < std::min(seen.size, 40u) ||
      seen.marks * 7 > seen.size) {
    return false;
  }
  auto const one_case = seen.small == 0 || seen.capitals == 0;
  return seen.changes * (one_case ? 15 : 10) >= seen.size * (one_case ? 2 : 3);
}

/// Letters alone in an order that words and names do not have: within 12 or 16 of them five capitals and
/// enough small ones (names in programs have one for each word), seven consonants of both sizes in a row, or
/// twenty-four letters of one size without a break. What is added behind never takes it back: a secret that
/// was found while it was typed stays found.
[[nodiscard]] constexpr bool is_scattered(std::string_view text) noexcept {
  constexpr auto is_capital = [](char c) { return is(c, upper_hex | upper_rest); };
  std::size_t row = 0;  // letters
  std::size_t same = 0; // of one size
  std::size_t of_12 = 0;
  std::size_t of_16 = 0; // capitals among the last
  std::size_t consonants = 0;
  std::size_t capital_consonants = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is(text[i], letters)) {
      row = same = of_12 = of_16 = consonants = capital_consonants = 0;
      continue;
    }
    auto const capital = is_capital(text[i]);
    of_12 += capital ? 1 : 0;
    of_16 += capital ? 1 : 0;
    of_12 -= row >= 12 && is_capital(text[i - 12]) ? 1 : 0;
    of_16 -= row >= 16 && is_capital(text[i - 16]) ? 1 : 0;
    same = row != 0 && capital == is_capital(text[i - 1]) ? same + 1 : 1;
    ++row;
    constexpr std::string_view vowels = "aeiouy";
    auto const consonant = vowels.find(fold(text[i])) == vowels.npos;
    consonants = consonant ? consonants + 1 : 0;
    capital_consonants = consonant ? capital_consonants + (capital ? 1 : 0) : 0;
    auto const mixed_12 = row >= 12 && of_12 >= 5 && of_12 <= 10;
    auto const mixed_16 = row >= 16 && of_16 >= 5 && of_16 <= 13;
    auto const unspoken =
        row >= 10 && consonants >= 7 && capital_consonants >= 2 && consonants - capital_consonants >= 2;
    if (mixed_12 || mixed_16 || unspoken || same >= 24) {
      return true;
    }
  }
  return false;
}

[[nodiscard]] constexpr bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is(text[i], hex)) {
      return false;
    }
  }
  return true;
}

/// A string of hex digits as long as a digest of a common kind: far more often a name of content than a key.
[[nodiscard]] constexpr bool is_digest(looks const& seen, std::size_t size) noexcept {
  return seen.hex == seen.size &&
         (size == 32 || size == 40 || size == 56 || size == 64 || size == 96 || size == 128);
}

/// Whether two characters, in small letters, may be the first of a word in `is_filler`: by sets of letters,
/// since a jump by the first one is a wrong guess at every fifth character of a key.
[[nodiscard]] constexpr bool may_begin_filler(char first, char second) noexcept {
  auto const set_of = [](std::string_view characters) {
    std::uint32_t set = 0;
    for (auto const c : characters) {
      set |= 1u << (c - '_');
    }
    return set;
  };
  constexpr auto firsts = set_of("epyrc_i");
  constexpr auto seconds = set_of("xloehn");
  auto const is_in = [](char c, std::uint32_t set) {
    return c >= '_' && c <= 'z' && (set >> (c - '_') & 1) != 0;
  };
  return is_in(first, firsts) && is_in(second, seconds);
}

/// "xxxxxxxx", "example", "your_key_here", "0000": somebody's way to say that a secret goes here.
[[nodiscard]] constexpr bool is_filler(std::string_view text) noexcept {
  text = piece(text, 0, 128);
  std::size_t same = 1;
  std::size_t longest = 1;
  for (std::size_t i = 1; i < text.size(); ++i) {
    auto const before = fold(text[i - 1]);
    auto const now = fold(text[i]);
    same = now == before ? same + 1 : 1;
    longest = std::max(longest, same);
    if (!may_begin_filler(before, now)) {
      continue;
    }
    auto filler = false;
    switch (before) {
    case 'e': filler = stands_at(text, i, "xample"); break;
    case 'p': filler = stands_at(text, i, "laceholder"); break;
    case 'y': filler = stands_at(text, i, "our_") || stands_at(text, i, "our-"); break;
    case 'r': filler = stands_at(text, i, "edacted") || stands_at(text, i, "eplace_"); break;
    case 'c':
      filler =
          stands_at(text, i, "hangeme") || stands_at(text, i, "hange_me") || stands_at(text, i, "hange-me");
      break;
    case '_': filler = stands_at(text, i, "here") && i + 4 == text.size(); break;
    case 'i': filler = stands_at(text, i, "nsert_"); break;
    default: break;
    }
    if (filler) {
      return true;
    }
  }
  return longest * 2 > text.size() || longest >= 10;
}

} // namespace overt::inline v0::detect::detail::secrets
