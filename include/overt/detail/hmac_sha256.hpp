#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/sha256.hpp>

namespace overt::inline v0::detail {

/// HMAC-SHA-256 (RFC 2104 with FIPS 180-4), for pseudonyms. What it held of the key and of the message is
/// wiped when it ends.
///
///     hmac_sha256 keyed{secret};
///     keyed.update(message);
///     auto const tag = keyed.finish();   // 32 bytes
class hmac_sha256 {
public:
  explicit hmac_sha256(std::span<std::uint8_t const> key) noexcept {
    std::array<char, block_size> block{};
    if (key.size() > block_size) {
      // A key longer than a block is replaced by its hash (RFC 2104, section 2).
      for (auto const byte : key) {
        add(outer_, static_cast<char>(byte));
      }
      auto hashed = outer_.finish();
      copy(hashed, block);
      wipe(hashed.data(), hashed.size());
      outer_ = {};
    } else {
      copy(key, block);
    }
    for (auto const byte : block) {
      add(inner_, static_cast<char>(byte ^ 0x36));
      add(outer_, static_cast<char>(byte ^ 0x5c));
    }
    wipe(block.data(), block.size());
  }
  hmac_sha256(hmac_sha256 const&) = delete;
  hmac_sha256& operator=(hmac_sha256 const&) = delete;
  ~hmac_sha256() {
    wipe(&inner_, sizeof inner_);
    wipe(&outer_, sizeof outer_);
  }

  void update(std::string_view bytes) noexcept { inner_.update(bytes); }

  /// The tag of all that was given. Ends the use of this object.
  [[nodiscard]] std::array<std::uint8_t, 32> finish() noexcept {
    for (auto const byte : inner_.finish()) {
      add(outer_, static_cast<char>(byte));
    }
    return outer_.finish();
  }

private:
  static constexpr std::size_t block_size = 64;

  static void add(sha256_state& to, char byte) noexcept { to.update({&byte, 1}); }
  static void copy(std::span<std::uint8_t const> from, std::array<char, block_size>& to) noexcept {
    for (std::size_t i = 0; i < from.size(); ++i) {
      to[i] = static_cast<char>(from[i]);
    }
  }

  sha256_state inner_;
  sha256_state outer_;
};

} // namespace overt::inline v0::detail
