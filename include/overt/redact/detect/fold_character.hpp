#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detect::detail {

/// What `fold_character` gives for a character that leaves nothing behind.
inline constexpr std::uint32_t folded_away = 0xffffffff;

struct character_range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// Characters that are not seen, or only change the one before them (Unicode 15, categories Cf and Mn of the
/// scripts that are typed together with digits and Latin letters, and the variation selectors).
inline constexpr auto unseen_ranges = std::array<character_range, 34>{{
    {0x00ad, 0x00ad}, {0x0300, 0x036f}, {0x0483, 0x0489},   {0x0591, 0x05bd},   {0x05bf, 0x05bf},
    {0x05c1, 0x05c2}, {0x05c4, 0x05c5}, {0x05c7, 0x05c7},   {0x0600, 0x0605},   {0x0610, 0x061a},
    {0x061c, 0x061c}, {0x064b, 0x065f}, {0x0670, 0x0670},   {0x06d6, 0x06dd},   {0x06df, 0x06e4},
    {0x06e7, 0x06e8}, {0x06ea, 0x06ed}, {0x070f, 0x070f},   {0x115f, 0x1160},   {0x17b4, 0x17b5},
    {0x180b, 0x180f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},   {0x200b, 0x200f},   {0x202a, 0x202e},
    {0x2060, 0x206f}, {0x20d0, 0x20f0}, {0x3164, 0x3164},   {0xfe00, 0xfe0f},   {0xfe20, 0xfe2f},
    {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
}};

/// The zeros of all decimal digits (Unicode 15, category Nd); nine more follow each.
inline constexpr auto decimal_zeros = std::array<std::uint32_t, 66>{
    0x0660,  0x06f0,  0x07c0,  0x0966,  0x09e6,  0x0a66,  0x0ae6,  0x0b66,  0x0be6,  0x0c66,  0x0ce6,
    0x0d66,  0x0de6,  0x0e50,  0x0ed0,  0x0f20,  0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,
    0x1a80,  0x1a90,  0x1b50,  0x1bb0,  0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,  0xa9f0,
    0xaa50,  0xabf0,  0xff10,  0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450,
    0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60,
    0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4d0, 0x1e950};

/// A run of characters that stands for consecutive ASCII characters.
struct shifted_range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  char becomes = 0;
};

inline constexpr auto shifted_ranges = std::array<shifted_range, 22>{{
    {0x2074, 0x2079, '4'},   {0x2080, 0x2089, '0'},   {0x2460, 0x2468, '1'},   {0x2474, 0x247c, '1'},
    {0x2488, 0x2490, '1'},   {0x249c, 0x24b5, 'a'},   {0x24b6, 0x24cf, 'A'},   {0x24d0, 0x24e9, 'a'},
    {0x24ea, 0x24ea, '0'},   {0x24f5, 0x24fd, '1'},   {0x24ff, 0x24ff, '0'},   {0x2776, 0x277e, '1'},
    {0x2780, 0x2788, '1'},   {0x278a, 0x2792, '1'},   {0xff01, 0xff5e, '!'},   {0x1f130, 0x1f149, 'A'},
    {0x1f150, 0x1f169, 'A'}, {0x1f170, 0x1f189, 'A'}, {0x1fbf0, 0x1fbf9, '0'}, {0x00b2, 0x00b3, '2'},
    {0x00b9, 0x00b9, '1'},   {0x2070, 0x2070, '0'},
}};

/// Single characters that look like, or stand for, an ASCII one. Greek and Cyrillic letters are here when
/// their usual shape is that of a Latin letter; a word in either script stays a word.
struct look_alike {
  std::uint32_t character = 0;
  char becomes = 0;
};

