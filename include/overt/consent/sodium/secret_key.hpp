#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <sodium.h>

#include <overt/consent/sodium/key_text.hpp>
#include <overt/consent/sodium/public_key.hpp>
#include <overt/consent/sodium/secret_bytes.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// The secret half of somebody's X25519 key pair (libsodium's crypto_box): opens what was sealed for its
/// public half. Lives in protected memory and is wiped at its end.
///
///     auto const mine = consent::secret_key::generate();
///     fmt::print("{}\n", consent::receipt_form(mine->public_half()));
class secret_key {
public:
  /// The text form of a secret key, in memory that is wiped.
  using text_form = secret_bytes<detail::key_text_size>;

  [[nodiscard]] static result<secret_key> generate() {
    auto bytes = secret_bytes<32>::make();
    if (!bytes) {
      return bytes.error();
    }
    public_key open{};
    ::crypto_box_keypair(open.data(), bytes->data());
    return secret_key{*std::move(bytes), open};
  }

  /// From its text form. A public key is named as what it is. No message repeats the text.
  [[nodiscard]] static result<secret_key> parse(std::string_view text) {
    text = detail::trimmed(text);
    auto bytes = secret_bytes<32>::make();
    if (!bytes) {
      return bytes.error();
    }
    if (text.starts_with(detail::public_word)) {
      return failure{error_code::misuse, "this is a public key, and a secret one is needed to open a trace. "
                                         "Name the file that `overt keys new` wrote."};
    }
    if (!detail::read_key_text(detail::secret_word, text, bytes->bytes())) {
      return failure{error_code::invalid_input,
                     text.starts_with(detail::secret_word)
                         ? "this secret key is incomplete or damaged: its checksum does not fit. Use a whole "
                           "copy of the file that `overt keys new` wrote."
                         : "this is not a secret key. Name the file that `overt keys new` wrote."};
    }
    public_key open{};
    ::crypto_scalarmult_base(open.data(), bytes->data());
    return secret_key{*std::move(bytes), open};
  }

  [[nodiscard]] result<text_form> text() const {
    auto made = text_form::make();
    if (made) {
      detail::write_key_text(detail::secret_word, bytes_.bytes(), reinterpret_cast<char*>(made->data()));
    }
    return made;
  }

  [[nodiscard]] public_key const& public_half() const noexcept { return public_; }
  [[nodiscard]] std::span<std::uint8_t const, 32> bytes() const noexcept { return bytes_.bytes(); }

private:
  secret_key(secret_bytes<32> bytes, public_key const& open) : bytes_{std::move(bytes)}, public_{open} {}

  secret_bytes<32> bytes_;
  public_key public_{};
};

} // namespace overt::inline v0::consent
