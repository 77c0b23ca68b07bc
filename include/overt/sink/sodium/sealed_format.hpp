#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sodium.h>

#include <overt/consent/sodium/session_key.hpp>
#include <overt/detail/little_endian.hpp>
#include <overt/sink/storage/block_kind.hpp>
#include <overt/sink/storage/journal_format.hpp>

// What stands in the clear in a sealed trace. All numbers are little endian.
//
//   file    head, blocks
//   head    twice (so that one damaged place costs nothing): 10 magic "OVERTSEAL\n", 2 version, 4 zero,
//           16 session id, 16 key id, 16 file id, 8 checksum (BLAKE2b of the 64 bytes before it)
//   block   4 marker "OVSB", 4 length of the plain bytes, 8 index, 8 plain offset, 4 kind, 24 nonce,
//           8 tag of these 52 bytes (SipHash-2-4), then as many bytes as the length says, sealed, and 16 tag
//   record  (what the journal keeps) 8 number, 24 nonce, sealed bytes, 16 tag
//
// The end of the file is a block of the kind `end`; a file without it was cut off.

namespace overt::inline v0::sink {

/// A random one, for a session or a file. No secret.
[[nodiscard]] inline trace_id new_trace_id() {
  trace_id id{};
  ::randombytes_buf(id.data(), id.size());
  return id;
}

namespace sealed_format {

inline constexpr std::string_view magic = "OVERTSEAL\n";
inline constexpr std::uint16_t version = 1;
inline constexpr std::size_t head_size = 64;
inline constexpr std::size_t head_checksum_size = 8;
inline constexpr std::size_t heads_size = 2 * (head_size + head_checksum_size);
inline constexpr std::string_view marker = "OVSB";
inline constexpr std::size_t nonce_size = 24;
inline constexpr std::size_t tag_size = 16;
inline constexpr std::size_t header_tag_size = 8;
inline constexpr std::size_t header_clear_size = 28; ///< of a block header, what comes before the nonce
inline constexpr std::size_t header_size = header_clear_size + nonce_size + header_tag_size;
inline constexpr std::size_t record_extra = 8 + nonce_size + tag_size; ///< what sealing adds to a record
inline constexpr std::uint32_t longest_block = 1u << 28;               ///< plain bytes

static_assert(nonce_size == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(tag_size == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(header_tag_size == crypto_shorthash_BYTES);

using overt::detail::little_endian::get;
using overt::detail::little_endian::put;

/// The beginning of a sealed trace. Every block and record of the file is tied to all of it.
struct head {
  trace_id session{};
  consent::key_id key{};
  trace_id file{}; ///< of this file alone: parts of one session under one key do not exchange blocks

  friend bool operator==(head const&, head const&) = default;

  [[nodiscard]] std::array<std::uint8_t, head_size> bytes() const noexcept {
    std::array<std::uint8_t, head_size> made{};
    std::copy(magic.begin(), magic.end(), made.begin());
    put(made.data() + 10, version);
    std::copy(session.begin(), session.end(), made.begin() + 16);
    std::copy(key.bytes.begin(), key.bytes.end(), made.begin() + 32);
    std::copy(file.begin(), file.end(), made.begin() + 48);
    return made;
  }
};

[[nodiscard]] inline std::array<std::uint8_t, head_checksum_size>
checksum_of(std::span<std::uint8_t const, head_size> bytes) noexcept {
  std::array<std::uint8_t, 16> sum{};
  ::crypto_generichash(sum.data(), sum.size(), bytes.data(), bytes.size(), nullptr, 0);
  std::array<std::uint8_t, head_checksum_size> made{};
  std::copy_n(sum.begin(), made.size(), made.begin());
  return made;
}

/// Both copies, as they stand in the file.
[[nodiscard]] inline std::string text_of(head const& of) {
  auto const bytes = of.bytes();
  auto const sum = checksum_of(bytes);
  std::string copy{bytes.begin(), bytes.end()};
  copy.append(sum.begin(), sum.end());
  return copy + copy;
}

/// One copy: 72 bytes. Nothing when it is damaged or of another version.
[[nodiscard]] inline std::optional<head> head_from(std::span<std::uint8_t const> copy) noexcept {
  if (copy.size() < head_size + head_checksum_size) {
    return std::nullopt;
  }
  head read;
  std::copy_n(copy.begin() + 16, 16, read.session.begin());
  std::copy_n(copy.begin() + 32, 16, read.key.bytes.begin());
  std::copy_n(copy.begin() + 48, 16, read.file.begin());
  auto const expected = read.bytes();
  auto const sum = checksum_of(expected);
  bool const same = std::equal(expected.begin(), expected.end(), copy.begin()) &&
                    std::equal(sum.begin(), sum.end(), copy.begin() + head_size);
  return same ? std::optional{read} : std::nullopt;
}

/// What a block says of itself, in the clear and authenticated.
struct block_header {
  std::uint32_t length = 0; ///< of the plain bytes
  std::uint64_t index = 0;
  std::uint64_t offset = 0; ///< of the plain bytes, in the plain trace
  block_kind kind = block_kind::head;
  std::array<std::uint8_t, nonce_size> nonce{};

  /// Of the whole block in the file.
  [[nodiscard]] std::uint64_t sealed_size() const noexcept {
    return header_size + std::uint64_t{length} + tag_size;
  }

  /// Without the tag.
  [[nodiscard]] std::array<std::uint8_t, header_clear_size + nonce_size> bytes() const noexcept {
    std::array<std::uint8_t, header_clear_size + nonce_size> made{};
    std::copy(marker.begin(), marker.end(), made.begin());
    put(made.data() + 4, length);
    put(made.data() + 8, index);
    put(made.data() + 16, offset);
    put(made.data() + 24, static_cast<std::uint32_t>(kind));
    std::copy(nonce.begin(), nonce.end(), made.begin() + header_clear_size);
    return made;
  }
};

} // namespace sealed_format

} // namespace overt::inline v0::sink
