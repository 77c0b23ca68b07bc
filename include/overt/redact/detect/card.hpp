#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/checksums.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/number_run.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// What a card's first digits say of its length (ISO/IEC 7812 issuer ranges as the networks publish them).
enum class issuer : std::uint8_t {
  unknown,
  other_length, ///< a network's range, but not one of its lengths: perhaps mistyped
  rare,         ///< a length that few cards of the network have
  usual,
};

[[nodiscard]] constexpr issuer issuer_of(digit_values number) noexcept {
  auto const size = number.size();
  auto const four = static_cast<unsigned>(number[0] * 1000 + number[1] * 100 + number[2] * 10 + number[3]);
  auto const two = four / 100;
  auto const three = four / 10;
  auto const only = [&](std::size_t length) { return size == length ? issuer::usual : issuer::other_length; };
  if (number[0] == 4) { // Visa
    return size == 16 ? issuer::usual : size == 13 || size == 19 ? issuer::rare : issuer::other_length;
  }
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) { // Mastercard
    return only(16);
  }
  if (two == 34 || two == 37) { // American Express
    return only(15);
  }
  if (four == 6011 || (three >= 644 && three <= 659) || two == 62 || two == 81) { // Discover, UnionPay
    return size == 16   ? issuer::usual
           : size >= 17 ? issuer::rare
           : two == 62  ? issuer::other_length
                        : issuer::rare;
  }
  if ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39) { // Diners Club
    return size == 14 ? issuer::usual : size >= 16 ? issuer::rare : issuer::other_length;
  }
  if (four >= 3528 && four <= 3589) { // JCB
    return size == 16 ? issuer::usual : size >= 17 ? issuer::rare : issuer::other_length;
  }
  if (two == 50 || (two >= 56 && two <= 69)) { // Maestro, RuPay and others
    return size == 16 && two != 50 ? issuer::usual : issuer::rare;
  }
  if (four >= 2200 && four <= 2204) { // Mir
    return size == 16 ? issuer::usual : size >= 17 ? issuer::rare : issuer::other_length;
  }
  if ((number[0] == 1 && size == 15) || four == 2131 || four == 1800) { // UATP, JCB of old
    return size == 15 ? issuer::rare : issuer::unknown;
  }
  return issuer::unknown;
}

/// How the digits are grouped: as cards are printed, nearly so (a digit missing or twice), or in any other
/// way.
enum class grouping : std::uint8_t { single, printed, nearly, other };

[[nodiscard]] constexpr grouping grouping_of(std::uint64_t shape, std::size_t groups) noexcept {
  if (groups == 1) {
    return grouping::single;
  }
  switch (shape) {
  case 0x4444:
  case 0x465:
  case 0x464:
  case 0x44443:
  case 0x4441:
  case 0x44444:
  case 0x4443:
  case 0x6d: return grouping::printed;
  case 0x4445:
  case 0x4434:
  case 0x4344:
  case 0x3444:
  case 0x4454:
  case 0x4544:
  case 0x5444:
  case 0x4442:
  case 0x466:
  case 0x455:
  case 0x475:
  case 0x44442: return grouping::nearly;
  default: return grouping::other;
  }
}

/// What a stretch of 12 to 19 digits scores without its context.
[[nodiscard]] constexpr float card_score(digit_values number, grouping how) noexcept {
  if (all_the_same(number)) {
    return 0.1f;
  }
  auto const known = issuer_of(number);
  auto const valid = luhn(number);
  auto const apart = how == grouping::printed || how == grouping::nearly;
  float score = 0.1f;
  switch (known) {
  case issuer::usual: score = how == grouping::other ? 0.3f : 0.5f; break;
  case issuer::rare: score = apart ? 0.4f : 0.25f; break;
  case issuer::other_length: score = apart ? 0.5f : how == grouping::single ? 0.2f : 0.1f; break;
  case issuer::unknown:
    score = apart && number.size() == 16 ? 0.5f : number.size() == 16 ? 0.2f : 0.1f;
    break;
  }
  if (valid) {
    score += known == issuer::usual || known == issuer::rare ? 0.5f : 0.15f;
  }
  return score;
}

