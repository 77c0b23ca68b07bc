#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/number_run.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// What the parts of a nine-digit number say (Social Security Administration, "The SSN Numbering Scheme";
/// Internal Revenue Service, "Individual Taxpayer Identification Number").
struct us_number {
  bool issued = false; ///< no part is one that is never given out
  bool itin = false;
  bool sample = false; ///< printed in advertisements, or a row of one digit
};

[[nodiscard]] constexpr us_number judge_us_number(unsigned area, unsigned group, unsigned serial) noexcept {
  us_number result;
  result.issued = area != 0 && area != 666 && area < 900 && group != 0 && serial != 0;
  result.itin = area >= 900 && ((group >= 50 && group <= 65) || (group >= 70 && group <= 88) ||
                                (group >= 90 && group <= 92) || (group >= 94 && group <= 99));
  result.sample = (area == 78 && group == 5 && serial == 1120) ||
                  (area == 219 && group == 9 && serial == 9999) || (area == 0 && group == 0 && serial == 0);
  return result;
}

[[nodiscard]] constexpr unsigned number_at(std::string_view text, std::size_t at, std::size_t size) noexcept {
  unsigned value = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    value = value * 10 + static_cast<unsigned>(text[i] - '0');
  }
  return value;
}

[[nodiscard]] constexpr bool are_digits(std::string_view text, std::size_t at, std::size_t size) noexcept {
  if (at + size > text.size()) {
    return false;
  }
  for (std::size_t i = at; i < at + size; ++i) {
    if (!is_digit(text[i])) {
      return false;
    }
  }
  return true;
}

/// The grammar of `scan_us_ssn` for a number that begins at `at`.
[[nodiscard]] constexpr bool is_3_2_4(std::string_view text, std::size_t at) noexcept {
  auto const gap = byte_at(text, at + 3);
  if ((gap != '-' && gap != ' ' && gap != '.') || byte_at(text, at + 6) != gap || !are_digits(text, at, 3) ||
      !are_digits(text, at + 4, 2) || !are_digits(text, at + 7, 4)) {
    return false;
  }
  auto const before = byte_before(text, at);
  auto const after = byte_at(text, at + 11);
  if (is_attached(before) || is_attached(after)) {
    return false;
  }
  // Part of a longer chain.
  auto const ties = [](char byte) { return byte == '-' || byte == '.'; };
  return !(ties(before) && at >= 2 && is_digit(text[at - 2])) &&
         !(ties(after) && is_digit(byte_at(text, at + 12)));
}

/// A number of the shape 3-2-4 that begins at `at`. Returns whether there was one.
template <class Found>
bool us_number_at(std::string_view text, std::size_t at, surroundings& around, Found&& found) {
  if (!is_3_2_4(text, at)) {
    return false;
  }
  auto const end = at + 11;
  auto const says =
      judge_us_number(number_at(text, at, 3), number_at(text, at + 4, 2), number_at(text, at + 7, 4));
  auto score = text[at + 3] == '-' ? 0.5f : 0.4f;
  score += says.sample ? 0.0f : says.issued || says.itin ? 0.4f : 0.0f;
  if (score < 0.9f || says.itin) {
    if (around.near_rather_than(about::ssn | about::itin, about::something_else, at, end)) {
      score += 0.3f;
    } else if (around.near(about::something_else, at, end)) {
      score -= 0.3f;
    }
  }
  found(at, end, says.itin ? entity::us_itin : entity::us_ssn, std::min(score, 1.0f),
        says.itin ? literal{"us_itin"} : literal{"us_ssn"});
  return true;
}

/// Nine digits in one or two groups ("078051123", "078-051123", "07805-1123"): only beside a word for it.
template <class Found>
void us_numbers_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  for (std::size_t i = 0; i < run.owned(); ++i) {
    auto const begin = run[i].begin;
    auto last = i;
    if (run[i].length != 9 && i + 1 < run.size() && run.count(i, i + 1) == 9 && run[i + 1].gap != '/' &&
        run[i + 1].gap != '(' && (run[i].length == 3 || run[i].length == 5)) {
      last = i + 1;
    }
    if (run.count(i, last) != 9 || !run.may_begin(i) || !run.may_end(last)) {
      continue;
    }
    auto const end = run[last].end();
    if (is_attached(byte_before(text, begin)) || is_attached(byte_at(text, end)) ||
        !around.near_rather_than(about::ssn | about::itin, about::something_else, begin, end)) {
      continue;
    }
    auto const digit = run.digits(i);
    auto const says =
        judge_us_number(static_cast<unsigned>(digit[0] * 100 + digit[1] * 10 + digit[2]),
                        static_cast<unsigned>(digit[3] * 10 + digit[4]),
                        static_cast<unsigned>(digit[5] * 1000 + digit[6] * 100 + digit[7] * 10 + digit[8]));
    found(begin, end, says.itin ? entity::us_itin : entity::us_ssn, says.issued || says.itin ? 0.8f : 0.55f,
          says.itin ? literal{"us_itin"} : literal{"us_ssn"});
    i = last;
  }
}

} // namespace detail

/// US Social Security numbers and taxpayer numbers of the shape 3-2-4, the regular expression
/// `[0-9]{3}(-[0-9]{2}-|\.[0-9]{2}\.| [0-9]{2} )[0-9]{4}` where
/// before it stands nothing or one of `[^0-9A-Za-z_]`, and not a digit and then '-' or '.';
/// after it stands nothing or one of `[^0-9A-Za-z_]`, and not '-' or '.' and then a digit.
/// Matches may not overlap: the first from the left counts. Numbers that are never given out score less, and
/// are found.
template <class Found>
void scan_us_ssn(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  for (std::size_t at = 0; at < folded.size();) {
    at += detail::is_digit(folded[at]) && detail::us_number_at(folded, at, around, found) ? 11 : 1;
  }
}

} // namespace overt::inline v0::detect
