#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <sodium.h>

namespace overt::inline v0::consent::detail {

// The text form of a key: a word that says what it is, and 48 characters of base64 (RFC 4648): the 32 bytes,
// and 4 of a BLAKE2b checksum over the word and the bytes. A public key never passes for a secret one, a
// mistyped one for none.

inline constexpr std::string_view public_word = "overt-public-1:";
inline constexpr std::string_view secret_word = "overt-secret-1:";
inline constexpr std::size_t key_size = 32;
inline constexpr std::size_t key_checksum_size = 4;
inline constexpr std::size_t key_digits = 48;
inline constexpr std::size_t key_text_size = public_word.size() + key_digits;
static_assert(public_word.size() == secret_word.size());

/// The 36 bytes of a key and its checksum, wiped at the end: the key may be a secret one.
struct checked_key {
  std::array<std::uint8_t, key_size + key_checksum_size> bytes{};

  checked_key() = default;
  checked_key(checked_key const&) = delete;
  checked_key& operator=(checked_key const&) = delete;
  ~checked_key() { ::sodium_memzero(bytes.data(), bytes.size()); }

  void checksum(std::string_view word, std::uint8_t* out) const {
    ::crypto_generichash_state state{};
    ::crypto_generichash_init(&state, nullptr, 0, 16);
    ::crypto_generichash_update(&state, reinterpret_cast<std::uint8_t const*>(word.data()), word.size());
    ::crypto_generichash_update(&state, bytes.data(), key_size);
    std::array<std::uint8_t, 16> sum{};
    ::crypto_generichash_final(&state, sum.data(), sum.size());
    std::copy_n(sum.data(), key_checksum_size, out);
    ::sodium_memzero(&state, sizeof state);
  }
};

/// Writes `key_text_size` characters to `out`.
inline void write_key_text(std::string_view word, std::span<std::uint8_t const, key_size> key, char* out) {
  checked_key checked;
  std::copy(key.begin(), key.end(), checked.bytes.begin());
  checked.checksum(word, checked.bytes.data() + key_size);
  std::array<char, key_digits + 1> digits{};
  ::sodium_bin2base64(digits.data(), digits.size(), checked.bytes.data(), checked.bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
  out = std::copy(word.begin(), word.end(), out);
  std::copy_n(digits.data(), key_digits, out);
  ::sodium_memzero(digits.data(), digits.size());
}

/// False for what is no such key, or mistyped.
[[nodiscard]] inline bool read_key_text(std::string_view word, std::string_view text,
                                        std::span<std::uint8_t, key_size> key) {
  if (!text.starts_with(word) || text.size() != key_text_size) {
    return false;
  }
  auto const digits = text.substr(word.size());
  checked_key checked;
  std::size_t size = 0;
  char const* end = nullptr;
  if (::sodium_base642bin(checked.bytes.data(), checked.bytes.size(), digits.data(), digits.size(), nullptr,
                          &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      size != checked.bytes.size() || end != digits.data() + digits.size()) {
    return false;
  }
  std::array<std::uint8_t, key_checksum_size> sum{};
  checked.checksum(word, sum.data());
  if (!std::equal(sum.begin(), sum.end(), checked.bytes.begin() + key_size)) {
    return false;
  }
  std::copy_n(checked.bytes.begin(), key_size, key.begin());
  return true;
}

/// Without what people paste around a key.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blank = " \t\r\n";
  auto const from = text.find_first_not_of(blank);
  return from == std::string_view::npos ? std::string_view{}
                                        : text.substr(from, text.find_last_not_of(blank) - from + 1);
}

/// Of a key's file: the first line that is no comment, without blanks; empty when there is none.
[[nodiscard]] constexpr std::string_view first_line(std::string_view text) noexcept {
  while (!text.empty()) {
    auto const whole = text.substr(0, text.find('\n'));
    text.remove_prefix(whole.size() < text.size() ? whole.size() + 1 : whole.size());
    auto const line = trimmed(whole);
    if (!line.empty() && line.front() != '#') {
      return line;
    }
  }
  return {};
}

} // namespace overt::inline v0::consent::detail
