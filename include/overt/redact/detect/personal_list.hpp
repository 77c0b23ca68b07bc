#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/fold.hpp>
#include <overt/redact/detect/letters.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// Small letters of Latin, Greek and Cyrillic whose capitals are one or a few places away, in two bytes of
/// UTF-8 both.
[[nodiscard]] constexpr std::uint32_t lower_of_two_bytes(std::uint32_t c) noexcept {
  if ((c >= 0xc0 && c <= 0xde && c != 0xd7) || (c >= 0x391 && c <= 0x3ab) || (c >= 0x410 && c <= 0x42f)) {
    return c + 0x20;
  }
  if (c >= 0x400 && c <= 0x40f) {
    return c + 0x50;
  }
  if ((c >= 0x100 && c <= 0x17f && c != 0x130 && c != 0x131 && c != 0x178) || (c >= 0x460 && c <= 0x52f)) {
    auto const odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    return (c % 2 == 1) == odd ? c + 1 : c;
  }
  return c;
}

/// Several words looked for at once, in time that does not depend on their number (A. V. Aho, M. J. Corasick,
/// Efficient String Matching, CACM 18, 1975), as a table of states over the bytes that occur in them.
class word_machine {
public:
  word_machine() { start(); }
  ~word_machine() { overt::detail::wipe(next_.data(), next_.size() * sizeof(std::uint32_t)); }
  word_machine(word_machine const&) = delete;
  word_machine& operator=(word_machine const&) = delete;

  void build(std::vector<std::string> const& words) {
    classes_ = {};
    width_ = 1;
    for (auto const& word : words) {
      for (auto const byte : word) {
        auto& entry = classes_[static_cast<unsigned char>(byte)];
        entry = entry == 0 ? static_cast<std::uint16_t>(width_++) : entry;
      }
    }
    start();
    for (auto const& word : words) {
      std::uint32_t state = 0;
      for (auto const byte : word) {
        auto const place = state * width_ + classes_[static_cast<unsigned char>(byte)];
        if (next_[place] == 0) {
          next_[place] = static_cast<std::uint32_t>(longest_.size());
          longest_.push_back(0);
          next_.resize(next_.size() + width_, 0);
        }
        state = next_[place];
      }
      longest_[state] = std::max(longest_[state], static_cast<std::uint32_t>(word.size()));
    }
    link();
  }

  [[nodiscard]] bool empty() const noexcept { return longest_.size() == 1; }
  [[nodiscard]] std::uint32_t step(std::uint32_t state, char byte) const noexcept {
    return next_[state * width_ + classes_[static_cast<unsigned char>(byte)]];
  }
  /// The length of the longest word that ends in this state; 0 for none.
  [[nodiscard]] std::uint32_t ends(std::uint32_t state) const noexcept { return longest_[state]; }

private:
  void start() {
    next_.assign(width_, 0);
    longest_.assign(1, 0);
  }
  void link() {
    std::vector<std::uint32_t> failure(longest_.size(), 0);
    std::vector<std::uint32_t> queue;
    for (std::size_t c = 0; c < width_; ++c) {
      if (next_[c] != 0) {
        queue.push_back(next_[c]);
      }
    }
    for (std::size_t head = 0; head < queue.size(); ++head) {
      auto const state = queue[head];
      longest_[state] = std::max(longest_[state], longest_[failure[state]]);
      for (std::size_t c = 0; c < width_; ++c) {
        auto& to = next_[state * width_ + c];
        auto const otherwise = next_[failure[state] * width_ + c];
        if (to != 0) {
          failure[to] = otherwise;
          queue.push_back(to);
        } else {
          to = otherwise;
        }
      }
    }
  }

  std::array<std::uint16_t, 256> classes_{};
  std::size_t width_ = 1;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> longest_;
};

} // namespace detail

/// The person's own list, made ready to be looked for: names, addresses, numbers that no rule knows. Entries
/// are found whatever their case, style and marks (as folding sees them). One of digits, and of what
/// separates digits, is also found with other separators. Entries of fewer than three characters are left
/// out; one of fewer than five is found only where no letter or digit touches it. It is wiped when it is
/// destroyed.
class personal_list {
public:
  explicit personal_list(std::vector<std::string> const& entries) {
    std::vector<std::string> words;
    std::vector<std::string> numbers;
    for (auto const& entry : entries) {
      auto word = normal(entry);
      if (characters(word) >= 3) {
        std::string number;
        bool only = true;
        for (auto const byte : word) {
          if (detail::is_digit(byte)) {
            number += byte;
          } else {
            only = only && (is_separator(byte) || byte == '+');
          }
        }
        if (only && number.size() >= 6) {
          numbers.push_back(std::move(number));
        }
        words.push_back(std::move(word));
      } else {
        ++left_out_;
      }
    }
    words_.build(words);
    numbers_.build(numbers);
    for (auto* const list : {&words, &numbers}) {
      for (auto& one : *list) {
        overt::detail::wipe(one.data(), one.size());
      }
    }
  }

