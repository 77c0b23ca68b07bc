#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <overt/redact/detect/letters.hpp>

namespace overt::inline v0::detect::detail {

/// Which of `size` bytes (at most 64) from `from` on are part of a word: bit 0 for the first. One byte after
/// the other; what the vectors below must agree with.
[[nodiscard]] constexpr std::uint64_t slow_word_bytes(std::string_view text, std::size_t from,
                                                      std::size_t size) noexcept {
  std::uint64_t made = 0;
  for (std::size_t i = 0; i < size; ++i) {
    made |= is_word_byte(text[from + i]) ? std::uint64_t{1} << i : 0;
  }
  return made;
}

#if defined(__SSE2__) && defined(__GNUC__)

[[nodiscard]] inline std::uint64_t word_bytes(std::string_view text, std::size_t from,
                                              std::size_t size) noexcept {
  if (text.size() < 16) {
    return slow_word_bytes(text, from, size);
  }
  using bytes16 [[gnu::vector_size(16)]] = unsigned char;
  using chars16 [[gnu::vector_size(16)]] = char;
  std::uint64_t made = 0;
  for (std::size_t done = 0; done < size; done += 16) {
    // At the end of the text its last 16 bytes, of which those before the place fall out.
    auto const left = text.size() - from - done;
    auto const out = left < 16 ? 16 - left : 0;
    bytes16 a; // NOLINT: set below
    std::memcpy(&a, text.data() + from + done - out, sizeof a);
    // The mask takes the highest bit of each byte, which all that is not ASCII has by itself.
    auto const word = (((a | 0x20) - 'a') < 26) | ((a - '0') < 10) | (chars16)a;
    made |= (std::uint64_t{static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128((chars16)word))} >> out)
            << done;
  }
  return size < 64 ? made & ((std::uint64_t{1} << size) - 1) : made;
}

#else

[[nodiscard]] constexpr std::uint64_t word_bytes(std::string_view text, std::size_t from,
                                                 std::size_t size) noexcept {
  return slow_word_bytes(text, from, size);
}

#endif

} // namespace overt::inline v0::detect::detail
