#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <overt/detail/utf8.hpp>
#include <overt/redact/detect/fold_character.hpp>

namespace overt::inline v0::detect::detail {

[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept {
  std::size_t i = 0;
  std::uint64_t seen = 0;
  auto const eight = [&](std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, 8);
    return bytes;
  };
  for (; i + 32 <= text.size(); i += 32) {
    seen |= (eight(i) | eight(i + 8)) | (eight(i + 16) | eight(i + 24));
  }
  for (; i + 8 <= text.size(); i += 8) {
    seen |= eight(i);
  }
  for (; i < text.size(); ++i) {
    seen |= static_cast<unsigned char>(text[i]) & 0x80u;
  }
  return (seen & 0x8080808080808080u) == 0;
}

[[nodiscard]] constexpr bool is_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// A folded text and where each of its bytes came from. It is never longer than its source.
template <class Offset>
struct folded_text {
  std::string_view text{};
  Offset const* offsets = nullptr; ///< one for each byte and one for the end; null when the source was ASCII

  /// The bytes of the source that stand behind a range of the folded text: whole characters, and with them
  /// what followed the last one unseen (marks, zero-width characters).
  struct range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] constexpr range source_of(std::size_t begin, std::size_t end) const noexcept {
    if (offsets == nullptr) {
      return {begin, end};
    }
    while (begin > 0 && is_continuation(text[begin])) {
      --begin;
    }
    while (end < text.size() && is_continuation(text[end])) {
      ++end;
    }
    return {static_cast<std::size_t>(offsets[begin]), static_cast<std::size_t>(offsets[end])};
  }
};

/// Folds `source` into `out` (as long as the source) and `offsets` (one longer). False for broken UTF-8.
template <class Offset>
[[nodiscard]] constexpr bool fold(std::string_view source, char* out, Offset* offsets,
                                  folded_text<Offset>& result) noexcept {
  std::size_t size = 0;
  for (std::size_t at = 0; at < source.size();) {
    auto const first = source[at];
    if (static_cast<unsigned char>(first) < 0x80) {
      offsets[size] = static_cast<Offset>(at++);
      out[size++] = first;
      continue;
    }
    auto const decoded = overt::detail::decode_utf8(source.substr(at, 4));
    if (decoded.size == 0) {
      return false;
    }
    auto const becomes = fold_character(decoded.character);
    if (becomes < 0x80) {
      offsets[size] = static_cast<Offset>(at);
      out[size++] = static_cast<char>(becomes);
    } else if (becomes != folded_away) {
      for (std::size_t i = 0; i < decoded.size; ++i) {
        offsets[size] = static_cast<Offset>(at);
        out[size++] = source[at + i];
      }
    }
    at += decoded.size;
  }
  offsets[size] = static_cast<Offset>(source.size());
  result = {{out, size}, offsets};
  return true;
}

} // namespace overt::inline v0::detect::detail
