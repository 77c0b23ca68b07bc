#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <sodium.h>

#include <overt/consent/sodium/key_text.hpp>
#include <overt/consent/sodium/secret_bytes.hpp>
#include <overt/consent/sodium/verifying_key.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

namespace detail {
inline constexpr std::string_view signing_word = "overt-signer-1:";
static_assert(signing_word.size() == secret_word.size());
} // namespace detail

/// The secret half of somebody's Ed25519 key pair (libsodium's crypto_sign): signs their consents. It opens
/// nothing that was sealed. Lives in protected memory and is wiped at its end.
class signing_key {
public:
  /// The text form, in memory that is wiped.
  using text_form = secret_bytes<detail::key_text_size>;

  [[nodiscard]] static result<signing_key> generate() {
    auto seed = secret_bytes<crypto_sign_SEEDBYTES>::make();
    if (!seed) {
      return seed.error();
    }
    ::randombytes_buf(seed->data(), seed->size);
    return from(*seed);
  }

  /// From its text form. A key of another kind is named as what it is. No message repeats the text.
  [[nodiscard]] static result<signing_key> parse(std::string_view text) {
    text = detail::trimmed(text);
    auto seed = secret_bytes<crypto_sign_SEEDBYTES>::make();
    if (!seed) {
      return seed.error();
    }
    if (text.starts_with(detail::secret_word) || text.starts_with(detail::public_word) ||
        text.starts_with(detail::verifying_word)) {
      return failure{error_code::misuse,
                     text.starts_with(detail::verifying_word)
                         ? "this is the public half of a key that signs, and the secret half is needed."
                         : "this is a key for sealing, and one for signing is needed: the file person.key "
                           "that `overt consent new` made."};
    }
    if (!detail::read_key_text(detail::signing_word, text, seed->bytes())) {
      return failure{error_code::invalid_input,
                     text.starts_with(detail::signing_word)
                         ? "this key is incomplete or damaged: its checksum does not fit. Use a whole copy."
                         : "this is not a key that signs. Name the file person.key that `overt consent new` "
                           "made."};
    }
    return from(*seed);
  }

  [[nodiscard]] result<text_form> text() const {
    auto made = text_form::make();
    if (made) { // the seed is the first half
      detail::write_key_text(detail::signing_word, secret_.bytes().template first<crypto_sign_SEEDBYTES>(),
                             reinterpret_cast<char*>(made->data()));
    }
    return made;
  }

  [[nodiscard]] verifying_key const& public_half() const noexcept { return public_; }
  [[nodiscard]] std::string id() const { return public_.id(); }

  /// The signature of these bytes, in base64.
  [[nodiscard]] std::string sign(std::string_view bytes) const {
    std::array<std::uint8_t, crypto_sign_BYTES> raw{};
    ::crypto_sign_detached(raw.data(), nullptr, reinterpret_cast<std::uint8_t const*>(bytes.data()),
                           bytes.size(), secret_.data());
    std::array<char, sodium_base64_ENCODED_LEN(crypto_sign_BYTES, sodium_base64_VARIANT_ORIGINAL)> digits{};
    ::sodium_bin2base64(digits.data(), digits.size(), raw.data(), raw.size(), sodium_base64_VARIANT_ORIGINAL);
    return digits.data();
  }

private:
  using secret = secret_bytes<crypto_sign_SECRETKEYBYTES>;

  [[nodiscard]] static result<signing_key> from(secret_bytes<crypto_sign_SEEDBYTES> const& seed) {
    auto bytes = secret::make();
    if (!bytes) {
      return bytes.error();
    }
    verifying_key open{};
    ::crypto_sign_seed_keypair(open.bytes.data(), bytes->data(), seed.data());
    return signing_key{*std::move(bytes), open};
  }

  signing_key(secret bytes, verifying_key const& open) : secret_{std::move(bytes)}, public_{open} {}

  secret secret_;
  verifying_key public_{};
};

} // namespace overt::inline v0::consent
