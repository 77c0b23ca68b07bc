#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::redact {

/// Where Ctrl+Left and Ctrl+Right go. Toolkits do not agree: Qt goes to where the next word begins and takes
/// a run of signs for a word of its own (QTextLayout, "SkipWords"); GTK goes to where a word ends (Pango's
/// word boundaries, after UAX #29). Where the two differ, only the program can tell.
enum class word_rule : std::uint8_t { qt, pango };

namespace detail {

enum class word_class : std::uint8_t { space, sign, letter };

[[nodiscard]] constexpr word_class word_class_of(char32_t one) noexcept {
  constexpr std::u32string_view signs = U".,?!@#$:;-<>[](){}=/+%&^*'\"`~|\\";
  if (one == U' ' || one == U'\t' || one == 0xa0 || one == 0) {
    return word_class::space;
  }
  return signs.find(one) != std::u32string_view::npos ? word_class::sign : word_class::letter;
}

/// Whether toolkits agree what kind of character this is. Of scripts that are written without spaces, of wide
/// forms and of signs beyond ASCII each has its own idea (UAX #29 and dictionaries).
[[nodiscard]] constexpr bool has_clear_word_class(char32_t one) noexcept {
  bool const latin = one >= 0xc0 && one < 0x250 && one != 0xd7 && one != 0xf7;
  return one < 0x80 || one == 0xa0 || latin || (one >= 0x370 && one < 0x530); // and Greek, Cyrillic
}

} // namespace detail

/// `at(i)`: the character at place i of `size`. `from`: where the caret is.
template <class At>
[[nodiscard]] constexpr std::size_t word_left(std::size_t from, word_rule rule, At&& at) {
  using detail::word_class;
  auto const is = [&](std::size_t i, word_class wanted) { return detail::word_class_of(at(i)) == wanted; };
  auto to = from;
  if (rule == word_rule::pango) { // past all that is no word, then past the word
    while (to > 0 && !is(to - 1, word_class::letter)) {
      --to;
    }
    while (to > 0 && is(to - 1, word_class::letter)) {
      --to;
    }
    return to;
  }
  while (to > 0 && is(to - 1, word_class::space)) {
    --to;
  }
  if (to > 0 && is(to - 1, word_class::sign)) {
    while (to > 0 && is(to - 1, word_class::sign)) {
      --to;
    }
  } else {
    while (to > 0 && is(to - 1, word_class::letter)) {
      --to;
    }
  }
  return to;
}

template <class At>
[[nodiscard]] constexpr std::size_t word_right(std::size_t from, std::size_t size, word_rule rule, At&& at) {
  using detail::word_class;
  auto const is = [&](std::size_t i, word_class wanted) { return detail::word_class_of(at(i)) == wanted; };
  auto to = from;
  if (rule == word_rule::pango) {
    while (to < size && !is(to, word_class::letter)) {
      ++to;
    }
    while (to < size && is(to, word_class::letter)) {
      ++to;
    }
    return to;
  }
  if (to < size && is(to, word_class::sign)) {
    while (to < size && is(to, word_class::sign)) {
      ++to;
    }
  } else {
    while (to < size && is(to, word_class::letter)) {
      ++to;
    }
  }
  while (to < size && is(to, word_class::space)) {
    ++to;
  }
  return to;
}

} // namespace overt::inline v0::redact
