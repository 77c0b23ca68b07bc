#pragma once

#include <cstddef>

#include <overt/redact/edit/edited_field.hpp>
#include <overt/redact/edit/marked_text.hpp>

namespace overt::inline v0::redact {

namespace detail {

[[nodiscard]] constexpr bool is_digit(char32_t one) noexcept { return one >= U'0' && one <= U'9'; }
[[nodiscard]] constexpr bool is_space(char32_t one) noexcept {
  return one == U' ' || one == U'\n' || one == U'\t' || one == 0xa0 || one == 0;
}
[[nodiscard]] constexpr bool joins_digits(char32_t one) noexcept {
  return is_digit(one) || one == U' ' || one == U'-' || one == U'.' || one == U'/' || one == U'(' ||
         one == U')' || one == U'+' || one == 0xa0;
}

inline void keep_back(marked_text& text, std::size_t from) noexcept {
  for (auto i = from; i < text.size(); ++i) {
    text.set_mark(i, mark::kept_back());
  }
}

/// Where the last word begins; the end when the text ends with white space.
[[nodiscard]] inline std::size_t last_word(marked_text const& text) noexcept {
  auto from = text.size();
  while (from > 0 && !is_space(text[from - 1])) {
    --from;
  }
  return from;
}

/// Whether a word from `begin` to `end` may be a group of a longer number: it has a digit, or is all
/// capitals.
[[nodiscard]] inline bool is_group(marked_text const& text, std::size_t begin, std::size_t end) noexcept {
  bool digit = false;
  bool lower = false;
  for (auto i = begin; i < end; ++i) {
    digit = digit || is_digit(text[i]);
    lower = lower || (text[i] >= U'a' && text[i] <= U'z') || text[i] >= 0x80;
  }
  return begin < end && (digit || !lower);
}

/// Where the groups begin that the text ends with: "GB84 IOGQ 4878 03". The end when there are none.
[[nodiscard]] inline std::size_t last_groups(marked_text const& text) noexcept {
  auto from = text.size();
  for (auto end = text.size(); end > 0;) {
    while (end > 0 && is_space(text[end - 1])) {
      --end;
    }
    auto begin = end;
    while (begin > 0 && !is_space(text[begin - 1])) {
      --begin;
    }
    if (!is_group(text, begin, end)) {
      break;
    }
    from = end = begin;
  }
  return from;
}

} // namespace detail

/// Keeps back what more may come to. Of a text that was submitted, four digits and more at the end, and a
/// last word that has a digit in it or an "@"; of one that was left, the last word, and the digits at the
/// end.
inline void keep_back_end(marked_text& text, release_of release) noexcept {
  auto digits_from = text.size();
  std::size_t digits = 0;
  while (digits_from > 0 && detail::joins_digits(text[digits_from - 1])) {
    --digits_from;
    digits += detail::is_digit(text[digits_from]) ? 1 : 0;
  }
  while (digits_from < text.size() && detail::is_space(text[digits_from])) {
    ++digits_from;
  }
  auto const word = detail::last_word(text);
  bool const left = release != release_of::submitted;
  if (digits >= (left ? 1u : 4u)) {
    detail::keep_back(text, digits_from);
  }
  std::size_t signs = 0;
  std::size_t letters = 0;
  for (auto i = word; i < text.size(); ++i) {
    signs += detail::is_digit(text[i]) || text[i] == U'@' ? 1 : 0;
    letters += detail::is_digit(text[i]) ? 0 : 1;
  }
  if (left) {
    detail::keep_back(text, detail::last_groups(text));
  }
  if (left || (signs > 0 && letters > 0 && text.size() - word >= 6)) {
    detail::keep_back(text, word);
  }
}

} // namespace overt::inline v0::redact