inline constexpr auto look_alikes = std::array<look_alike, 134>{{
    {0x0391, 'A'},  {0x0392, 'B'},  {0x0395, 'E'},  {0x0396, 'Z'},  {0x0397, 'H'},  {0x0399, 'I'},
    {0x039a, 'K'},  {0x039c, 'M'},  {0x039d, 'N'},  {0x039f, 'O'},  {0x03a1, 'P'},  {0x03a4, 'T'},
    {0x03a5, 'Y'},  {0x03a7, 'X'},  {0x03b1, 'a'},  {0x03b9, 'i'},  {0x03ba, 'k'},  {0x03bd, 'v'},
    {0x03bf, 'o'},  {0x03c1, 'p'},  {0x0405, 'S'},  {0x0406, 'I'},  {0x0408, 'J'},  {0x0410, 'A'},
    {0x0412, 'B'},  {0x0415, 'E'},  {0x041a, 'K'},  {0x041c, 'M'},  {0x041d, 'H'},  {0x041e, 'O'},
    {0x0420, 'P'},  {0x0421, 'C'},  {0x0422, 'T'},  {0x0423, 'Y'},  {0x0425, 'X'},  {0x0430, 'a'},
    {0x0435, 'e'},  {0x043e, 'o'},  {0x0440, 'p'},  {0x0441, 'c'},  {0x0443, 'y'},  {0x0445, 'x'},
    {0x0455, 's'},  {0x0456, 'i'},  {0x0458, 'j'},  {0x04bb, 'h'},  {0x0501, 'd'},  {0x051b, 'q'},
    {0x051d, 'w'},  {0x058a, '-'},  {0x05be, '-'},  {0x066b, '.'},  {0x066c, '\''}, {0x06d4, '.'},
    {0x00b7, '.'},  {0x2018, '\''}, {0x2019, '\''}, {0x201a, '\''}, {0x201b, '\''}, {0x201c, '"'},
    {0x201d, '"'},  {0x201e, '"'},  {0x2024, '.'},  {0x2027, '.'},  {0x2043, '-'},  {0x2044, '/'},
    {0x207a, '+'},  {0x207b, '-'},  {0x207d, '('},  {0x207e, ')'},  {0x2102, 'C'},  {0x210a, 'g'},
    {0x210b, 'H'},  {0x210c, 'H'},  {0x210d, 'H'},  {0x210e, 'h'},  {0x2110, 'I'},  {0x2111, 'I'},
    {0x2112, 'L'},  {0x2113, 'l'},  {0x2115, 'N'},  {0x2119, 'P'},  {0x211a, 'Q'},  {0x211b, 'R'},
    {0x211c, 'R'},  {0x211d, 'R'},  {0x2124, 'Z'},  {0x2128, 'Z'},  {0x212c, 'B'},  {0x212d, 'C'},
    {0x212f, 'e'},  {0x2130, 'E'},  {0x2131, 'F'},  {0x2133, 'M'},  {0x2134, 'o'},  {0x2139, 'i'},
    {0x2145, 'D'},  {0x2146, 'd'},  {0x2147, 'e'},  {0x2148, 'i'},  {0x2149, 'j'},  {0x2212, '-'},
    {0x2215, '/'},  {0x2219, '.'},  {0x2236, ':'},  {0x22c5, '.'},  {0x2500, '-'},  {0x2796, '-'},
    {0x2795, '+'},  {0x2e3a, '-'},  {0x2e3b, '-'},  {0x3001, ','},  {0x3002, '.'},  {0x30fb, '.'},
    {0xa789, ':'},  {0xfe52, '.'},  {0xfe55, ':'},  {0xfe58, '-'},  {0xfe59, '('},  {0xfe5a, ')'},
    {0xfe62, '+'},  {0xfe63, '-'},  {0xfe6b, '@'},  {0xff61, '.'},  {0xff65, '.'},  {0x01a0, 'O'},
    {0x01a1, 'o'},  {0x01af, 'U'},  {0x01b0, 'u'},  {0x1400, '-'},  {0x1806, '-'},  {0x2028, '\n'},
    {0x2029, '\n'}, {0x0085, '\n'},
}};

/// U+00C0 to U+017F without their marks; a space where there is no one letter for it.
inline constexpr std::string_view plain_latin =
    "AAAAAA CEEEEIIII NOOOOO OUUUUY  aaaaaa ceeeeiiii nooooo ouuuuy y"
    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi  JjKkkLlLlLlLlLlNnNnNnnNnOoOoOo  RrRrRrSsSsSsSsTtTtTt"
    "UuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(plain_latin.size() == 0x180 - 0xc0);

