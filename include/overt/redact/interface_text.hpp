#pragma once

#include <cstddef>
#include <string_view>

#include <overt/detail/utf8.hpp>
#include <overt/redact/folded.hpp>
#include <overt/redact/identifier_words.hpp>
#include <overt/redact/interface_words.hpp>

namespace overt::inline v0::redact {

namespace detail {

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Counts the words of a name and remembers whether all of them are harmless.
struct judged_words {
  std::size_t words = 0; ///< of two letters and more
  std::size_t marks = 0; ///< single letters, and numbers below 100
  bool harmless = true;

  constexpr void add(std::string_view word, bool known) noexcept {
    bool const number = word.find_first_not_of("0123456789") == std::string_view::npos;
    harmless = harmless && (number ? word.size() <= 2 : known || word.size() == 1);
    ++(number || word.size() == 1 ? marks : words);
  }

  /// One mark at most: several would spell something.
  [[nodiscard]] constexpr bool pass(std::size_t most_words) const noexcept {
    return harmless && words >= 1 && words <= most_words && marks <= 1;
  }
};

/// How many bytes of letters and digits, and apostrophes between them, there are at the beginning.
[[nodiscard]] constexpr std::size_t word_size(std::string_view text) noexcept {
  std::size_t size = 0;
  while (size < text.size()) {
    auto const one = v0::detail::decode_utf8(text.substr(size));
    if (one.size == 0 || (!is_letter_or_digit(one.character) && (one.character != '\'' || size == 0))) {
      break;
    }
    size += one.size;
  }
  while (size > 0 && text[size - 1] == '\'') {
    --size;
  }
  return size;
}

/// Calls `use(word)` for each word of a folded text.
template <class Use>
constexpr void each_word(std::string_view folded, Use&& use) {
  while (!folded.empty()) {
    if (auto const size = word_size(folded); size > 0) {
      use(folded.substr(0, size));
      folded.remove_prefix(size);
    } else {
      auto const one = v0::detail::decode_utf8(folded);
      folded.remove_prefix(one.size == 0 ? 1 : one.size);
    }
  }
}

} // namespace detail

/// Whether a name is made of words of interfaces alone ("Save As…", "Don't Save", "Heading 2"), so that it
/// says something about the program and nothing about a person. At most eight words in 96 bytes: more is a
/// sentence, and sentences are content. One number below 100 or one single letter may stand beside a word; a
/// name that is a number or a letter is the key of a keypad.
[[nodiscard]] inline bool is_interface_text(std::string_view name) noexcept {
  folded<96> const text{name};
  detail::judged_words judged;
  detail::each_word(text.view(), [&](std::string_view word) {
    auto const apostrophe = word.find('\'');
    if (apostrophe == std::string_view::npos || is_interface_word(word)) {
      return judged.add(word, is_interface_word(word));
    }
    judged.add(word.substr(0, apostrophe), is_interface_word(word.substr(0, apostrophe)));
    judged.add(word.substr(apostrophe + 1), is_interface_word(word.substr(apostrophe + 1)));
  });
  return text.complete() && judged.pass(8);
}

/// Whether an identifier of an element was written by a programmer ("btn-save", "settingsPanel2") rather than
/// made of data: each part of it is a word of interfaces or a common abbreviation, and it has one number
/// below 100 at most. A short name, an account number and a hash are none of these.
[[nodiscard]] inline bool is_identifier_text(std::string_view identifier) noexcept {
  if (identifier.size() > 64) {
    return false;
  }
  detail::judged_words judged;
  while (!identifier.empty() && judged.harmless) {
    auto const kind = [](char c) {
      return c >= 'a' && c <= 'z'                    ? 1
             : c >= 'A' && c <= 'Z'                  ? 2
             : detail::is_digit(c)                   ? 3
             : static_cast<unsigned char>(c) >= 0x80 ? 4
                                                     : 0;
    };
    std::size_t size = 1;
    auto const first = kind(identifier.front());
    if (first == 4) {
      return false;
    }
    // "savePanel" and "SavePanel" are two words, "URL" is one.
    while (size < identifier.size()) {
      auto const next = kind(identifier[size]);
      bool const capitalised = first == 2 && next == 1 && (size == 1 || kind(identifier[size - 1]) == 1);
      if (next != first && !capitalised) {
        break;
      }
      if (next == 2 && kind(identifier[size - 1]) == 1) {
        break;
      }
      ++size;
    }
    if (first == 2 && size > 1 && size < identifier.size() && kind(identifier[size]) == 1 &&
        kind(identifier[size - 1]) == 2) {
      --size; // the last capital of "URLInput" belongs to the next word
    }
    if (first != 0) {
      folded<64> const word{identifier.substr(0, size)};
      judged.add(word.view(), is_identifier_word(word.view()));
    }
    identifier.remove_prefix(size);
  }
  return judged.pass(8);
}

} // namespace overt::inline v0::redact
