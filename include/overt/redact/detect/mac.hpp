#pragma once

#include <cstddef>
#include <string_view>

#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/letters.hpp>

namespace overt::inline v0::detect {

namespace detail {

[[nodiscard]] constexpr bool are_hex(std::string_view text, std::size_t at, std::size_t size) noexcept {
  if (at + size > text.size()) {
    return false;
  }
  for (std::size_t i = at; i < at + size; ++i) {
    if (!is_hex(text[i])) {
      return false;
    }
  }
  return true;
}

/// Whether `groups` groups of `size` hexadecimal digits with `gap` between them begin at `at`, and stand
/// alone.
[[nodiscard]] constexpr bool are_groups(std::string_view text, std::size_t at, std::size_t groups,
                                        std::size_t size, char gap) noexcept {
  auto const length = groups * (size + 1) - 1;
  auto const before = byte_before(text, at);
  auto const after = byte_at(text, at + length);
  if (is_attached(before) || is_attached(after) || before == gap ||
      (after == gap && is_attached(byte_at(text, at + length + 1)))) {
    return false;
  }
  for (std::size_t group = 0; group < groups; ++group) {
    auto const first = at + group * (size + 1);
    if (!are_hex(text, first, size) || (group + 1 < groups && byte_at(text, first + size) != gap)) {
      return false;
    }
  }
  return true;
}

/// An address whose first gap may be the byte at `at` (':', '-' or '.').
template <class Found>
void mac_at(std::string_view text, std::size_t at, Found&& found) {
  auto const gap = text[at];
  std::size_t const size = gap == '.' ? 4 : 2;
  if (at < size || byte_at(text, at + size + 1) != gap) {
    return;
  }
  auto const begin = at - size;
  std::size_t const groups = gap == '.' ? 3 : 6;
  if (!are_groups(text, begin, groups, size, gap)) {
    return;
  }
  auto const length = groups * (size + 1) - 1;
  bool zeros = true;
  bool ones = true;
  bool digits = true;
  for (auto const byte : text.substr(begin, length)) {
    zeros = zeros && (byte == '0' || byte == gap);
    ones = ones && (to_lower(byte) == 'f' || byte == gap);
    digits = digits && (is_digit(byte) || byte == gap);
  }
  // Everybody and nobody; and "1234.5678.9012", which may be any number.
  found(begin, begin + length, entity::mac, zeros || ones ? 0.2f : digits && gap == '.' ? 0.3f : 0.8f, "mac");
}

} // namespace detail

/// Hardware addresses (IEEE 802, EUI-48): with h = `[0-9A-Fa-f]`, `hh(:hh){5}`, `hh(-hh){5}` or
/// `hhhh(\.hhhh){2}`, where before it stands nothing or one of `[^0-9A-Za-z_]` but not the separator; after
/// it stands nothing or one of `[^0-9A-Za-z_]`, and not the separator and then one of `[0-9A-Za-z_]`. Each of
/// the three is looked for by itself: two of different separators may share a group.
template <class Found>
void scan_mac(std::string_view folded, Found&& found) {
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (folded[at] == ':' || folded[at] == '-' || folded[at] == '.') {
      detail::mac_at(folded, at, found);
    }
  }
}

} // namespace overt::inline v0::detect
