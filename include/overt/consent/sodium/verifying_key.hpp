#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <sodium.h>

#include <overt/consent/sodium/key_text.hpp>
#include <overt/consent/sodium/private_file.hpp>
#include <overt/consent/sodium/public_key.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

namespace detail {
inline constexpr std::string_view verifying_word = "ed25519:";
}

/// The public half of somebody's Ed25519 key pair: checks what was signed with the secret half. A type of its
/// own, so that nobody takes it for a key to seal with.
struct verifying_key {
  std::array<std::uint8_t, 32> bytes{};

  friend bool operator==(verifying_key const&, verifying_key const&) = default;

  /// "ed25519:" and 44 characters of base64: as a record names it, and as it is written down.
  [[nodiscard]] std::string id() const { return std::string{detail::verifying_word} + receipt_form(bytes); }

  /// Whether `signature` (64 bytes in base64) is one of exactly these bytes.
  [[nodiscard]] bool verifies(std::string_view signed_bytes, std::string_view signature) const noexcept {
    std::array<std::uint8_t, crypto_sign_BYTES> raw{};
    std::size_t size = 0;
    char const* end = nullptr;
    return ::sodium_init() >= 0 &&
           ::sodium_base642bin(raw.data(), raw.size(), signature.data(), signature.size(), nullptr, &size,
                               &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
           size == raw.size() && end == signature.data() + signature.size() &&
           ::crypto_sign_verify_detached(raw.data(),
                                         reinterpret_cast<std::uint8_t const*>(signed_bytes.data()),
                                         signed_bytes.size(), bytes.data()) == 0;
  }

  /// From what `id` gives. Errors: `invalid_input`.
  [[nodiscard]] static result<verifying_key> parse(std::string_view text) {
    text = detail::trimmed(text);
    if (text.starts_with(detail::verifying_word)) {
      auto const digits = text.substr(detail::verifying_word.size());
      auto const key = overt::detail::key_from_base64(digits);
      if (key && receipt_form(*key) == digits) {
        return verifying_key{*key};
      }
    }
    return failure{error_code::invalid_input,
                   "this is no public key of somebody who signs. One is \"ed25519:\" and 44 characters of "
                   "base64, as in the file person.pub."};
  }
};

/// Writes the key to a new file, for others to check with.
[[nodiscard]] inline result<void> write_verifying_key_file(std::filesystem::path const& path,
                                                           verifying_key const& key) {
  return detail::write_whole(path, "# The public half of a key that signs consents. It may be given away.\n" +
                                       key.id() + "\n");
}

/// Reads what `write_verifying_key_file` wrote: the first line that is no comment.
[[nodiscard]] inline result<verifying_key> read_verifying_key_file(std::filesystem::path const& path) {
  std::string text(4096, '\0');
  auto const size =
      detail::read_private(path, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}, false);
  if (!size) {
    return size.error();
  }
  auto key = verifying_key::parse(detail::first_line({text.data(), *size}));
  return key ? key : failure{key.error().code, path.string() + ": " + key.error().message};
}

} // namespace overt::inline v0::consent
