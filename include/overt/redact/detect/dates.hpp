#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/number_run.hpp>

namespace overt::inline v0::detect {

namespace detail {

[[nodiscard]] constexpr unsigned days_in(unsigned month) noexcept {
  return month == 2 ? 29u : month == 4 || month == 6 || month == 9 || month == 11 ? 30u : 31u;
}
[[nodiscard]] constexpr bool is_day(unsigned month, unsigned day) noexcept {
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in(month);
}
[[nodiscard]] constexpr bool is_day_in_any_order(unsigned a, unsigned b) noexcept {
  return is_day(a, b) || is_day(b, a);
}
[[nodiscard]] constexpr bool is_year(unsigned year) noexcept { return year >= 1900 && year <= 2100; }

[[nodiscard]] inline unsigned value_of_group(number_run const& run, std::size_t group) noexcept {
  unsigned value = 0;
  for (std::size_t i = 0; i < run[group].length && i < 8; ++i) {
    value = value * 10 + run.digits(group)[i];
  }
  return value;
}

/// Whether three groups from `first` on are a date: 2024-01-31, 31.1.2024, 1/31/24. With spaces only for four
/// digits of a year.
[[nodiscard]] inline bool is_date(number_run const& run, std::size_t first) noexcept {
  if (first + 2 >= run.size() || run[first].length > 4 || run[first + 1].length > 2 ||
      run[first + 2].length > 4) {
    return false;
  }
  auto const gap = run.same_gap(first, first + 2);
  auto const last = run[first + 2].length;
  if (gap == 0 || gap == '(') {
    return false;
  }
  auto const a = value_of_group(run, first);
  auto const b = value_of_group(run, first + 1);
  auto const c = value_of_group(run, first + 2);
  if (run[first].length == 4) {
    return is_year(a) && last <= 2 && is_day(b, c);
  }
  if (run[first].length > 2 || last == 3 || last == 1) {
    return false;
  }
  return is_day_in_any_order(a, b) && (last == 4 ? is_year(c) : gap != ' ');
}

/// The same as eight digits: 20240131, 31012024.
[[nodiscard]] inline bool is_compact_date(number_run const& run, std::size_t group) noexcept {
  if (run[group].length != 8) {
    return false;
  }
  auto const number = value_of_group(run, group);
  return (is_year(number / 10000) && is_day(number / 100 % 100, number % 100)) ||
         (is_year(number % 10000) && is_day_in_any_order(number / 1000000, number / 10000 % 100));
}

/// The first three letters of months, a bit for each combination.
inline constexpr auto month_beginnings = [] {
  constexpr std::string_view beginnings =
      "jan feb fev mar apr avr abr mai may jun jui jul lug giu gen ene aug aou ago sep set oct okt "
      "ott out nov dec dez dic mag mei mrt maa fvr";
  std::array<std::uint32_t, 26 * 26> table{};
  for (std::size_t at = 0; at + 3 <= beginnings.size(); at += 4) {
    auto const place = (beginnings[at] - 'a') * 26 + (beginnings[at + 1] - 'a');
    table[static_cast<std::size_t>(place)] |= 1u << (beginnings[at + 2] - 'a');
  }
  return table;
}();

/// Whether a word of letters is the name of a month, or its first three letters, in English, German, French,
/// Spanish, Italian, Portuguese or Dutch (folded: without marks).
[[nodiscard]] constexpr bool is_month(std::string_view word) noexcept {
  if (word.size() < 3 || word.size() > 10) {
    return false;
  }
  auto const place = (to_lower(word[0]) - 'a') * 26 + (to_lower(word[1]) - 'a');
  return (month_beginnings[static_cast<std::size_t>(place)] >> (to_lower(word[2]) - 'a') & 1) != 0;
}

/// A word of letters that begins at `at`; empty when there is none.
[[nodiscard]] constexpr std::string_view word_at(std::string_view text, std::size_t at) noexcept {
  auto end = at;
  while (end < text.size() && end - at < 12 && is_letter(text[end])) {
    ++end;
  }
  return text.substr(at, end - at);
}
[[nodiscard]] constexpr std::size_t skip(std::string_view text, std::size_t at,
                                         std::string_view bytes) noexcept {
  auto const among = [&](char byte) {
    for (auto const one : bytes) { // four at most: a call of find costs more
      if (one == byte) {
        return true;
      }
    }
    return false;
  };
  while (at < text.size() && among(text[at])) {
    ++at;
  }
  return at;
}

/// "12 March 1985", "12. März 1985", "12th of March, 1985": where it ends when it begins with the day at
/// `at`.
[[nodiscard]] constexpr std::size_t day_first(std::string_view text, std::size_t at) noexcept {
  auto next = at;
  while (next < text.size() && is_digit(text[next]) && next - at < 2) {
    ++next;
  }
  auto const suffix = word_at(text, next);
  if (suffix.size() == 2 &&
      (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th" || suffix == "er")) {
    next += 2;
  }
  next = skip(text, next, ". -/");
  auto word = word_at(text, next);
  if (word == "of" || word == "de" || word == "di") {
    next = skip(text, next + 2, " ");
    word = word_at(text, next);
  }
  if (!is_month(word)) {
    return at;
  }
  next = skip(text, next + word.size(), "., -/");
  word = word_at(text, next);
  if (word == "of" || word == "de" || word == "del") {
    next = skip(text, next + word.size(), " ");
  }
  auto const year = next;
  while (next < text.size() && is_digit(text[next])) {
    ++next;
  }
  return (next - year == 4 || next - year == 2) && !is_attached(byte_at(text, next)) ? next : at;
}

/// "March 12, 1985": where it begins when the day is at `at`, and where it ends; empty when it is no date.
struct month_first {
  std::size_t begin = 0;
  std::size_t end = 0;
};
[[nodiscard]] constexpr month_first month_before(std::string_view text, std::size_t at) noexcept {
  auto end = at;
  while (end > 0 && at - end < 2 && (text[end - 1] == ' ' || text[end - 1] == '.')) {
    --end;
  }
  auto begin = end;
  while (begin > 0 && end - begin < 11 && is_letter(text[begin - 1])) {
    --begin;
  }
  if (!is_month(text.substr(begin, end - begin))) {
    return {at, at};
  }
  auto next = at;
  while (next < text.size() && is_digit(text[next]) && next - at < 2) {
    ++next;
  }
  auto const suffix = word_at(text, next);
  if (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th") {
    next += 2;
  }
  next = skip(text, next, ", ");
  auto const year = next;
  while (next < text.size() && is_digit(text[next])) {
    ++next;
  }
  return (next - year == 4 || next - year == 2) && !is_attached(byte_at(text, next))
             ? month_first{begin, next}
             : month_first{at, at};
}

inline constexpr std::size_t birth_reach = 40; ///< bytes between the word and the date

/// Dates of a run beside a word for birth.
template <class Found>
void birth_dates_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  for (std::size_t i = 0; i < run.owned(); ++i) {
    auto begin = run[i].begin;
    if (run[i].length > 8 || is_attached(byte_before(text, begin))) {
      continue;
    }
    std::size_t end = 0;
    std::size_t groups = 1;
    if (is_date(run, i)) {
      end = run[i + 2].end();
      groups = 3;
    } else if (is_compact_date(run, i)) {
      end = run[i].end();
    } else if (run[i].length <= 2) {
      if (auto const after = day_first(text, begin); after != begin) {
        end = after;
      } else if (auto const named = month_before(text, begin); named.end != begin) {
        begin = named.begin;
        end = named.end;
      }
    }
    if (end != 0 && !is_attached(byte_at(text, end)) &&
        around.distance(about::birth, begin, end) <= birth_reach + 16) {
      found(begin, end, entity::birth_date, 0.8f, "birth_date");
      i += groups - 1;
    }
  }
}

} // namespace detail

/// Dates beside a word for birth: in numbers in any order with hyphens, slashes, dots or spaces, as eight
/// digits, or with the name of a month.
template <class Found>
void scan_birth_dates(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  detail::for_each_run(
      folded, [&](detail::number_run const& run) { detail::birth_dates_in(folded, run, around, found); });
}

} // namespace overt::inline v0::detect
