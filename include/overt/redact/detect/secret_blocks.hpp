#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// Up to 64 bytes of a text as three sets of places, bit 0 for the first byte. Everything the scanners look
/// at closely is found in these, so that ordinary prose costs a few instructions for 16 bytes.
struct block {
  std::uint64_t tokens = 0;   ///< letters, digits, - and _
  std::uint64_t letters = 0;  ///< letters
  std::uint64_t triggers = 0; ///< = and :, two dashes, and the first letters of "pass" and "pw"
};

// The places where something that a person may write without = or : begins: "password", "passphrase", "pw",
// and the dashes of a private key or of an option. Only the first letters, so that "past" is one too; who
// looks closer decides. What follows "token" or "key" is long enough to be seen by itself.
[[nodiscard]] constexpr bool begins_word(char first, char second, char third) noexcept {
  auto const a = fold(first);
  auto const b = fold(second);
  return (a == 'p' && (b == 'w' || (b == 'a' && fold(third) == 's'))) || (a == '-' && b == '-');
}

/// The block at `from`, one byte after the other. What the vectors below must agree with.
[[nodiscard]] constexpr block slow_block(std::string_view text, std::size_t from, std::size_t size) noexcept {
  block made;
  for (std::size_t i = 0; i < size; ++i) {
    auto const c = text[from + i];
    auto const bit = std::uint64_t{1} << i;
    made.tokens |= is(c, base64url) ? bit : 0;
    made.letters |= is(c, detail::secrets::letters) ? bit : 0;
    // With nothing behind it, a word says nothing.
    auto const begins = from + i + 2 < text.size() && begins_word(c, text[from + i + 1], text[from + i + 2]);
    if (c == '=' || c == ':' || begins) {
      made.triggers |= bit;
    }
  }
  return made;
}

#if defined(__SSE2__) && defined(__GNUC__)

using bytes16 [[gnu::vector_size(16)]] = unsigned char;

[[nodiscard]] inline bytes16 load16(char const* from) noexcept {
  bytes16 loaded;
  std::memcpy(&loaded, from, sizeof loaded);
  return loaded;
}
template <class Vector>
[[nodiscard]] inline std::uint64_t mask_of(Vector set) noexcept {
  using chars [[gnu::vector_size(16)]] = char;
  return static_cast<std::uint64_t>(__builtin_ia32_pmovmskb128((chars)set)) & 0xffff;
}

/// The first letters of words in the 16 bytes from `from`; reads 18.
[[nodiscard]] inline auto words_of(char const* from) noexcept {
  auto const a = load16(from) | 0x20;
  auto const b = load16(from + 1) | 0x20;
  auto const c = load16(from + 2) | 0x20;
  return ((a == 'p') & (((b == 'a') & (c == 's')) | (b == 'w'))) | ((a == '-') & (b == '-'));
}
[[nodiscard]] inline auto marks_of(bytes16 bytes) noexcept { return (bytes == '=') | (bytes == ':'); }
[[nodiscard]] inline auto letters_of(bytes16 bytes) noexcept { return ((bytes | 0x20) - 'a') < 26; }
[[nodiscard]] inline auto others_of(bytes16 bytes) noexcept {
  return ((bytes - '0') < 10) | (bytes == '-') | (bytes == '_');
}

[[nodiscard]] inline block block16(char const* from) noexcept {
  auto const bytes = load16(from);
  auto const alphabetic = letters_of(bytes);
  return {mask_of(alphabetic | others_of(bytes)), mask_of(alphabetic),
          mask_of(marks_of(bytes) | words_of(from))};
}

[[nodiscard]] inline std::uint64_t joined(std::uint64_t a, std::uint64_t b, std::uint64_t c,
                                          std::uint64_t d) {
  return (a | b << 16) | (c | d << 16) << 32;
}

/// The block of `size` bytes (at most 64) at `from`.
[[nodiscard]] inline block block_at(std::string_view text, std::size_t from, std::size_t size) noexcept {
  if (text.size() < 18) {
    return slow_block(text, from, size);
  }
  auto const* const bytes = text.data() + from;
  auto const* const end = text.data() + text.size();
  // At the end of the text its last 16 (and 18) bytes are read and shifted to their place; what is before it
  // falls out. A word's first letters need three bytes, so none begins in the last two.
  auto const part = [&](std::size_t done) -> block {
    auto const left = static_cast<std::size_t>(end - bytes) - done;
    if (left >= 18) [[likely]] {
      return block16(bytes + done);
    }
    auto const out = left < 16 ? 16 - left : 0;
    auto const last = load16(bytes + done - out);
    auto const alphabetic = letters_of(last);
    return {mask_of(alphabetic | others_of(last)) >> out, mask_of(alphabetic) >> out,
            mask_of(marks_of(last)) >> out | mask_of(words_of(end - 18)) >> (18 - left)};
  };
  if (size == 64) {
    auto const [t0, l0, m0] = block16(bytes);
    auto const [t1, l1, m1] = block16(bytes + 16);
    auto const [t2, l2, m2] = block16(bytes + 32);
    auto const [t3, l3, m3] = part(48);
    return {joined(t0, t1, t2, t3), joined(l0, l1, l2, l3), joined(m0, m1, m2, m3)};
  }
  block made;
  for (std::size_t done = 0; done < size; done += 16) {
    auto const [tokens, alphabetic, marks] = part(done);
    made.tokens |= tokens << done;
    made.letters |= alphabetic << done;
    made.triggers |= marks << done;
  }
  return made;
}

#else

[[nodiscard]] constexpr block block_at(std::string_view text, std::size_t from, std::size_t size) noexcept {
  return slow_block(text, from, size);
}

#endif

} // namespace overt::inline v0::detect::detail::secrets
