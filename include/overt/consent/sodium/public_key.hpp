#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <sodium.h>

#include <overt/consent/sodium/key_text.hpp>
#include <overt/detail/base64.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// The X25519 public key of somebody who may open traces, as `recipient::public_key` has it.
using public_key = std::array<std::uint8_t, 32>;

/// The key as a receipt has it: 44 characters of base64.
[[nodiscard]] inline std::string receipt_form(public_key const& key) {
  std::array<char, 45> digits{};
  ::sodium_bin2base64(digits.data(), digits.size(), key.data(), key.size(), sodium_base64_VARIANT_ORIGINAL);
  return digits.data();
}

/// The key with a word in front and a checksum: "overt-public-1:" and 48 characters.
[[nodiscard]] inline std::string text_of(public_key const& key) {
  std::string text(detail::key_text_size, '\0');
  detail::write_key_text(detail::public_word, key, text.data());
  return text;
}

/// 32 hexadecimal digits that stand for a key and are the same everywhere: BLAKE2b of 16 bytes.
[[nodiscard]] inline std::string fingerprint_of(public_key const& key) {
  std::array<std::uint8_t, 16> sum{};
  ::crypto_generichash(sum.data(), sum.size(), key.data(), key.size(), nullptr, 0);
  return overt::detail::to_hex(sum);
}

/// The same in groups of four, for two people to compare.
[[nodiscard]] inline std::string spoken_fingerprint(public_key const& key) {
  auto text = fingerprint_of(key);
  for (std::size_t at = 28; at > 0; at -= 4) {
    text.insert(at, 1, ' ');
  }
  return text;
}

/// Reads either form. A secret key is refused and named as what it is. No message repeats the text.
[[nodiscard]] inline result<public_key> parse_public_key(std::string_view text) {
  text = detail::trimmed(text);
  if (text.starts_with(detail::secret_word)) {
    return failure{error_code::misuse,
                   "this is a secret key, and a public one is needed here. Give the secret key to nobody; "
                   "`overt keys show` prints the public key that belongs to it."};
  }
  public_key key{};
  if (text.starts_with(detail::public_word)) {
    if (detail::read_key_text(detail::public_word, text, key)) {
      return key;
    }
    return failure{error_code::invalid_input,
                   "this public key is incomplete or mistyped: its checksum does not fit. Copy it again."};
  }
  if (auto const plain = overt::detail::key_from_base64(text); plain && receipt_form(*plain) == text) {
    return *plain;
  }
  return failure{error_code::invalid_input,
                 "this is not a public key. One is either \"overt-public-1:\" and 48 characters, or 44 "
                 "characters of base64 as in a receipt."};
}

} // namespace overt::inline v0::consent
