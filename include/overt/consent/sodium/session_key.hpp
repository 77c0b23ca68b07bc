#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <sodium.h>

#include <overt/consent/sodium/secret_bytes.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Names a session key. Random, and no secret: a sealed trace has it in its head.
struct key_id {
  std::array<std::uint8_t, 16> bytes{};

  friend bool operator==(key_id const&, key_id const&) = default;
  friend auto operator<=>(key_id const&, key_id const&) = default;

  /// 32 hexadecimal digits.
  [[nodiscard]] std::string text() const { return overt::detail::to_hex(bytes); }

  [[nodiscard]] static result<key_id> parse(std::string_view text) {
    if (!overt::detail::is_lower_hex(text, 32)) {
      return failure{error_code::invalid_input,
                     "a key id is 32 hexadecimal digits, as `overt keys list` prints them."};
    }
    constexpr std::string_view digits = "0123456789abcdef";
    key_id id;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
      id.bytes[i] = static_cast<std::uint8_t>(digits.find(text[2 * i]) << 4 | digits.find(text[2 * i + 1]));
    }
    return id;
  }
};

/// The key that seals one recording: 32 random bytes in protected memory, and an id. Where it comes from is
/// the key store, which keeps it wrapped for the recipients and nothing else.
class session_key {
public:
  /// With a key that is random. For tests and tools; a recording takes the one that `key_store::mint` gives.
  [[nodiscard]] static result<session_key> generate(key_id const& id) {
    auto bytes = secret_bytes<32>::make();
    if (!bytes) {
      return bytes.error();
    }
    ::randombytes_buf(bytes->data(), 32);
    return session_key{id, *std::move(bytes)};
  }

  session_key(key_id const& id, secret_bytes<32> bytes) : id_{id}, bytes_{std::move(bytes)} {}

  [[nodiscard]] key_id const& id() const noexcept { return id_; }
  [[nodiscard]] std::span<std::uint8_t const, 32> bytes() const noexcept { return bytes_.bytes(); }

private:
  key_id id_{};
  secret_bytes<32> bytes_;
};

} // namespace overt::inline v0::consent
