#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/event/literal.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/secret_text.hpp>
#include <overt/redact/detect/secrets.hpp>
#include <overt/redact/detect/seed_words.hpp>

namespace overt::inline v0::detect {

namespace detail::seeds {

inline constexpr std::size_t fewest_words = 12;
inline constexpr std::size_t shortest_phrase = fewest_words * (shortest_seed_word + 1) - 1;

/// The numbers of up to 24 words in a row.
struct number_list {
  std::array<std::uint16_t, 24> numbers{};
  std::size_t size = 0;
};

/// BIP-39: 11 bits a word; the last 4 to 8 bits are the first of the SHA-256 of those before.
[[nodiscard]] constexpr bool has_seed_checksum(number_list const& words) noexcept {
  if (words.size % 3 != 0 || words.size < 12 || words.size > 24) {
    return false;
  }
  std::array<char, 33> bytes{};
  for (std::size_t bit = 0; bit < words.size * 11; ++bit) {
    auto const set = words.numbers[bit / 11] >> (10 - bit % 11) & 1;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] | set << (7 - bit % 8));
  }
  auto const check_bits = words.size / 3;
  auto const entropy = words.size / 3 * 4;
  overt::detail::sha256_state state;
  state.update({bytes.data(), entropy});
  auto const digest = state.finish();
  auto const shift = 8 - check_bits;
  auto const right = static_cast<unsigned char>(bytes[entropy]) >> shift == digest[0] >> shift;
  if (!std::is_constant_evaluated()) {
    overt::detail::wipe(bytes.data(), bytes.size());
  }
  return right;
}

/// What may stand between two words of a phrase: a list's numbers, commas, quotes, line breaks.
[[nodiscard]] constexpr bool separates(char c) noexcept {
  return secrets::is_space(c) || secrets::is_quote(c) || secrets::is(c, secrets::digit) || c == ',' ||
         c == '.' || c == ';' || c == ':' || c == ')' || c == '(' || c == '#' || c == '|' || c == '[' ||
         c == ']' || c == '*';
}

/// Whether `take` of the words from `first` to `last`, all of the list, have the checksum that the standard
/// gives them: those behind the first `skip`.
[[nodiscard]] constexpr bool is_right(std::string_view text, std::size_t first, std::size_t last,
                                      std::size_t skip, std::size_t take) noexcept {
  number_list words;
  for (auto i = first; i < last && words.size < take;) {
    auto const stop = secrets::run_end(text, i, secrets::letters, last - i);
    if (stop != i && skip != 0) {
      --skip;
    } else if (stop != i) {
      words.numbers[words.size++] =
          static_cast<std::uint16_t>(seed_number(secrets::piece(text, i, stop - i)));
    }
    i = std::max(stop, i + 1);
  }
  auto const right = has_seed_checksum(words);
  if (!std::is_constant_evaluated()) {
    overt::detail::wipe(words.numbers.data(), sizeof words.numbers);
  }
  return right;
}

/// The same for a phrase that has up to four ordinary words of the list before or behind it.
[[nodiscard]] constexpr bool holds_right(std::string_view text, std::size_t first, std::size_t last,
                                         std::size_t count) noexcept {
  for (std::size_t size = 12; size <= 24 && size <= count; size += 3) {
    for (std::size_t skip = 0; skip <= 4 && skip + size <= count; ++skip) {
      if (count - size - skip <= 4 && is_right(text, first, last, skip, size)) {
        return true;
      }
    }
  }
  return false;
}

/// Where a phrase may begin at the earliest, from `from` on; `end` when there is no room for one. Every
/// phrase that begins before a word ends and has that word in its reach holds it; so words are tried from the
/// far end of the shortest phrase, and most text is passed over in strides.
[[nodiscard]] constexpr std::size_t earliest_phrase(std::string_view text, std::size_t from,
                                                    std::size_t end) noexcept {
  while (end - from >= shortest_phrase) {
    auto next = from;
    for (auto stop = secrets::run_end(text, from + shortest_phrase - 1, secrets::letters,
                                      end - from - shortest_phrase + 1);
         stop > from && next == from;) {
      auto const begin = secrets::run_begin(text, stop, secrets::letters, stop - from);
      if (begin != stop && seed_number(secrets::piece(text, begin, stop - begin)) < 0) {
        next = stop;
      }
      stop = begin != stop ? begin : stop - 1;
    }
    if (next == from) {
      return from;
    }
    from = next;
  }
  return end;
}

