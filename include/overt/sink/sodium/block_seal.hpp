#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <sodium.h>

#include <overt/consent/sodium/secret_bytes.hpp>
#include <overt/consent/sodium/session_key.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/sodium/sealed_format.hpp>

namespace overt::inline v0::sink {

/// Seals and opens the blocks and journal records of one file: XChaCha20-Poly1305-IETF (libsodium) with a
/// random nonce each. Authenticated with every block: the head of the file, and the block's length, index,
/// kind and place; with every record: the head, its number and its sequence number. Three keys come from the
/// session key by BLAKE2b (crypto_kdf): for blocks, for records, and for the tags of block headers, with
/// which a reader hops over blocks and finds the next one behind a damaged one without opening any.
///
/// One thread at a time for each object.
class block_seal {
public:
  [[nodiscard]] static result<block_seal> make(consent::session_key const& key,
                                               sealed_format::head const& head) {
    auto keys = keys_type::make();
    if (!keys) {
      return keys.error();
    }
    constexpr char const* context = "overtsea"; // crypto_kdf_CONTEXTBYTES
    ::crypto_kdf_derive_from_key(keys->data(), 32, 1, context, key.bytes().data());
    ::crypto_kdf_derive_from_key(keys->data() + 32, 32, 2, context, key.bytes().data());
    ::crypto_kdf_derive_from_key(keys->data() + 64, 16, 3, context, key.bytes().data());
    return block_seal{*std::move(keys), head};
  }

  [[nodiscard]] sealed_format::head const& head() const noexcept { return head_; }

  /// Appends the whole block to `out`. `header.nonce` is made here.
  void seal(sealed_format::block_header header, std::string_view plain, std::string& out) const {
    header.length = static_cast<std::uint32_t>(plain.size());
    ::randombytes_buf(header.nonce.data(), header.nonce.size());
    auto const bytes = header.bytes();
    auto const tag = tag_of(bytes);
    out.append(bytes.begin(), bytes.end()).append(tag.begin(), tag.end());
    auto const more = block_data(bytes);
    encrypt(keys_.data(), header.nonce, more, plain, out);
  }

  /// Reads a block's header from its `header_size` bytes; nothing when it is none, or damaged.
  [[nodiscard]] std::optional<sealed_format::block_header>
  header_from(std::span<std::uint8_t const> from) const noexcept {
    if (from.size() < sealed_format::header_size ||
        !std::equal(sealed_format::marker.begin(), sealed_format::marker.end(), from.begin())) {
      return std::nullopt;
    }
    constexpr auto size = sealed_format::header_clear_size + sealed_format::nonce_size;
    auto const tag = tag_of(from.first<size>());
    auto const kind = sealed_format::get<std::uint32_t>(from.data() + 24);
    if (::sodium_memcmp(tag.data(), from.data() + size, tag.size()) != 0 ||
        kind > static_cast<std::uint32_t>(block_kind::end)) {
      return std::nullopt;
    }
    sealed_format::block_header header{.length = sealed_format::get<std::uint32_t>(from.data() + 4),
                                       .index = sealed_format::get<std::uint64_t>(from.data() + 8),
                                       .offset = sealed_format::get<std::uint64_t>(from.data() + 16),
                                       .kind = static_cast<block_kind>(kind)};
    std::copy_n(from.begin() + sealed_format::header_clear_size, header.nonce.size(), header.nonce.begin());
    return header.length <= sealed_format::longest_block ? std::optional{header} : std::nullopt;
  }

  /// Opens what follows a header (`length` bytes and the tag) into `out`, which has room for `length`. False,
  /// and zeros, when it was changed or is of another place or file.
  [[nodiscard]] bool open(sealed_format::block_header const& header, std::span<std::uint8_t const> body,
                          std::span<char> out) const {
    if (body.size() != header.length + sealed_format::tag_size || out.size() < header.length) {
      return false;
    }
    auto const more = block_data(header.bytes());
    return decrypt(keys_.data(), header.nonce, more, body, out.first(header.length));
  }

  /// A journal record, `plain.size() + record_extra` bytes. `number` counts the records of this file.
  void seal_record(std::uint64_t number, std::uint64_t sequence, std::string_view plain,
                   std::string& out) const {
    std::array<std::uint8_t, 8> clear{};
    sealed_format::put(clear.data(), number);
    nonce_type nonce{};
    ::randombytes_buf(nonce.data(), nonce.size());
    out.append(clear.begin(), clear.end()).append(nonce.begin(), nonce.end());
    encrypt(keys_.data() + 32, nonce, record_data(number, sequence), plain, out);
  }

