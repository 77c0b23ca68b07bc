#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/sha256.hpp>

#include "random.hpp"

namespace leaks {

/// A word of the English list of BIP 39 and its place there.
struct seed_word {
  std::string_view word{};
  std::uint32_t place = 0;
};
/// Those of which every four letters in a row have a letter that no carrier word has, and that no name of a
/// trace has in it.
inline constexpr auto seed_words = std::to_array<seed_word>(
    {{"adjust", 28},  {"amazing", 62}, {"axis", 135},   {"buzz", 252},     {"crazy", 406},   {"dizzy", 513},
     {"enjoy", 597},  {"equal", 608},  {"equip", 609},  {"exile", 637},    {"frozen", 749},  {"gaze", 773},
     {"hazard", 847}, {"injury", 929}, {"jazz", 955},   {"join", 961},     {"joke", 962},    {"jump", 967},
     {"junk", 970},   {"just", 971},   {"lazy", 1011},  {"liquid", 1042},  {"lizard", 1046}, {"luxury", 1066},
     {"major", 1075}, {"maze", 1100},  {"ozone", 1268}, {"pizza", 1325},   {"prize", 1370},  {"puzzle", 1399},
     {"quit", 1406},  {"quiz", 1407},  {"razor", 1429}, {"squeeze", 1692}, {"taxi", 1779},   {"unique", 1900},
     {"zero", 2045},  {"zone", 2046}});

/// Twelve words whose last one has the checksum of the others (BIP 39: 128 bits and the first four of their
/// SHA-256).
[[nodiscard]] inline std::vector<std::string_view> make_seed_words(random_numbers& any) {
  for (;;) {
    std::vector<std::string_view> words;
    std::array<std::uint8_t, 17> bits{};
    for (std::size_t i = 0; i < 12; ++i) {
      auto const& one = any.pick(seed_words);
      words.push_back(one.word);
      for (std::size_t bit = 0; bit < 11; ++bit) {
        auto const at = i * 11 + bit;
        bits[at / 8] =
            static_cast<std::uint8_t>(bits[at / 8] | ((one.place >> (10 - bit) & 1u) << (7 - at % 8)));
      }
    }
    auto const digest = overt::detail::sha256(std::string{bits.begin(), bits.begin() + 16});
    if (digest[0] >> 4 == bits[16] >> 4) {
      return words; // one in sixteen is
    }
  }
}

} // namespace leaks