/// The cards of a run.
template <class Found>
void cards_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  for (std::size_t first = 0; first < run.owned(); ++first) {
    // In a chain of groups of one length a card begins with the chain, or every place would be tried.
    if (!run.may_begin(first) && (run[first].length < 4 || run[first].length == run[first - 1].length)) {
      continue;
    }
    float best = 0;
    auto best_last = first;
    for (auto last = first; last < run.size(); ++last) {
      if (last > first && (run[last].gap == '/' || run[last].gap == '(')) {
        break;
      }
      auto const size = run.count(first, last);
      if (size > 19) {
        break;
      }
      if (size < 12) {
        continue;
      }
      auto const how = grouping_of(run.shape(first, last), last - first + 1);
      auto score = card_score({run.digits(first), size}, last == first ? grouping::single : how);
      if (!run.may_begin(first) || !run.may_end(last)) {
        score -= 0.25f;
      }
      if (score > best) {
        best = score;
        best_last = last;
      }
    }
    if (best <= 0) {
      continue;
    }
    auto const begin = run[first].begin;
    auto const end = run[best_last].end();
    auto const printed = best_last > first && grouping_of(run.shape(first, best_last), 2) != grouping::other;
    auto const known = issuer_of({run.digits(first), run.count(first, best_last)}) != issuer::unknown;
    if (is_attached(byte_before(text, begin)) || is_attached(byte_at(text, end))) {
      best -= 0.3f; // inside a word: only with the right digits
    }
    if (best < 0.9f) {
      if (around.near_rather_than(about::card | about::card_code, about::something_else, begin, end)) {
        best += 0.3f;
      } else if (best < 0.7f && !(printed && known) && around.near(about::something_else, begin, end)) {
        best -= 0.3f;
      }
    }
    if (best > 0) {
      found(begin, end, entity::card, std::min(best, 1.0f), "card_number");
      if (best >= 0.5f) {
        first = best_last;
      }
    }
  }
}

/// The code on a card and its expiry in a run, which are that only beside the card or a word for it.
/// `last_card` is where a card ended before, or npos.
template <class Found>
void card_codes_in(std::string_view text, number_run const& run, std::size_t last_card, surroundings& around,
                   Found&& found) {
  for (std::size_t i = 0; i < run.owned(); ++i) {
    auto const begin = run[i].begin;
    auto const after_card = last_card <= begin && begin - last_card <= 24;
    auto const month = run[i].length == 2 ? run.digits(i)[0] * 10 + run.digits(i)[1] : 0;
    auto const size = run[i].length;
    if (size < 2 || size > 4 || is_attached(byte_before(text, begin)) ||
        is_attached(byte_at(text, run[i].end()))) {
      continue;
    }
    if (month >= 1 && month <= 12 && i + 1 < run.size() && (run[i + 1].gap == '/' || run[i + 1].gap == '-') &&
        run.may_begin(i) && run.may_end(i + 1) && (run[i + 1].length == 2 || run[i + 1].length == 4)) {
      auto const end = run[i + 1].end();
      auto const named = around.distance(about::expiry, begin, end) <= 16;
      if (after_card || named) {
        found(begin, end, entity::card_code, after_card && named ? 0.9f : 0.6f, "card_expiry");
        ++i;
        continue;
      }
    }
    if (size >= 3 && run.may_begin(i) && run.may_end(i)) {
      if (around.distance(about::card_code, begin, run[i].end()) <= 24) {
        found(begin, run[i].end(), entity::card_code, 0.8f, "card_code");
      } else if (after_card && size == 3) {
        found(begin, run[i].end(), entity::card_code, 0.5f, "card_code");
      }
    }
  }
}

} // namespace detail

/// Payment cards: 12 to 19 digits in groups of any size with one space, hyphen or dot, two spaces or " - "
/// between them. What scores: the issuer's range and its lengths, the grouping that is printed on cards, and
/// Luhn's check digit, which a mistyped card need not have. Folded text, as all of these.
template <class Found>
void scan_cards(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  detail::for_each_run(folded,
                       [&](detail::number_run const& run) { detail::cards_in(folded, run, around, found); });
}

/// The part of it that is a regular expression, to be compared with other engines:
/// `(^|[^0-9A-Za-z_])[0-9]{12,19}($|[^0-9A-Za-z_])`, the digits being what is found.
template <class Found>
void scan_ungrouped_cards(std::string_view folded, Found&& found) {
  for (std::size_t at = 0; at < folded.size();) {
    if (!detail::is_digit(folded[at])) {
      ++at;
      continue;
    }
    auto const begin = at;
    while (at < folded.size() && detail::is_digit(folded[at])) {
      ++at;
    }
    if (at - begin >= 12 && at - begin <= 19 && !detail::is_attached(detail::byte_before(folded, begin)) &&
        !detail::is_attached(detail::byte_at(folded, at))) {
      std::uint8_t number[19];
      for (auto i = begin; i < at; ++i) {
        number[i - begin] = static_cast<std::uint8_t>(folded[i] - '0');
      }
      auto const score = detail::card_score({number, at - begin}, detail::grouping::single);
      overt::detail::wipe(number, sizeof number);
      found(begin, at, entity::card, score, "card_number");
    }
  }
}

} // namespace overt::inline v0::detect