constexpr std::uint32_t fold_rare(std::uint32_t character) noexcept {
  for (auto const& range : unseen_ranges) {
    if (character >= range.first && character <= range.last) {
      return folded_away;
    }
  }
  for (auto const zero : decimal_zeros) {
    if (character >= zero && character < zero + 10) {
      return '0' + (character - zero);
    }
  }
  for (auto const& range : shifted_ranges) {
    if (character >= range.first && character <= range.last) {
      return static_cast<unsigned char>(range.becomes) + (character - range.first);
    }
  }
  for (auto const& one : look_alikes) {
    if (character == one.character) {
      return static_cast<unsigned char>(one.becomes);
    }
  }
  return character;
}

/// The tables above, unrolled for U+0000 to U+07FF, where most letters of alphabets are: 0 for what stays, 1
/// for what is folded away.
inline constexpr auto fold_of_alphabets = [] {
  std::array<unsigned char, 0x800> table{};
  for (auto const& one : look_alikes) {
    if (one.character < table.size()) {
      table[one.character] = static_cast<unsigned char>(one.becomes);
    }
  }
  for (auto const& range : shifted_ranges) {
    for (auto c = range.first; c <= range.last && c < table.size(); ++c) {
      table[c] = static_cast<unsigned char>(static_cast<unsigned char>(range.becomes) + (c - range.first));
    }
  }
  for (auto const zero : decimal_zeros) {
    for (std::uint32_t digit = 0; digit < 10 && zero + digit < table.size(); ++digit) {
      table[zero + digit] = static_cast<unsigned char>('0' + digit);
    }
  }
  for (auto const& range : unseen_ranges) {
    for (auto c = range.first; c <= range.last && c < table.size(); ++c) {
      table[c] = 1;
    }
  }
  return table;
}();

/// Which blocks of 256 characters have anything to fold.
inline constexpr auto blocks_that_fold = [] {
  std::array<bool, 0x1100> table{};
  auto const mark = [&](std::uint32_t first, std::uint32_t last) {
    for (auto block = first >> 8; block <= last >> 8; ++block) {
      table[block] = true;
    }
  };
  for (auto const& range : unseen_ranges) {
    mark(range.first, range.last);
  }
  for (auto const zero : decimal_zeros) {
    mark(zero, zero + 9);
  }
  for (auto const& range : shifted_ranges) {
    mark(range.first, range.last);
  }
  for (auto const& one : look_alikes) {
    mark(one.character, one.character);
  }
  return table;
}();

/// What detectors see of a character: ASCII as it is; digits, letters, punctuation, spaces and dashes of
/// other scripts and styles as their ASCII counterpart; Latin letters without marks; nothing for what is not
/// seen; every other character as it is.
[[nodiscard]] constexpr std::uint32_t fold_character(std::uint32_t character) noexcept {
  if (character < 0x80) {
    return character;
  }
  if (character >= 0xc0 && character < 0x180) {
    auto const plain = static_cast<unsigned char>(plain_latin[character - 0xc0]);
    return plain == ' ' ? character : plain;
  }
  if (character >= 0x1ea0 && character <= 0x1ef9) { // Vietnamese: capital and small in turn
    constexpr std::string_view letters = "AEIOUY";
    std::size_t const row = character < 0x1eb8   ? 0
                            : character < 0x1ec8 ? 1
                            : character < 0x1ecc ? 2
                            : character < 0x1ee4 ? 3
                            : character < 0x1ef2 ? 4
                                                 : 5;
    return static_cast<unsigned char>(letters[row]) + (character % 2 == 0 ? 0u : 0x20u);
  }
  if (character == 0xa0 || (character >= 0x2000 && character <= 0x200a) || character == 0x202f ||
      character == 0x205f || character == 0x3000 || character == 0x1680 || character == 0x2800) {
    return ' ';
  }
  if (character >= 0x2010 && character <= 0x2015) {
    return '-';
  }
  if (character >= 0x1d400 && character <= 0x1d6a3) { // mathematical letters, in alphabets of 52
    auto const letter = (character - 0x1d400) % 52;
    return letter < 26 ? 'A' + letter : 'a' + (letter - 26);
  }
  if (character < fold_of_alphabets.size()) {
    auto const folded = fold_of_alphabets[character];
    return folded == 0 ? character : folded == 1 ? folded_away : folded;
  }
  if (character > 0x10ffff || !blocks_that_fold[character >> 8]) {
    return character;
  }
  return fold_rare(character);
}

} // namespace overt::inline v0::detect::detail
