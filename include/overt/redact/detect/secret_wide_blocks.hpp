#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include <overt/redact/detect/secret_block.hpp>

namespace overt::inline v0::detect::detail::secrets {

#if defined(__x86_64__) && defined(__GNUC__)

/// Whether the processor has AVX2.
[[nodiscard]] inline bool has_wide_vectors() noexcept {
#if defined(__AVX2__)
  return true;
#else
  return __builtin_cpu_supports("avx2") != 0;
#endif
}

/// 32 bytes of a text and what stands behind each of them. Every function has the attribute, those that are
/// put into others too: what a compiler makes of one without it is not for these vectors.
struct wide_bytes {
  using bytes32 [[gnu::vector_size(32)]] = unsigned char;
  using chars32 [[gnu::vector_size(32)]] = char;

  bytes32 here;
  bytes32 small_1; ///< one byte behind, in small letters
  bytes32 small_2;
  bytes32 behind_3;
  bytes32 behind_5;

  static constexpr std::size_t reads = 37;

  [[nodiscard, gnu::target("avx2"), gnu::always_inline]] static inline std::uint64_t
  mask_of(bytes32 const& set) noexcept {
    std::uint64_t mask = static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256((chars32)set));
    asm("" : "+r"(mask)); // nothing; or GCC puts the four masks into a vector again to shift them
    return mask;
  }

  [[gnu::target("avx2"), gnu::always_inline]] inline void read(char const* from) noexcept {
    std::memcpy(&here, from, sizeof here);
    std::memcpy(&small_1, from + 1, sizeof here);
    std::memcpy(&small_2, from + 2, sizeof here);
    std::memcpy(&behind_3, from + 3, sizeof here);
    std::memcpy(&behind_5, from + 5, sizeof here);
    small_1 |= 0x20;
    small_2 |= 0x20;
  }

  /// The last 32 of a text: behind them are zeros.
  template <int... Places>
  [[gnu::target("avx2"), gnu::always_inline]] inline void
  read_last(char const* from, std::integer_sequence<int, Places...>) noexcept {
    std::memcpy(&here, from, sizeof here);
    small_1 = __builtin_shufflevector(here, bytes32{}, (Places + 1)...) | 0x20;
    small_2 = __builtin_shufflevector(here, bytes32{}, (Places + 2)...) | 0x20;
    behind_3 = __builtin_shufflevector(here, bytes32{}, (Places + 3)...);
    behind_5 = __builtin_shufflevector(here, bytes32{}, (Places + 5)...);
  }

  /// Adds what they are to a block that begins `shift` bytes before them.
  [[gnu::target("avx2"), gnu::always_inline]] inline void add_to(block& made,
                                                                 std::size_t shift) const noexcept {
    auto const small = here | 0x20;
    auto const alphabetic = (bytes32)(small - 'a' < 26);
    auto const digits = (bytes32)(here - '0' < 10);
    auto const hyphens = (bytes32)(here == '-');
    auto const colons = (bytes32)(here == ':');
    auto const words = ((bytes32)(small == 'p') & (((bytes32)(small_1 == 'a') & (bytes32)(small_2 == 's')) |
                                                   (bytes32)(small_1 == 'w'))) |
                       (hyphens & (bytes32)(small_1 == '-'));
    auto const dots = (bytes32)(small == 'd') & (bytes32)(small_1 == 'o') & (bytes32)(small_2 == 't');
    auto const pairs =
        (hyphens & (bytes32)(behind_3 == '-')) | ((bytes32)(here == '.') & (bytes32)(behind_5 == '.'));
    auto const singles = (bytes32)(here == '@') | (bytes32)(here == '(') | (bytes32)(here == '<') |
                         (bytes32)(small == '{') | colons;
    auto const tokens = alphabetic | digits | hyphens | (bytes32)(here == '_');
    auto const triggers = colons | (bytes32)(here == '=') | words;
    auto const shapes = digits | singles | pairs | dots;
    made.tokens |= mask_of(tokens) << shift;
    made.letters |= mask_of(alphabetic) << shift;
    made.triggers |= mask_of(triggers) << shift;
    made.shapes |= mask_of(shapes) << shift;
  }
};

/// The block of the 64 bytes at `from`, of which `left` (at least 64) are there. Only for a processor that
/// `has_wide_vectors`.
[[nodiscard, gnu::target("avx2")]] inline block wide_block(char const* from, std::size_t left) noexcept {
  block made;
  wide_bytes some;
  some.read(from);
  some.add_to(made, 0);
  if (left >= 32 + wide_bytes::reads) [[likely]] {
    some.read(from + 32);
    some.add_to(made, 32);
    return made;
  }
  if (left > 64) {
    some.read(from + left - wide_bytes::reads);
    some.add_to(made, left - wide_bytes::reads);
  }
  some.read_last(from + left - 32, std::make_integer_sequence<int, 32>{});
  some.add_to(made, left - 32);
  return made;
}

#endif

} // namespace overt::inline v0::detect::detail::secrets
