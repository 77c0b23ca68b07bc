#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canaries.hpp"
#include "compositions.hpp"
#include "output_strings.hpp"

namespace leaks {

/// Any of many short strings, looked for at once. Longer than three bytes, all of them.
class needle_set {
public:
  void clear() {
    for (auto const& one : needles_) {
      starts_->reset(place_of(one.data()));
    }
    needles_.clear();
  }

  void add(std::string needle) {
    if (needle.size() >= 4) {
      starts_->set(place_of(needle.data()));
      needles_.push_back(std::move(needle));
    }
  }

  /// Call after adding, before looking.
  void sort() { std::sort(needles_.begin(), needles_.end()); }

  /// The first needle that stands in `text`.
  [[nodiscard]] std::optional<std::string_view> find_in(std::string_view text) const {
    for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
      if (starts_->test(place_of(text.data() + i))) {
        auto const rest = text.substr(i);
        auto const first = std::lower_bound(needles_.begin(), needles_.end(), rest.substr(0, 4));
        for (auto one = first; one != needles_.end() && one->compare(0, 4, rest, 0, 4) == 0; ++one) {
          if (rest.starts_with(*one)) {
            return *one;
          }
        }
      }
    }
    return std::nullopt;
  }

private:
  [[nodiscard]] static std::size_t place_of(char const* bytes) {
    std::uint32_t four = 0;
    std::memcpy(&four, bytes, 4);
    return static_cast<std::size_t>((four * 2654435761u) >> 16);
  }

  std::vector<std::string> needles_;
  std::unique_ptr<std::bitset<65536>> starts_ = std::make_unique<std::bitset<65536>>();
};

/// Lower case, ASCII only; what is searched and what is searched for alike.
[[nodiscard]] inline char folded(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}
[[nodiscard]] inline std::string folded(std::string_view text) {
  std::string made{text};
  for (auto& letter : made) {
    letter = folded(letter);
  }
  return made;
}

/// Without what people put between the groups of a number, and in lower case.
[[nodiscard]] inline std::string normalised(std::string_view text) {
  std::string made;
  for (char const letter : text) {
    if (std::string_view{" \t\n.-_:/()+,;"}.find(letter) == std::string_view::npos) {
      made += folded(letter);
    }
  }
  return made;
}

/// Everything that gives a canary away: each four characters in a row, as they are, normalised, backwards,
/// and in base64 (at each of its three alignments), hexadecimal, the escapes of addresses and UTF-16 of both
/// byte orders.
///
/// Four characters without a digit and without a rare letter (`is_telling`) are not looked for: they could be
/// anyone's; of random text there are none. Digits alone are looked for at four in the strings of the output,
/// with their separators taken out, and at eight in all of its bytes, because times and numbers are full of
/// four.
class searcher {
public:
  void look_for(canary const& what) {
    for (auto* const set : {&anywhere_, &exact_, &in_strings_}) {
      set->clear();
    }
    whole_short_.clear();
    for (auto const& secret : what.secret) {
      add_stretch(secret);
    }
    for (auto* const set : {&anywhere_, &exact_, &in_strings_}) {
      set->sort();
    }
  }

  /// What of it stands in these bytes of output, JSON or not; nothing when it is clean.
  [[nodiscard]] std::optional<std::string> find_in(std::string_view bytes) {
    if (auto const found = exact_.find_in(bytes)) {
      return "encoded: " + std::string{*found};
    }
    if (auto const found = anywhere_.find_in(folded(bytes))) {
      return "in the bytes: " + std::string{*found};
    }
    std::optional<std::string> told;
    each_string(bytes, [&](std::string_view name, std::string_view value) {
      if (!told) {
        told = find_in_string(name, value);
      }
    });
    return told;
  }

private:
  [[nodiscard]] std::optional<std::string> find_in_string(std::string_view name,
                                                          std::string_view written) const {
    auto const value = narrowed(written); // wide digits are digits
    auto const plain = normalised(value);
    auto found = in_strings_.find_in(plain);
    if (!found) {
      found = anywhere_.find_in(folded(value));
    }
    if (!found) {
      found = exact_.find_in(value);
    }
    if (!found && !whole_short_.empty() && plain.find(whole_short_) != std::string::npos) {
      found = whole_short_;
    }
    return found ? std::optional{"in the string \"" + std::string{name} + "\": " + std::string{*found}}
                 : std::nullopt;
  }

  static bool only_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  void add_stretch(std::string const& secret) {
    auto const plain = normalised(secret);
    if (plain.size() < 4) {
      whole_short_ = plain; // a CVV: three digits
    }
    for (std::size_t i = 0; i + 4 <= secret.size(); ++i) {
      auto const four = secret.substr(i, 4);
      if (is_telling(four) && four.find(' ') == std::string::npos) {
        if (normalised(four).find_first_not_of("0123456789") != std::string::npos) {
          anywhere_.add(folded(four));
          anywhere_.add(backwards(folded(four)));
        }
        add_encoded(four);
      }
    }
    for (std::size_t i = 0; i + 4 <= plain.size(); ++i) {
      auto const four = plain.substr(i, 4);
      if (is_telling(four)) {
        in_strings_.add(four);
        in_strings_.add(backwards(four));
        add_encoded(four);
      }
      if (i + 8 <= plain.size() && only_digits(plain.substr(i, 8))) {
        anywhere_.add(plain.substr(i, 8));
        anywhere_.add(backwards(plain.substr(i, 8)));
      }
    }
  }

  void add_encoded(std::string const& four) {
    std::string hex;
    std::string address;
    std::string wide_little;
    std::string wide_big;
    for (char const letter : four) {
      auto const byte = static_cast<unsigned char>(letter);
      std::string const pair{hexadecimal[byte >> 4], hexadecimal[byte & 15u]};
      hex += pair;
      bool const plain =
          base62.find(letter) != std::string_view::npos || letter == '-' || letter == '_' || letter == '.';
      address += plain ? std::string{folded(letter)} : "%" + pair;
      wide_little += letter;
      wide_little += '\0';
      wide_big += '\0';
      wide_big += letter;
    }
    anywhere_.add(hex);
    if (address.size() > 4) {
      anywhere_.add(address);
    }
    exact_.add(wide_little.substr(0, 7)); // without the last zero, which need not be there
    exact_.add(wide_big.substr(1));
    // Of each alignment, the letters that these four bytes decide alone.
    exact_.add(base64_of(four).substr(0, 5));
    exact_.add(base64_of(std::string(1, '\0') + four).substr(2, 4));
    exact_.add(base64_of(std::string(2, '\0') + four).substr(3, 5));
  }

  static std::string backwards(std::string text) {
    std::reverse(text.begin(), text.end());
    return text;
  }

  needle_set anywhere_;   ///< in all bytes, in lower case
  needle_set exact_;      ///< in all bytes, as they are
  needle_set in_strings_; ///< in the strings, normalised
  std::string whole_short_{};
};

} // namespace leaks
