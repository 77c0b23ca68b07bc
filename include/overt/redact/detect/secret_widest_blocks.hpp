#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <overt/redact/detect/secret_block.hpp>

namespace overt::inline v0::detect::detail::secrets {

#if defined(__x86_64__) && defined(__GNUC__)

/// Whether the processor has AVX-512 with byte permutations (Ice Lake, Zen 4 and later), and the system lets
/// programs use it.
[[nodiscard]] inline bool has_widest_vectors() noexcept {
  return __builtin_cpu_supports("avx512vbmi") != 0 && __builtin_cpu_supports("avx512bw") != 0;
}

/// A whole block in one register. What a byte is by itself is looked up in a table for all 64 at once; what
/// stands behind it is only compared where it matters.
///
/// The instructions are written out: the two compilers name them differently, and `<immintrin.h>` is larger
/// than everything else that is included here.
struct widest_bytes {
  using bytes64 [[gnu::vector_size(64)]] = unsigned char;

  enum : unsigned char {
    in_token = 1,
    in_letters = 2,
    in_triggers = 4,
    in_shapes = 8,
    begins_pass = 16,
    begins_dot = 32,
    is_hyphen = 64,
    is_dot = 128,
  };

  /// What each ASCII character is, whatever follows.
  static constexpr auto kinds = [] {
    std::array<unsigned char, 128> made{};
    for (std::size_t i = 0; i < made.size(); ++i) {
      auto const c = static_cast<char>(i);
      char const alone[1] = {c};
      made[i] = static_cast<unsigned char>(
          (is(c, base64url) ? in_token : 0) | (is(c, detail::secrets::letters) ? in_letters : 0) |
          (c == '=' || c == ':' ? in_triggers : 0) | (begins_shape({alone, 1}, 0) ? in_shapes : 0) |
          (fold(c) == 'p' ? begins_pass : 0) | (fold(c) == 'd' ? begins_dot : 0) |
          (c == '-' ? is_hyphen : 0) | (c == '.' ? is_dot : 0));
    }
    return made;
  }();

  /// The first `left` bytes from `from` on, but for the first `distance` of them; zeros behind. Reads no
  /// others.
  [[nodiscard, gnu::target("avx512bw"), gnu::always_inline]] static inline bytes64
  read(char const* from, std::size_t left, std::size_t distance) noexcept {
    bytes64 loaded;
    if (left >= 64 + distance) {
      std::memcpy(&loaded, from + distance, sizeof loaded);
      return loaded;
    }
    auto const there = left > distance ? ~std::uint64_t{0} >> (64 - (left - distance)) : 0;
    asm("vmovdqu8 %2, %0%{%1%}%{z%}"
        : "=v"(loaded)
        : "Yk"(there), "m"(*reinterpret_cast<char const(*)[64]>(from + distance)));
    return loaded;
  }

  /// What the table says of each byte; nothing of what is not ASCII.
  [[nodiscard, gnu::target("avx512bw"), gnu::always_inline]] static inline bytes64
  kinds_of(bytes64 const& bytes) noexcept {
    bytes64 low;
    bytes64 high;
    std::memcpy(&low, kinds.data(), sizeof low);
    std::memcpy(&high, kinds.data() + 64, sizeof high);
    auto found = bytes;
    asm("vpermi2b %2, %1, %0" : "+v"(found) : "v"(low), "v"(high)); // by the last seven bits
    bytes64 const ascii = (bytes64)(bytes < 128);
    return found & ascii;
  }

  /// The places with one of these bits.
  [[nodiscard, gnu::target("avx512bw"), gnu::always_inline]] static inline std::uint64_t
  any_of(bytes64 const& bytes, unsigned char bits) noexcept {
    bytes64 const wanted = bytes64{} + bits;
    std::uint64_t places = 0;
    asm("vptestmb %2, %1, %0" : "=k"(places) : "v"(bytes), "v"(wanted));
    return places;
  }

  /// Those of `among` with this byte.
  [[nodiscard, gnu::target("avx512bw"), gnu::always_inline]] static inline std::uint64_t
  are(std::uint64_t among, bytes64 const& bytes, char byte) noexcept {
    bytes64 const wanted = bytes64{} + static_cast<unsigned char>(byte);
    std::uint64_t places = 0;
    asm("vpcmpeqb %3, %2, %0%{%1%}" : "=k"(places) : "Yk"(among), "v"(bytes), "v"(wanted));
    return places;
  }
};

/// The block at `from`, where `left` bytes of the text are left. Only for a processor that
/// `has_widest_vectors`.
[[nodiscard, gnu::target("avx512bw")]] inline block widest_block(char const* from,
                                                                 std::size_t left) noexcept {
  using all = widest_bytes;
  auto const kinds = all::kinds_of(all::read(from, left, 0));
  auto const small_1 = all::read(from, left, 1) | 0x20;
  auto const small_2 = all::read(from, left, 2) | 0x20;
  auto const p = all::any_of(kinds, all::begins_pass);
  auto const d = all::any_of(kinds, all::begins_dot);
  auto const hyphens = all::any_of(kinds, all::is_hyphen);
  auto const words = all::are(all::are(p, small_1, 'a'), small_2, 's') | all::are(p, small_1, 'w') |
                     all::are(hyphens, small_1, '-');
  auto const dots = all::are(all::are(d, small_1, 'o'), small_2, 't');
  auto const pairs = all::are(hyphens, all::read(from, left, 3), '-') |
                     all::are(all::any_of(kinds, all::is_dot), all::read(from, left, 5), '.');
  return {all::any_of(kinds, all::in_token), all::any_of(kinds, all::in_letters),
          all::any_of(kinds, all::in_triggers) | words, all::any_of(kinds, all::in_shapes) | pairs | dots};
}

#endif

} // namespace overt::inline v0::detect::detail::secrets
