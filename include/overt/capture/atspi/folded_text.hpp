#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <overt/detail/utf8.hpp>

namespace overt::inline v0::capture::atspi {

/// A character as labels are compared: lower case, full-width forms as ASCII, Latin letters without their
/// marks. It is for finding words, not for spelling them: ß is one s.
[[nodiscard]] constexpr std::uint32_t folded(std::uint32_t letter) noexcept {
  // U+00C0 to U+017F. A star: no Latin letter.
  constexpr std::string_view latin = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
                                     "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                                     "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  static_assert(latin.size() == 0x180 - 0xc0);
  if (letter >= 0xff01 && letter <= 0xff5e) {
    letter -= 0xff01 - 0x21;
  }
  if (letter >= 'A' && letter <= 'Z') {
    return letter + 0x20;
  }
  if (letter < 0xc0) {
    return letter;
  }
  if (letter < 0x180) {
    auto const base = latin[letter - 0xc0];
    return base == '*' ? letter : static_cast<std::uint32_t>(base);
  }
  if (letter >= 0x391 && letter <= 0x3a9) { // Greek
    return letter + 0x20;
  }
  if (letter >= 0x410 && letter <= 0x42f) { // Cyrillic
    return letter + 0x20;
  }
  if (letter >= 0x400 && letter <= 0x40f) {
    return letter == 0x401 ? 0x435u : letter + 0x50;
  }
  if (letter == 0x451) { // ё is written е as often as not
    return 0x435;
  }
  if (letter >= 0x1e00 && letter <= 0x1eff) { // Latin letters of Vietnamese: capitals are even
    return letter | 1;
  }
  return letter;
}

/// One character after another of a text, folded, with the places where words begin: behind anything that is
/// no letter or digit, where letters and digits or two kinds of script meet, and at the capitals of `newPin`
/// and `PINCode`. Characters that are not seen (a soft hyphen, a mark on the letter before) are passed over.
class folded_text {
public:
  enum class kind : std::uint8_t { end, separator, digit, letter, ideograph };

  constexpr explicit folded_text(std::string_view text) noexcept : rest_{text} { read(kind::end, false); }

  [[nodiscard]] constexpr bool at_end() const noexcept { return kind_ == kind::end; }
  [[nodiscard]] constexpr kind what() const noexcept { return kind_; }
  [[nodiscard]] constexpr std::uint32_t character() const noexcept { return character_; }
  /// Whether a word begins here, or ended before: true at the end and at separators.
  [[nodiscard]] constexpr bool at_boundary() const noexcept { return boundary_; }
  /// What was not read yet, this character included.
  [[nodiscard]] constexpr std::string_view rest() const noexcept { return rest_; }

  constexpr void next() noexcept {
    rest_.remove_prefix(size_);
    read(kind_, capital_);
  }

private:
  constexpr void read(kind before, bool capital_before) noexcept {
    auto one = decode(rest_);
    while (one.size != 0 && is_invisible(one.character)) {
      rest_.remove_prefix(one.size);
      one = decode(rest_);
    }
    size_ = one.size;
    if (size_ == 0) {
      kind_ = kind::end;
      boundary_ = true;
      return;
    }
    character_ = folded(one.character);
    kind_ = kind_of(character_);
    capital_ = is_capital(one.character);
    boundary_ = kind_ == kind::separator || before != kind_ ||
                (capital_ && (!capital_before || small_letter_in(rest_.substr(size_))));
  }

  [[nodiscard]] static constexpr overt::detail::utf8_character decode(std::string_view text) noexcept {
    auto const one = overt::detail::decode_utf8(text);
    return one.size != 0 || text.empty()
               ? one
               : overt::detail::utf8_character{' ', 1}; // not UTF-8: keeps words apart
  }

  [[nodiscard]] static constexpr bool is_invisible(std::uint32_t letter) noexcept {
    return (letter >= 0x300 && letter <= 0x36f) || letter == 0xad || (letter >= 0x64b && letter <= 0x652) ||
           (letter >= 0x200b && letter <= 0x200f) || (letter >= 0x202a && letter <= 0x202e) ||
           (letter >= 0x2060 && letter <= 0x2069) || (letter >= 0xfe00 && letter <= 0xfe0f) ||
           letter == 0xfeff;
  }

