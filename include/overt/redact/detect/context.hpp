#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <overt/redact/detect/context_words.hpp>
#include <overt/redact/detect/letters.hpp>
#include <overt/redact/detect/word_bytes.hpp>

namespace overt::inline v0::detect::detail {

/// The words around a candidate. Words are read when a candidate asks, each at most once, as long as
/// questions move from left to right (they may go back by a few numbers): the cost is in proportion to the
/// text however many candidates it has. It keeps positions, no text.
class surroundings {
public:
  static constexpr std::size_t before = 56; ///< bytes in front of a candidate in which a word counts
  static constexpr std::size_t after = 24;  ///< and behind it
  static constexpr std::size_t beside = 16; ///< how far a label counts as being
  static constexpr std::size_t nowhere = 1000;

  /// `nearby` is what a label beside the text says; it counts for every candidate.
  explicit surroundings(std::string_view folded, std::uint32_t nearby = 0) noexcept
      : text_{folded}, nearby_{nearby} {}

  /// Bytes from the candidate to the nearest word that means any of `kinds`; `nowhere` when there is none.
  /// What stands in front is nearer than what follows.
  [[nodiscard]] std::size_t distance(std::uint32_t kinds, std::size_t begin, std::size_t end) noexcept {
    read_to(begin, end);
    auto nearest = (nearby_ & kinds) != 0 ? beside : nowhere;
    if ((seen_ & kinds) == 0) {
      return nearest;
    }
    for (std::size_t i = 0; i < std::min(count_, words_.size()); ++i) {
      auto const& one = words_[(count_ - 1 - i) % words_.size()];
      if (one.end + before < begin) {
        break;
      }
      if ((one.means & kinds) == 0) {
        continue;
      }
      if (one.end <= begin) {
        nearest = std::min(nearest, begin - one.end);
      } else if (one.begin >= end && one.begin - end <= after) {
        nearest = std::min(nearest, 8 + (one.begin - end));
      }
    }
    return nearest;
  }

  /// Everything that words near a stretch say.
  [[nodiscard]] std::uint32_t kinds_near(std::size_t begin, std::size_t end) noexcept {
    read_to(begin, end);
    auto kinds = nearby_;
    for (std::size_t i = 0; i < std::min(count_, words_.size()); ++i) {
      auto const& one = words_[(count_ - 1 - i) % words_.size()];
      if (one.end + before < begin) {
        break;
      }
      kinds |= one.begin <= end + after ? one.means : 0;
    }
    return kinds;
  }

  /// The same of the words in front alone.
  [[nodiscard]] std::size_t distance_before(std::uint32_t kinds, std::size_t begin) noexcept {
    read_to(begin, begin);
    auto nearest = (nearby_ & kinds) != 0 ? beside : nowhere;
    for (std::size_t i = 0; i < std::min(count_, words_.size()) && (seen_ & kinds) != 0; ++i) {
      auto const& one = words_[(count_ - 1 - i) % words_.size()];
      if ((one.means & kinds) != 0 && one.end <= begin) {
        return begin - one.end <= before ? std::min(nearest, begin - one.end) : nearest;
      }
    }
    return nearest;
  }

  [[nodiscard]] bool near(std::uint32_t kinds, std::size_t begin, std::size_t end) noexcept {
    return distance(kinds, begin, end) != nowhere;
  }

  /// Near, and no word of `but` is nearer.
  [[nodiscard]] bool near_rather_than(std::uint32_t kinds, std::uint32_t but, std::size_t begin,
                                      std::size_t end) noexcept {
    auto const how_near = distance(kinds, begin, end);
    return how_near != nowhere && how_near <= distance(but & ~kinds, begin, end);
  }

private:
  // Without initialisers, so that texts without a candidate do not pay for it; count_ says which are set.
  struct word {
    std::size_t begin;
    std::size_t end;
    std::uint32_t means;
  };

  void read_to(std::size_t begin, std::size_t end) noexcept {
    auto const until = std::min(text_.size(), end + after);
    if (read_ >= until) {
      return;
    }
    if (read_ + before < begin) { // nobody asks for what lies further back
      auto const read = read_;
      read_ = begin - before;
      // To the beginning of the word that ends there: what counts must not hang on what was asked before.
      for (std::size_t i = 0; i <= longest_context_word && read_ > read && is_word_byte(text_[read_ - 1]);
           ++i) {
        --read_;
      }
    }
    while (read_ < until) {
      auto const from = read_;
      auto const size = std::min<std::size_t>(64, text_.size() - from);
      auto const bytes = word_bytes(text_, from, size);
      auto starts = bytes & ~(bytes << 1);
      auto ends = ~bytes & bytes << 1; // the places behind the words; none for one that reaches bit 63
      read_ = from + size;
      if (auto const asked = until - from; asked < 64 && starts >> asked != 0) {
        auto const later = starts & ~std::uint64_t{0} << asked; // not asked for yet
        starts ^= later;
        read_ = from + static_cast<std::size_t>(std::countr_zero(later));
      } else if (bytes >> 63 != 0 && read_ < text_.size()) {
        // The last word goes on: it is read from its beginning, or is longer than any of interest.
        auto const last = static_cast<std::size_t>(63 - std::countl_zero(starts));
        starts &= ~(std::uint64_t{1} << last);
        read_ = last != 0 ? from + last : end_of_word(read_);
      }
      for (; starts != 0; starts &= starts - 1, ends &= ends - 1) {
        auto const first = static_cast<std::size_t>(std::countr_zero(starts));
        read_word(from + first, static_cast<std::size_t>(std::countr_zero(ends)) - first);
      }
    }
  }

  [[nodiscard]] std::size_t end_of_word(std::size_t at) const noexcept {
    while (at < text_.size() && is_word_byte(text_[at])) {
      ++at;
    }
    return at;
  }

  void read_word(std::size_t first, std::size_t size) noexcept {
    auto const hash = hash_of(eight_at(first, size), size);
    if (!may_mean_something(hash)) [[likely]] {
      return;
    }
    if (auto const means = meaning_of(text_.substr(first, size), hash); means != 0) {
      words_[count_++ % words_.size()] = {first, first + size, means};
      seen_ |= means;
    }
  }

  /// `first_eight_of` a word, with one load.
  [[nodiscard]] std::uint64_t eight_at(std::size_t first, std::size_t size) const noexcept {
    if (std::endian::native != std::endian::little || text_.size() < 8) {
      return first_eight_of(text_.substr(first, size));
    }
    auto const from = std::min(first, text_.size() - 8); // the last eight of the text for a word at its end
    std::uint64_t eight = 0;
    std::memcpy(&eight, text_.data() + from, 8);
    auto const unused = 8 * (8 - std::min<std::size_t>(size, 8));
    return (eight >> 8 * (first - from) | lower_case_bits) & ~std::uint64_t{0} >> unused;
  }

  std::string_view text_;
  std::uint32_t nearby_ = 0;
  std::uint32_t seen_ = 0;
  std::size_t read_ = 0;
  std::size_t count_ = 0;
  std::array<word, 64> words_;
};

/// All that the words of a label say.
[[nodiscard]] inline std::uint32_t meanings_in(std::string_view folded) noexcept {
  std::uint32_t all = 0;
  for (std::size_t at = 0; at < folded.size();) {
    auto const first = at;
    while (at < folded.size() && is_word_byte(folded[at])) {
      ++at;
    }
    auto const word = folded.substr(first, at - first);
    all |= meaning_of(word, hash_of(first_eight_of(word), word.size()));
    at = std::max(at, first + 1);
  }
  return all;
}

} // namespace overt::inline v0::detect::detail
