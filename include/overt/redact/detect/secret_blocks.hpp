#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include <overt/redact/detect/secret_block.hpp>
#include <overt/redact/detect/secret_wide_blocks.hpp>
#include <overt/redact/detect/secret_widest_blocks.hpp>

namespace overt::inline v0::detect::detail::secrets {

#if defined(__SSE2__) && defined(__GNUC__)

using bytes16 [[gnu::vector_size(16)]] = unsigned char;

[[nodiscard, gnu::always_inline]] inline bytes16 load16(char const* from) noexcept {
  bytes16 loaded;
  std::memcpy(&loaded, from, sizeof loaded);
  return loaded;
}
/// The bytes without the first `Count`, and zeros behind them.
template <int Count, int... Places>
[[nodiscard, gnu::always_inline]] inline bytes16
without_first(bytes16 bytes, std::integer_sequence<int, Places...>) noexcept {
  return __builtin_shufflevector(bytes, bytes16{}, (Places + Count)...);
}
/// What stands `Distance` bytes behind each of the 16 from `from` on. `AtEnd`: the text ends with these.
template <int Distance, bool AtEnd>
[[nodiscard, gnu::always_inline]] inline bytes16 behind16(char const* from, bytes16 bytes) noexcept {
  if constexpr (AtEnd) {
    return without_first<Distance>(bytes, std::make_integer_sequence<int, 16>{});
  } else {
    return load16(from + Distance);
  }
}
template <class Vector>
[[nodiscard, gnu::always_inline]] inline std::uint64_t mask_of(Vector set) noexcept {
  using chars [[gnu::vector_size(16)]] = char;
  return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128((chars)set));
}

/// All bits of the bytes that are `c`. As a set of numbers: as a set of truths, compilers make three
/// instructions of each "or".
[[nodiscard, gnu::always_inline]] inline bytes16 are(bytes16 bytes, unsigned char c) noexcept {
  return (bytes16)(bytes == c);
}
[[nodiscard, gnu::always_inline]] inline bytes16 are_below(bytes16 bytes, unsigned char c) noexcept {
  return (bytes16)(bytes < c);
}

/// The 16 bytes from `from` on; reads 21, or 16 at the end of the text.
template <bool AtEnd = false>
[[nodiscard, gnu::always_inline]] inline block block16(char const* from) noexcept {
  auto const a = load16(from);
  auto const small_a = a | 0x20;
  auto const small_b = behind16<1, AtEnd>(from, a) | 0x20;
  auto const small_c = behind16<2, AtEnd>(from, a) | 0x20;
  auto const alphabetic = are_below(small_a - 'a', 26);
  auto const digits = are_below(a - '0', 10);
  auto const hyphens = are(a, '-');
  auto const colons = are(a, ':');
  auto const words = (are(small_a, 'p') & ((are(small_b, 'a') & are(small_c, 's')) | are(small_b, 'w'))) |
                     (hyphens & are(small_b, '-'));
  auto const dots = are(small_a, 'd') & are(small_b, 'o') & are(small_c, 't');
  auto const pairs = (hyphens & are(behind16<3, AtEnd>(from, a), '-')) |
                     (are(a, '.') & are(behind16<5, AtEnd>(from, a), '.'));
  auto const singles = are(a, '@') | are(a, '(') | are(a, '<') | are(small_a, '{') | colons;
  return {mask_of(alphabetic | digits | hyphens | are(a, '_')), mask_of(alphabetic),
          mask_of(colons | are(a, '=') | words), mask_of(digits | singles | pairs | dots)};
}
inline constexpr std::size_t block16_reads = 21;

/// Adds a block that begins `shift` bytes after another, or before it.
[[gnu::always_inline]] inline void add_block(block& to, block const& one, std::ptrdiff_t shift) noexcept {
  auto const placed = [&](std::uint64_t bits) { return shift >= 0 ? bits << shift : bits >> -shift; };
  to.tokens |= placed(one.tokens);
  to.letters |= placed(one.letters);
  to.triggers |= placed(one.triggers);
  to.shapes |= placed(one.shapes);
}

/// The block of `size` bytes (at most 64) at `from`, 16 at a time.
[[nodiscard]] inline block narrow_block(std::string_view text, std::size_t from, std::size_t size) noexcept {
  if (text.size() < block16_reads) {
    return slow_block(text, from, size);
  }
  auto const* const bytes = text.data() + from;
  auto const left = text.size() - from;
  block made;
  if (left >= 48 + block16_reads) [[likely]] {
    made = block16(bytes);
    add_block(made, block16(bytes + 16), 16);
    add_block(made, block16(bytes + 32), 32);
    add_block(made, block16(bytes + 48), 48);
    return made;
  }
  std::size_t done = 0;
  for (; done < 64 && left - done >= block16_reads; done += 16) {
    add_block(made, block16(bytes + done), static_cast<std::ptrdiff_t>(done));
  }
  // What is left, at most 20 bytes, by blocks that end with the text and may begin before it.
  auto const signed_left = static_cast<std::ptrdiff_t>(left);
  if (done < 64 && left > done + 16) {
    add_block(made, block16(bytes + signed_left - 21), signed_left - 21);
  }
  if (done < 64) {
    add_block(made, block16<true>(bytes + signed_left - 16), signed_left - 16);
  }
  return made;
}

/// The block of `size` bytes (at most 64) at `from`. Reads nothing beyond the text, and copies nothing of it.
[[nodiscard]] inline block block_at(std::string_view text, std::size_t from, std::size_t size) noexcept {
#if defined(__x86_64__)
  if (has_widest_vectors()) [[likely]] {
    return widest_block(text.data() + from, text.size() - from);
  }
  if (size == 64 && has_wide_vectors()) [[likely]] {
    return wide_block(text.data() + from, text.size() - from);
  }
#endif
  return narrow_block(text, from, size);
}

#else

[[nodiscard]] constexpr block block_at(std::string_view text, std::size_t from, std::size_t size) noexcept {
  return slow_block(text, from, size);
}

#endif

} // namespace overt::inline v0::detect::detail::secrets
