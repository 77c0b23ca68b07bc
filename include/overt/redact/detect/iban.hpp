#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/iban_countries.hpp>

namespace overt::inline v0::detect {

namespace detail {

inline constexpr std::size_t shortest_iban = 15;
inline constexpr std::size_t longest_iban = 34; // ISO 13616

/// The remainder modulo 97 (ISO/IEC 7064) of letters and digits, A being 10; starts with `rest`.
[[nodiscard]] constexpr unsigned mod_97(char byte, unsigned rest) noexcept {
  if (is_digit(byte)) {
    return (rest * 10 + static_cast<unsigned>(byte - '0')) % 97;
  }
  return (rest * 100 + static_cast<unsigned>(to_upper(byte) - 'A') + 10) % 97;
}

/// Letters and digits from `at` on, single spaces, hyphens or dots between them passed over. Ends early
/// behind more than `most_letters`.
struct iban_stretch {
  std::size_t end = 0; ///< behind the last of them
  std::size_t count = 0;
  std::size_t digits = 0;
  std::size_t gaps = 0;
};

[[nodiscard]] constexpr iban_stretch stretch_at(std::string_view text, std::size_t at, std::size_t most,
                                                std::size_t most_letters) noexcept {
  iban_stretch result{at};
  for (std::size_t i = at;
       i < text.size() && result.count < most && result.count - result.digits <= most_letters;) {
    if (is_alnum(text[i])) {
      ++result.count;
      result.digits += is_digit(text[i]) ? 1u : 0u;
      result.end = ++i;
      continue;
    }
    if ((text[i] != ' ' && text[i] != '-' && text[i] != '.') || !is_alnum(byte_at(text, i + 1))) {
      break;
    }
    ++result.gaps;
    ++i;
  }
  return result;
}

/// Whether the letters and digits of `word` leave 1 modulo 97 with the first four of them last (ISO 13616).
[[nodiscard]] constexpr bool is_iban_valid(std::string_view word) noexcept {
  unsigned rest = 0;
  std::size_t count = 0;
  for (auto const byte : word) {
    if (is_alnum(byte) && ++count > 4) {
      rest = mod_97(byte, rest);
    }
  }
  count = 0;
  for (std::size_t i = 0; i < word.size() && count < 4; ++i) {
    if (is_alnum(word[i])) {
      rest = mod_97(word[i], rest);
      ++count;
    }
  }
  return rest == 1;
}

/// How far the groups go that look as if they belonged to a number: with a digit in them, or four capitals.
[[nodiscard]] constexpr std::size_t end_of_groups(std::string_view text, std::size_t at) noexcept {
  auto end = at;
  for (std::size_t i = at; i < text.size() && i - at < 2 * longest_iban;) {
    bool digit = false;
    auto j = i;
    while (j < text.size() && is_alnum(text[j]) && j - i <= longest_iban) {
      digit = digit || is_digit(text[j]);
      ++j;
    }
    if (j == i || !(digit || (j - i <= 4 && text[i] >= 'A' && text[i] <= 'Z')) ||
        is_attached(byte_at(text, j))) {
      break;
    }
    end = j;
    if (byte_at(text, j) != ' ' && byte_at(text, j) != '-') {
      break;
    }
    i = j + 1;
  }
  return end;
}

/// The IBAN whose two check digits begin at `at`, if its two letters stand before them. Before `floor` none
/// is looked for that is not of its country's length; it is moved on, so that no stretch is walked again and
/// again.
template <class Found>
void iban_at(std::string_view text, std::size_t at, std::size_t& floor, surroundings& around, Found&& found) {
  if (at < 2 || !is_digit(byte_at(text, at + 1))) {
    return;
  }
  auto begin = at - 2;
  if (text[at - 1] == ' ' || text[at - 1] == '-') { // "GB 29 NWBK …"
    if (at < 3) {
      return;
    }
    --begin;
  }
  auto const length = iban_length(to_upper(text[begin]), to_upper(text[begin + 1]));
  auto const before = byte_before(text, begin);
  if (length == 0 || is_attached(before)) {
    return;
  }
  auto const exact = stretch_at(text, begin, length, length / 2);
  float score = 0;
  auto end = exact.end;
  if (exact.count == length && !is_attached(byte_at(text, end)) && exact.digits * 2 >= length) {
    // "is 4539 … thanks" looks like one of Iceland.
    auto const capital = text[begin] >= 'A' && text[begin] <= 'Z';
    score = is_iban_valid(text.substr(begin, end - begin)) ? 1.0f : capital ? 0.5f : 0.35f;
  } else {
    // One digit too many or too few, or cut: still an account.
    if (begin < floor) {
      return;
    }
    end = end_of_groups(text, begin);
    floor = end;
    auto const part = stretch_at(text.substr(0, end), begin, longest_iban, longest_iban);
    if (part.count < 12 || part.digits * 2 < part.count) {
      return;
    }
    auto const difference = part.count > length ? part.count - length : length - part.count;
    auto const capital = text[begin] >= 'A' && text[begin] <= 'Z';
    score = part.gaps >= 3 || (difference == 1 && capital) ? 0.5f : 0.35f;
    score -= difference > 6 ? 0.2f : 0.0f;
  }
  if (score < 0.9f && around.near(about::iban | about::account, begin, end)) {
    score += 0.3f;
  }
  found(begin, end, entity::iban, std::min(score, 1.0f), "iban");
}

} // namespace detail

/// IBANs by ISO 13616: two letters of a country that has them, two digits, and letters and digits up to the
/// country's length, with a single space, hyphen or dot anywhere between them, in either case. The remainder
/// modulo 97 adds to the score. A number of another length scores less. At least half are digits.
template <class Found>
void scan_iban(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  std::size_t floor = 0;
  for (std::size_t at = 2; at < folded.size(); ++at) {
    if (detail::is_digit(folded[at]) && !detail::is_digit(folded[at - 1])) {
      detail::iban_at(folded, at, floor, around, found);
    }
  }
}

/// The part of it that is a regular expression, to be compared with other engines: for each country with its
/// length N
/// `(^|[^0-9A-Za-z_])CC[0-9]{2}[0-9A-Za-z]{N-4}($|[^0-9A-Za-z_])`, in either case, what stands between being
/// what is found.
template <class Found>
void scan_ungrouped_iban(std::string_view folded, Found&& found) {
  for (std::size_t at = 0; at < folded.size();) {
    if (!detail::is_attached(folded[at])) {
      ++at;
      continue;
    }
    auto const begin = at;
    while (at < folded.size() && detail::is_attached(folded[at])) {
      ++at;
    }
    auto const word = folded.substr(begin, at - begin);
    if (word.size() < detail::shortest_iban || word.size() > detail::longest_iban ||
        word.find('_') != std::string_view::npos || !detail::is_digit(word[2]) ||
        !detail::is_digit(word[3]) ||
        word.size() != detail::iban_length(detail::to_upper(word[0]), detail::to_upper(word[1]))) {
      continue;
    }
    found(begin, at, entity::iban, detail::is_iban_valid(word) ? 1.0f : 0.5f, "iban");
  }
}

} // namespace overt::inline v0::detect