/// Looks for 12 and more words of the list in a row between `begin` and `end`.
template <class Found>
constexpr void inspect_words(std::string_view text, std::size_t begin, std::size_t end, Found&& found) {
  std::size_t first = begin;
  std::size_t last = begin;
  std::size_t count = 0;
  auto const finish = [&] {
    if (count >= fewest_words) {
      auto const usual = count <= 24 && count % 3 == 0;
      auto const right = count <= 28 && holds_right(text, first, last, count);
      found(first, last, entity::seed_phrase, right ? 1.0F : usual ? 0.8F : 0.6F, literal{"bip39"});
    }
    count = 0;
  };
  for (auto i = earliest_phrase(text, begin, end); i < end;) {
    if (!secrets::is(text[i], secrets::letters)) {
      auto const from = i;
      while (i < end && !secrets::is(text[i], secrets::letters) && separates(text[i])) {
        ++i;
      }
      if (i < end && !secrets::is(text[i], secrets::letters)) {
        finish();
        ++i;
      } else if (i - from > 8) {
        finish();
      }
      continue;
    }
    auto const stop = secrets::run_end(text, i, secrets::letters, end - i);
    if (seed_number(secrets::piece(text, i, stop - i)) < 0) {
      finish();
      i = earliest_phrase(text, stop, end);
      continue;
    }
    first = count == 0 ? i : first;
    last = stop;
    ++count;
    i = stop;
  }
  finish();
}

/// Follows the blocks of a text. A word of one or two letters, or of more than eight, is in no phrase: in
/// prose there are seldom twelve words between two such, and what lies between two that are closer is never
/// looked at.
class far_words {
public:
  template <class Found>
  constexpr void next(std::string_view text, std::size_t from, std::size_t size, std::uint64_t letters,
                      Found&& found) {
    // Words at the edges of the block are not judged, which only makes a gap longer.
    auto const starts = letters & ~(letters << 1);
    auto const inner = size > 3 ? ~std::uint64_t{1} & ~std::uint64_t{0} >> (64 - size + 3) : 0;
    auto const brief = starts & ~(letters >> 1 & letters >> 2) & inner;
    auto runs = letters & letters >> 1;
    runs &= runs >> 2;
    runs &= runs >> 4;
    auto const bounds = brief | (runs & letters >> 8);
    if (bounds == 0) [[unlikely]] {
      words_ += static_cast<std::size_t>(std::popcount(starts));
      return;
    }
    auto const first = static_cast<std::size_t>(std::countr_zero(bounds));
    auto const last = static_cast<std::size_t>(63 - std::countl_zero(bounds));
    if (from + first >= before_ + shortest_phrase) {
      auto const below = starts & ~(~std::uint64_t{0} << first);
      if (words_ + static_cast<std::size_t>(std::popcount(rest_) + std::popcount(below)) >= fewest_words)
          [[unlikely]] {
        inspect_words(text, before_, from + first, found);
      }
    }
    if (last >= first + shortest_phrase && has_gap(bounds, first, last)) [[unlikely]] {
      inspect_words(text, from + first, from + last, found);
    }
    before_ = from + last;
    rest_ = starts >> last;
    words_ = 0;
  }

  template <class Found>
  constexpr void finish(std::string_view text, Found&& found) {
    if (text.size() >= before_ + shortest_phrase &&
        words_ + static_cast<std::size_t>(std::popcount(rest_)) >= fewest_words) {
      inspect_words(text, before_, text.size(), found);
    }
  }

private:
  /// Whether 46 places in a row, between the first and the last, are no bounds.
  [[nodiscard]] static constexpr bool has_gap(std::uint64_t bounds, std::size_t first,
                                              std::size_t last) noexcept {
    auto clear = ~bounds;
    clear &= clear >> 1;
    clear &= clear >> 2;
    clear &= clear >> 4;
    clear &= clear >> 8;
    clear &= clear >> 16;
    clear &= clear >> 14;
    return (clear >> first & ~(~std::uint64_t{0} << (last - first - shortest_phrase + 2))) != 0;
  }

  std::size_t before_ = 0; // the last word that is in no phrase
  std::size_t words_ = 0;  // words that begin behind it, in the blocks between
  std::uint64_t rest_ = 0; // and in its own block
};

} // namespace detail::seeds

/// Finds the words that restore a wallet: 12 and more of the BIP-39 list in a row, with spaces, line breaks,
/// commas or a list's numbers between them; 11 are nothing. A right checksum scores 1. As scan_secrets()
/// otherwise.
template <class Found>
constexpr void scan_seed_phrases(std::string_view folded, Found&& found) {
  detail::seeds::far_words words;
  for (std::size_t from = 0; from < folded.size(); from += 64) {
    auto const size = std::min<std::size_t>(64, folded.size() - from);
    words.next(folded, from, size, detail::secrets::block_at(folded, from, size).letters, found);
  }
  words.finish(folded, found);
}

} // namespace overt::inline v0::detect
