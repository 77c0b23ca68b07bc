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
  float entropy = 0;          ///< Shannon's, in bits for each character
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

[[nodiscard]] constexpr looks looks_of(std::string_view text) noexcept {
  looks seen;
  text = piece(text, 0, 128);
  std::array<std::uint8_t, 128> counts{};
  int before = 0;
  bool single_capital = false;
  std::uint32_t in_a_row = 0;
  for (auto const c : text) {
    auto const group = groups[static_cast<unsigned char>(c)];
    int now = 4;
    if ((group & digit) != 0) {
      now = 1;
      ++seen.digits;
    } else if ((group & (lower_hex | lower_rest)) != 0) {
      now = 2;
      ++seen.small;
    } else if ((group & letters) != 0) {
      now = 3;
      ++seen.capitals;
    } else {
      ++seen.marks;
    }
    seen.hex += (group & hex) != 0 ? 1u : 0u;
    if (now != 4) { // a mark only joins what stands on its sides
      seen.changes += before != 0 && now != before && !(before == 3 && now == 2 && single_capital) ? 1u : 0u;
      single_capital = now == 3 && before != 3;
      before = now;
    }
    in_a_row = now == 2 ? in_a_row + 1 : 0;
    seen.longest = std::max(seen.longest, in_a_row);
    auto& count = counts[static_cast<unsigned char>(c) & 127u];
    seen.distinct += count == 0 ? 1u : 0u;
    ++count;
  }
  seen.size = static_cast<std::uint32_t>(text.size());
  if (seen.size > 1) {
    float sum = 0;
    for (auto const count : counts) {
      sum += weights[count];
    }
    seen.entropy = (weights[seen.size] - sum) / static_cast<float>(seen.size);
  }
  return seen;
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

/// "xxxxxxxx", "example", "your_key_here", "0000": somebody's way to say that a secret goes here.
[[nodiscard]] constexpr bool is_filler(std::string_view text) noexcept {
  text = piece(text, 0, 128);
  std::size_t same = 1;
  std::size_t longest = 1;
  for (std::size_t i = 1; i < text.size(); ++i) {
    same = fold(text[i]) == fold(text[i - 1]) ? same + 1 : 1;
    longest = std::max(longest, same);
    auto const c = fold(text[i - 1]);
    auto filler = false;
    switch (c) {
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
