#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detect::detail::secrets {

/// A set of characters, as bits: which of these groups a key may be made of.
using alphabet = std::uint8_t;
inline constexpr alphabet digit = 1;
inline constexpr alphabet lower_hex = 2;  ///< a to f
inline constexpr alphabet lower_rest = 4; ///< g to z
inline constexpr alphabet upper_hex = 8;
inline constexpr alphabet upper_rest = 16;
inline constexpr alphabet dashes = 32; ///< - and _
inline constexpr alphabet dot = 64;
inline constexpr alphabet base64_marks = 128; ///< + / =

inline constexpr alphabet hex_low = digit | lower_hex;
inline constexpr alphabet hex = hex_low | upper_hex;
inline constexpr alphabet lower_alnum = digit | lower_hex | lower_rest;
inline constexpr alphabet upper_alnum = digit | upper_hex | upper_rest;
inline constexpr alphabet letters = lower_hex | lower_rest | upper_hex | upper_rest;
inline constexpr alphabet alnum = digit | letters;
inline constexpr alphabet base64url = alnum | dashes;
inline constexpr alphabet dotted = base64url | dot;
inline constexpr alphabet base64 = alnum | base64_marks;

[[nodiscard]] constexpr std::array<alphabet, 256> make_groups() noexcept {
  std::array<alphabet, 256> groups{};
  for (std::size_t c = 0; c < 26; ++c) {
    groups['a' + c] = c < 6 ? lower_hex : lower_rest;
    groups['A' + c] = c < 6 ? upper_hex : upper_rest;
  }
  for (std::size_t c = 0; c < 10; ++c) {
    groups['0' + c] = digit;
  }
  groups['-'] = groups['_'] = dashes;
  groups['.'] = dot;
  groups['+'] = groups['/'] = groups['='] = base64_marks;
  return groups;
}
inline constexpr auto groups = make_groups();

[[nodiscard]] constexpr bool is(char c, alphabet set) noexcept {
  return (groups[static_cast<unsigned char>(c)] & set) != 0;
}
[[nodiscard]] constexpr char fold(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
[[nodiscard]] constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] constexpr bool is_line_break(char c) noexcept { return c == '\n' || c == '\r'; }
[[nodiscard]] constexpr bool is_quote(char c) noexcept { return c == '"' || c == '\'' || c == '`'; }

/// The character at `at`, or a line break beyond either end (at - 1 wraps round), which ends whatever is
/// read.
[[nodiscard]] constexpr char at(std::string_view text, std::size_t at) noexcept {
  return at < text.size() ? text[at] : '\n';
}

/// `size` characters from `from` on, as far as there are any; unlike substr() it throws nothing.
[[nodiscard]] constexpr std::string_view piece(std::string_view text, std::size_t from,
                                               std::size_t size = std::string_view::npos) noexcept {
  return from < text.size()
             ? std::string_view{text.data() + from, size < text.size() - from ? size : text.size() - from}
             : std::string_view{};
}

/// The first place from `from` on, at most `limit` bytes away, whose character is not in `set`.
[[nodiscard]] constexpr std::size_t run_end(std::string_view text, std::size_t from, alphabet set,
                                            std::size_t limit = static_cast<std::size_t>(-1)) noexcept {
  auto const stop = from < text.size() && limit < text.size() - from ? from + limit : text.size();
  while (from < stop && is(text[from], set)) {
    ++from;
  }
  return from;
}

/// Where the run of characters of `set` that ends before `end` begins, at most `limit` bytes away.
[[nodiscard]] constexpr std::size_t run_begin(std::string_view text, std::size_t end, alphabet set,
                                              std::size_t limit) noexcept {
  auto const stop = end > limit ? end - limit : 0;
  while (end > stop && is(text[end - 1], set)) {
    --end;
  }
  return end;
}

/// Whether `lower` (in small letters) stands at `from`, in letters of either size.
[[nodiscard]] constexpr bool stands_at(std::string_view text, std::size_t from,
                                       std::string_view lower) noexcept {
  if (from > text.size() || text.size() - from < lower.size()) {
    return false;
  }
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (fold(text[from + i]) != lower[i]) {
      return false;
    }
  }
  return true;
}

/// Whether `lower` stands right before `end`.
[[nodiscard]] constexpr bool stands_before(std::string_view text, std::size_t end,
                                           std::string_view lower) noexcept {
  return end >= lower.size() && fold(at(text, end - 1)) == lower.back() &&
         stands_at(text, end - lower.size(), lower);
}

} // namespace overt::inline v0::detect::detail::secrets