  /// The number of a record, which is to be believed only once the record was opened.
  [[nodiscard]] static std::uint64_t number_of(std::string_view record) noexcept {
    return record.size() < 8 ? 0 : sealed_format::get<std::uint64_t>(bytes_of(record));
  }

  /// Opens a record into `out`, which has room for `record.size() - record_extra`. False when it was changed.
  [[nodiscard]] bool open_record(std::uint64_t sequence, std::string_view record, std::span<char> out) const {
    if (record.size() < sealed_format::record_extra ||
        out.size() < record.size() - sealed_format::record_extra) {
      return false;
    }
    nonce_type nonce{};
    std::copy_n(bytes_of(record) + 8, nonce.size(), nonce.begin());
    auto const body = record.substr(8 + nonce.size());
    return decrypt(keys_.data() + 32, nonce, record_data(number_of(record), sequence),
                   {bytes_of(body), body.size()}, out.first(record.size() - sealed_format::record_extra));
  }

private:
  using keys_type = consent::secret_bytes<80>;
  using nonce_type = std::array<std::uint8_t, sealed_format::nonce_size>;
  using block_data_type =
      std::array<std::uint8_t, sealed_format::head_size + sealed_format::header_clear_size>;
  using record_data_type = std::array<std::uint8_t, sealed_format::head_size + 16>;

  block_seal(keys_type keys, sealed_format::head const& head)
      : keys_{std::move(keys)}, head_{head}, head_bytes_{head.bytes()} {}

  [[nodiscard]] static std::uint8_t const* bytes_of(std::string_view text) noexcept {
    return reinterpret_cast<std::uint8_t const*>(text.data());
  }

  [[nodiscard]] std::array<std::uint8_t, sealed_format::header_tag_size>
  tag_of(std::span<std::uint8_t const> header) const noexcept {
    // With the id of the file: a block of another part of the session is none of this one.
    std::array<std::uint8_t, 16 + sealed_format::header_clear_size + sealed_format::nonce_size> whole{};
    std::copy_n(header.begin(), sealed_format::header_clear_size + sealed_format::nonce_size,
                std::copy(head_.file.begin(), head_.file.end(), whole.data()));
    std::array<std::uint8_t, sealed_format::header_tag_size> tag{};
    ::crypto_shorthash(tag.data(), whole.data(), whole.size(), keys_.data() + 64);
    return tag;
  }

  [[nodiscard]] block_data_type block_data(std::span<std::uint8_t const> header) const noexcept {
    block_data_type more{};
    auto* const end = std::copy(head_bytes_.begin(), head_bytes_.end(), more.data());
    std::copy_n(header.begin(), sealed_format::header_clear_size, end);
    return more;
  }

  [[nodiscard]] record_data_type record_data(std::uint64_t number, std::uint64_t sequence) const noexcept {
    record_data_type more{};
    auto* const end = std::copy(head_bytes_.begin(), head_bytes_.end(), more.data());
    sealed_format::put(end, number);
    sealed_format::put(end + 8, sequence);
    return more;
  }

  static void encrypt(std::uint8_t const* key, nonce_type const& nonce, std::span<std::uint8_t const> more,
                      std::string_view plain, std::string& out) {
    auto const before = out.size();
    out.resize(before + plain.size() + sealed_format::tag_size);
    ::crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<std::uint8_t*>(out.data()) + before,
                                                 nullptr, bytes_of(plain), plain.size(), more.data(),
                                                 more.size(), nullptr, nonce.data(), key);
  }

  [[nodiscard]] static bool decrypt(std::uint8_t const* key, nonce_type const& nonce,
                                    std::span<std::uint8_t const> more, std::span<std::uint8_t const> body,
                                    std::span<char> out) {
    return ::crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<std::uint8_t*>(out.data()), nullptr,
                                                        nullptr, body.data(), body.size(), more.data(),
                                                        more.size(), nonce.data(), key) == 0;
  }

  keys_type keys_;
  sealed_format::head head_;
  std::array<std::uint8_t, sealed_format::head_size> head_bytes_{};
};

} // namespace overt::inline v0::sink