  [[nodiscard]] static constexpr bool is_capital(std::uint32_t letter) noexcept {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 0xc0 && letter <= 0xde && letter != 0xd7) ||
           (letter >= 0x391 && letter <= 0x3a9) || (letter >= 0x400 && letter <= 0x42f);
  }

  [[nodiscard]] static constexpr bool small_letter_in(std::string_view text) noexcept {
    auto const one = decode(text).character;
    return kind_of(folded(one)) == kind::letter && !is_capital(one);
  }

  [[nodiscard]] static constexpr kind kind_of(std::uint32_t letter) noexcept {
    if (letter >= '0' && letter <= '9') {
      return kind::digit;
    }
    if (letter < 0x80) {
      return letter >= 'a' && letter <= 'z' ? kind::letter : kind::separator;
    }
    bool const sign = letter < 0xc0 || letter == 0xd7 || letter == 0xf7 ||
                      (letter >= 0x2000 && letter <= 0x2bff) || (letter >= 0x3000 && letter <= 0x3004) ||
                      (letter >= 0x3008 && letter <= 0x3020) || letter == 0x30fb ||
                      (letter >= 0xfe10 && letter <= 0xfe6f) || (letter >= 0xff61 && letter <= 0xff65);
    return sign ? kind::separator : letter >= 0x2e80 ? kind::ideograph : kind::letter;
  }

  std::string_view rest_;
  std::size_t size_ = 0;
  std::uint32_t character_ = 0;
  kind kind_ = kind::end;
  bool capital_ = false;
  bool boundary_ = true;
};

/// How a phrase has to stand in a text.
enum class phrase_place : std::uint8_t {
  word,    ///< from the beginning of a word to the end of one
  begins,  ///< from the beginning of a word: what may be inflected
  anywhere ///< also in the middle of a longer word
};

/// A phrase to look for, folded already. A space stands for nothing, or for what keeps words apart: "card
/// number" also finds `cardNumber`, `card-number` and `cardnumber`.
struct phrase {
  std::u32string_view text{};
  phrase_place place = phrase_place::word;
};

/// Whether the phrase stands where the text is, which is moved behind it.
[[nodiscard]] constexpr bool stands_at(phrase const& wanted, folded_text& at) noexcept {
  if (wanted.place != phrase_place::anywhere && !at.at_boundary()) {
    return false;
  }
  for (auto const letter : wanted.text) {
    if (letter == U' ') {
      for (int i = 0; i < 3 && at.what() == folded_text::kind::separator; ++i) {
        at.next();
      }
      continue;
    }
    if (at.character() == '.' && !at.at_end()) { // "P.I.N."
      at.next();
    }
    if (at.at_end() || at.character() != static_cast<std::uint32_t>(letter)) {
      return false;
    }
    at.next();
  }
  return wanted.place != phrase_place::word || at.at_boundary();
}

/// The phrases in the order of their first letters, so that few of them are tried at each place.
template <std::size_t Count>
[[nodiscard]] consteval std::array<phrase, Count> in_order(std::array<phrase, Count> phrases) {
  std::ranges::sort(phrases, {}, &phrase::text);
  return phrases;
}

/// What of a text begins behind the first of these phrases (as `in_order` gives them) that stands in it;
/// null data: none does. Takes time in proportion to the text.
[[nodiscard]] constexpr std::string_view behind_any(std::span<phrase const> phrases,
                                                    std::string_view text) noexcept {
  auto const first_letter = [](phrase const& one) { return static_cast<std::uint32_t>(one.text.front()); };
  for (folded_text at{text}; !at.at_end(); at.next()) {
    for (auto const& one : std::ranges::equal_range(phrases, at.character(), {}, first_letter)) {
      auto behind = at;
      if (stands_at(one, behind)) {
        return behind.rest();
      }
    }
  }
  return {};
}

} // namespace overt::inline v0::capture::atspi
