#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/secret_text.hpp>

namespace overt::inline v0::detect::detail::secrets {

/// Up to 64 bytes of a text as four sets of places, bit 0 for the first byte. Everything that scanners look
/// at closely is found in these, in one pass for all of them, so that ordinary prose costs some instructions
/// for 16 bytes.
struct block {
  std::uint64_t tokens = 0;   ///< letters, digits, - and _
  std::uint64_t letters = 0;  ///< letters
  std::uint64_t triggers = 0; ///< = and :, two dashes, and the first letters of "pass" and "pw"
  /// Where something that has a shape may begin: digits, @, :, opening brackets, "dot", and the first of two
  /// hyphens or dots that stand as far apart as in a hardware address.
  std::uint64_t shapes = 0;
};

// The places where something that a person may write without = or : begins: "password", "passphrase", "pw",
// and the dashes of a private key or of an option. Only the first letters, so that "past" is one too; who
// looks closer decides. What follows "token" or "key" is long enough to be seen by itself.
[[nodiscard]] constexpr bool begins_word(std::string_view text, std::size_t from) noexcept {
  auto const a = fold(text[from]);
  auto const b = fold(at(text, from + 1));
  return (a == 'p' && (b == 'w' || (b == 'a' && fold(at(text, from + 2)) == 's'))) || (a == '-' && b == '-');
}
[[nodiscard]] constexpr bool begins_shape(std::string_view text, std::size_t from) noexcept {
  auto const c = text[from];
  return is(c, digit) || c == '@' || c == ':' || c == '(' || c == '[' || c == '{' || c == '<' ||
         (c == '-' && at(text, from + 3) == '-') || (c == '.' && at(text, from + 5) == '.') ||
         (fold(c) == 'd' && fold(at(text, from + 1)) == 'o' && fold(at(text, from + 2)) == 't');
}

/// The block at `from`, one byte after the other. What the vectors of
/// secret_blocks.hpp must agree with.
[[nodiscard]] constexpr block slow_block(std::string_view text, std::size_t from, std::size_t size) noexcept {
  block made;
  for (std::size_t i = 0; i < size; ++i) {
    auto const c = text[from + i];
    auto const bit = std::uint64_t{1} << i;
    made.tokens |= is(c, base64url) ? bit : 0;
    made.letters |= is(c, detail::secrets::letters) ? bit : 0;
    made.triggers |= c == '=' || c == ':' || begins_word(text, from + i) ? bit : 0;
    made.shapes |= begins_shape(text, from + i) ? bit : 0;
  }
  return made;
}

} // namespace overt::inline v0::detect::detail::secrets