  /// How many entries were too short, or no UTF-8.
  [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }

  /// Looks through a folded text.
  template <class Found>
  void scan(std::string_view folded, Found&& found) const {
    if (!words_.empty()) {
      scan_words(folded, found);
    }
    if (!numbers_.empty()) {
      scan_numbers(folded, found);
    }
  }

private:
  static constexpr bool is_separator(char byte) noexcept {
    return byte == ' ' || byte == '-' || byte == '.' || byte == '/' || byte == '(' || byte == ')';
  }

  static std::size_t characters(std::string_view text) noexcept {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !detail::is_continuation(byte); }));
  }

  /// Folded, in lower case, without spaces around it; empty for broken text.
  static std::string normal(std::string_view entry) {
    std::string out(entry.size(), '\0');
    std::vector<std::uint32_t> offsets(entry.size() + 1);
    detail::folded_text<std::uint32_t> folded;
    if (!detail::fold(entry, out.data(), offsets.data(), folded)) {
      overt::detail::wipe(out.data(), out.size());
      return {};
    }
    auto size = folded.text.size();
    std::size_t first = 0;
    while (first < size && out[first] == ' ') {
      ++first;
    }
    while (size > first && out[size - 1] == ' ') {
      --size;
    }
    std::string result;
    result.reserve(size - first);
    for_each_lower(std::string_view{out}.substr(first, size - first),
                   [&](std::size_t, char byte) { result += byte; });
    overt::detail::wipe(out.data(), out.size());
    return result;
  }

  /// Gives each byte in lower case; the number of bytes stays the same.
  template <class Take>
  static void for_each_lower(std::string_view text, Take&& take) {
    for (std::size_t i = 0; i < text.size();) {
      auto const byte = static_cast<unsigned char>(text[i]);
      if (byte >= 0xc3 && byte <= 0xd4 && i + 1 < text.size()) {
        auto const c = (byte & 0x1fu) << 6 | (static_cast<unsigned char>(text[i + 1]) & 0x3fu);
        char two[4] = {};
        static_cast<void>(overt::detail::encode_utf8(detail::lower_of_two_bytes(c), two));
        take(i, two[0]);
        take(i + 1, two[1]);
        i += 2;
      } else {
        take(i, detail::to_lower(text[i]));
        ++i;
      }
    }
  }

  template <class Found>
  void scan_words(std::string_view folded, Found& found) const {
    constexpr std::uint32_t short_word = 5;
    std::uint32_t state = 0;
    for_each_lower(folded, [&](std::size_t at, char byte) {
      state = words_.step(state, byte);
      auto const size = words_.ends(state);
      if (size == 0) {
        return;
      }
      auto const begin = at + 1 - size;
      auto const touched = detail::is_word_byte(detail::byte_before(folded, begin)) ||
                           detail::is_word_byte(detail::byte_at(folded, at + 1));
      if (size >= short_word || !touched) {
        found(begin, at + 1, entity::my_data, 1.0f, "my_data");
      }
    });
  }

  template <class Found>
  void scan_numbers(std::string_view folded, Found& found) const {
    constexpr std::size_t kept = 64; // places of the last digits
    constexpr std::size_t most_separators = 3;
    std::array<std::size_t, kept> places{};
    std::size_t count = 0;
    std::size_t separators = 0;
    std::uint32_t state = 0;
    for (std::size_t at = 0; at < folded.size(); ++at) {
      if (!detail::is_digit(folded[at])) {
        separators = is_separator(folded[at]) ? separators + 1 : most_separators + 1;
        if (separators > most_separators) {
          state = 0;
        }
        continue;
      }
      separators = 0;
      state = numbers_.step(state, folded[at]);
      places[count++ % kept] = at;
      if (auto const size = numbers_.ends(state); size != 0 && size <= kept) {
        found(places[(count - size) % kept], at + 1, entity::my_data, 1.0f, "my_data");
      }
    }
  }

  detail::word_machine words_;
  detail::word_machine numbers_;
  std::size_t left_out_ = 0;
};

} // namespace overt::inline v0::detect
