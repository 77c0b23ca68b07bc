#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/provider_key.hpp>
#include <overt/redact/detect/provider_keys_a_to_l.hpp>
#include <overt/redact/detect/provider_keys_m_to_z.hpp>
#include <overt/redact/detect/secret_looks.hpp>
#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// Every kind of key that its first letters tell, longest prefix first among those that begin alike.
[[nodiscard]] constexpr auto make_provider_keys() noexcept {
  std::array<provider_key, provider_keys_a_to_l.size() + provider_keys_m_to_z.size()> keys{};
  auto const next = std::copy(provider_keys_a_to_l.begin(), provider_keys_a_to_l.end(), keys.begin());
  std::copy(provider_keys_m_to_z.begin(), provider_keys_m_to_z.end(), next);
  std::sort(keys.begin(), keys.end(), [](provider_key const& a, provider_key const& b) {
    auto const heads = piece(a.prefix, 0, 2).compare(piece(b.prefix, 0, 2));
    return heads != 0 ? heads < 0 : a.prefix.size() > b.prefix.size();
  });
  return keys;
}
inline constexpr auto provider_keys = make_provider_keys();

[[nodiscard]] constexpr std::size_t head_of(char first, char second) noexcept {
  return (static_cast<unsigned char>(first) * 213u + static_cast<unsigned char>(second)) & 1023u;
}

/// For each pair of first characters the first key that begins so, plus one; 0 where none does. Two pairs
/// that collide would hide each other: that is checked while compiling.
[[nodiscard]] constexpr auto make_heads() noexcept {
  std::array<std::uint16_t, 1024> heads{};
  for (std::size_t i = provider_keys.size(); i-- > 0;) {
    auto const& prefix = provider_keys[i].prefix;
    heads[head_of(prefix[0], prefix[1])] = static_cast<std::uint16_t>(i + 1);
  }
  return heads;
}
inline constexpr auto heads = make_heads();
[[nodiscard]] constexpr bool heads_are_apart() noexcept {
  for (auto const& key : provider_keys) {
    auto const& first = provider_keys[heads[head_of(key.prefix[0], key.prefix[1])] - 1u];
    if (piece(first.prefix, 0, 2) != piece(key.prefix, 0, 2)) {
      return false;
    }
  }
  return true;
}
static_assert(heads_are_apart(),
              "two pairs of first characters have one place; change the factor in head_of");

/// A key that was found, or nothing (`rule` empty).
struct found_key {
  std::size_t end = 0;
  float score = 0;
  distinct prefix_is = distinct::certain;
  literal rule{};
};

inline constexpr auto crc_of_four_bits = [] {
  std::array<std::uint32_t, 16> table{};
  for (std::uint32_t bits = 0; bits < 16; ++bits) {
    table[bits] = bits;
    for (int bit = 0; bit < 4; ++bit) {
      table[bits] = table[bits] >> 1 ^ ((table[bits] & 1) != 0 ? 0xedb88320u : 0u);
    }
  }
  return table;
}();

/// GitHub's and npm's last six characters: the CRC-32 (IEEE) of the thirty before, in base 62.
/// https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats
[[nodiscard]] constexpr bool has_crc(std::string_view thirty_six) noexcept {
  if (thirty_six.size() != 36) {
    return false;
  }
  std::uint32_t crc = ~std::uint32_t{0};
  for (auto const c : piece(thirty_six, 0, 30)) {
    crc ^= static_cast<unsigned char>(c);
    crc = crc >> 4 ^ crc_of_four_bits[crc & 15];
    crc = crc >> 4 ^ crc_of_four_bits[crc & 15];
  }
  crc = ~crc;
  constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (std::size_t i = 36; i-- > 30; crc /= 62) {
    if (thirty_six[i] != base62[crc % 62]) {
      return false;
    }
  }
  return crc == 0;
}

/// The key that begins at `from`, if one does. `certain_only`: not those whose first letters say little.
[[nodiscard]] constexpr found_key key_at(std::string_view text, std::size_t from,
                                         bool certain_only = false) noexcept {
  auto index = std::size_t{heads[head_of(at(text, from), at(text, from + 1))]};
  found_key best;
  for (; index != 0 && index <= provider_keys.size(); ++index) {
    auto const& key = provider_keys[index - 1];
    if (key.prefix[0] != text[from] || key.prefix[1] != at(text, from + 1)) {
      break;
    }
    if (piece(text, from, key.prefix.size()) != key.prefix ||
        (certain_only && key.prefix_is != distinct::certain)) {
      continue;
    }
    auto const begin = from + key.prefix.size();
    auto const end = run_end(text, begin, key.rest, std::size_t{key.most} + 40u);
    auto const size = end - begin;
    auto const rest = piece(text, begin, size);
    if (size < key.least) {
      // Somebody who types a key has not finished it yet, or has left a character out.
      auto const enough = size >= 10 && size * 4 + 24 >= std::size_t{key.least} * 3;
      if (key.prefix_is != distinct::certain || !enough || !is_random(looks_of(rest)) || best.score > 0) {
        continue;
      }
      best = {end, 0.6F, distinct::certain, key.rule};
      continue;
    }
    auto score = 0.95F;
    if (size > key.most) {
      // A longer run of the same characters: something follows without a break, or the provider made them
      // longer.
      score = key.prefix_is == distinct::certain ? 0.7F : 0.0F;
    }
    if (key.prefix_is == distinct::certain && (size == 36 && has_crc(rest))) {
      score = 1;
    }
    if (key.prefix_is != distinct::certain) {
      score = std::min(score, is_random(looks_of(rest)) ? 0.8F : 0.2F);
    }
    if (is_filler(rest)) {
      score = std::min(score, looks_of(rest).distinct < 8 ? 0.3F : 0.6F);
    }
    if (score > best.score) {
      best = {end, score, key.prefix_is, key.rule};
    }
  }
  return best;
}

} // namespace overt::inline v0::detect::detail::secrets
