#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <overt/redact/detect/calling_codes.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/dates.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/ip.hpp>
#include <overt/redact/detect/number_run.hpp>
#include <overt/redact/detect/phone_shapes.hpp>
#include <overt/redact/detect/us_ids.hpp>

namespace overt::inline v0::detect {

namespace detail {

inline constexpr std::size_t longest_phone = 15; // E.164
inline constexpr std::size_t most_phone_groups = 7;

/// What stands around the first group of a candidate.
struct phone_start {
  bool plus = false;
  bool brackets = false; ///< around the first group
  bool tied = false;     ///< to a word in front: "INV-4155550132"
  bool priced = false;   ///< behind a sign for a sum or a number
  std::size_t begin = 0; ///< with the plus and the bracket
};

[[nodiscard]] inline phone_start start_of(std::string_view text, number_run const& run,
                                          std::size_t first) noexcept {
  phone_start start;
  start.begin = run[first].begin;
  if (byte_before(text, start.begin) == '(' && first + 1 < run.size() && run[first + 1].gap == '(') {
    start.brackets = true;
    --start.begin;
  }
  if (first > 0) {
    return start;
  }
  auto const plus = byte_before(text, start.begin) == ' ' ? start.begin - 1 : start.begin;
  if (byte_before(text, plus) == '+' && !is_attached(byte_before(text, plus - 1))) {
    start.plus = true;
    start.begin = plus - 1;
  }
  auto const before = byte_before(text, start.begin);
  auto const earlier = start.begin >= 2 ? text[start.begin - 2] : '\0';
  start.tied = (before == '-' || before == '.' || before == '/' || before == '=' || before == '\\') &&
               is_attached(earlier);
  start.priced = before == '$' || before == '#' ||
                 (is_any(before, is_not_ascii) && !is_attached(earlier) &&
                  (before == '\xac' || before == '\xa3' || before == '\xa5'));
  return start;
}

/// Behind a number: "x818", " ext. 12", " #12". Returns where it ends.
[[nodiscard]] constexpr std::size_t end_of_extension(std::string_view text, std::size_t at) noexcept {
  auto next = at;
  next += byte_at(text, next) == ',' ? 1 : 0;
  next += byte_at(text, next) == ' ' ? 1 : 0;
  std::size_t word = 0;
  while (word < 10 && is_letter(byte_at(text, next + word))) {
    ++word;
  }
  auto const name = text.substr(std::min(next, text.size()), word);
  auto const is = [&](std::string_view wanted) {
    return name.size() == wanted.size() && std::equal(name.begin(), name.end(), wanted.begin(),
                                                      [](char a, char b) { return to_lower(a) == b; });
  };
  if (!(is("x") || is("ext") || is("extn") || is("extension") || (word == 0 && byte_at(text, next) == '#'))) {
    return at;
  }
  next += word == 0 ? 1 : word;
  next += byte_at(text, next) == '.' || byte_at(text, next) == ':' ? 1 : 0;
  next += byte_at(text, next) == ' ' ? 1 : 0;
  auto const first = next;
  while (next < text.size() && next - first < 7 && is_digit(text[next])) {
    ++next;
  }
  return next > first && next - first < 7 && !is_attached(byte_at(text, next)) ? next : at;
}

/// What the groups from `first` to `last` score as a number of a region, without their context.
[[nodiscard]] inline float national_score(number_run const& run, std::size_t first, std::size_t last,
                                          phone_start const& start) noexcept {
  auto const count = run.count(first, last);
  digit_values const number{run.digits(first), count};
  auto const groups = last - first + 1;
  auto const gap = run.same_gap(first, last);
  auto const slash = run.has_gap('/', first, last);
  if (count < 6 || count > longest_phone || all_the_same(number) ||
      (slash && (groups > 3 || number[0] != 0 || run[first + 1].gap != '/')) ||
      (gap == '.' && groups == 2 && !(number[0] == 0 && count >= 9))) {
    return 0;
  }
  if (groups == 1) {
    if (number[0] == 0) {
      return number[1] == 0               ? 0.1f
             : count == 10 || count == 11 ? (number[1] >= 4 ? 0.5f : 0.4f)
             : count > 12                 ? 0.0f
                                          : 0.2f;
    }
    auto const china = count == 11 && number[0] == 1 && number[1] >= 3; // mobile
    return count > 12 || is_compact_date(run, first) ? 0.0f
           : china                                   ? 0.4f
           : is_north_american(number)               ? 0.35f
                                                     : 0.2f;
  }
  auto const lengths = run.shape(first, last);
  if (lengths == 0x334 || (lengths == 0x37 && start.brackets) || lengths == 0x64) {
    auto const valid = is_north_american(number);
    if (start.brackets) {
      return valid ? 0.8f : 0.6f;
    }
    if (lengths == 0x64) {
      return valid ? 0.4f : 0.2f;
    }
    auto const tight = gap != ' ' && !run[first + 1].wide && !run[last].wide;
    return valid ? (tight ? 0.7f : 0.6f) : number[0] == 0 ? 0.5f : tight && gap == '-' ? 0.5f : 0.35f;
  }
  if ((lengths == 0x1334 || lengths == 0x137) && number[0] == 1) {
    return is_north_american(number.subspan(1)) ? 0.8f : lengths == 0x137 ? 0.3f : 0.5f;
  }
  std::size_t shortest = 9;
  for (auto i = first; i <= last; ++i) {
    shortest = std::min<std::size_t>(shortest, run[i].length);
  }
  if (number[0] == 0 && number[1] != 0 && run[first].length >= 2 && run[first].length <= 6 && shortest >= 2 &&
      count >= (start.brackets ? 8u : 9u) && count <= 13 && groups <= 6) {
    return start.brackets ? 0.7f : count == 10 || count == 11 ? 0.6f : 0.5f; // a trunk zero
  }
  auto const* const shape = shape_of(lengths);
  if (shape != nullptr && (shape->first >> number[0] & 1u) != 0) {
    // "2019-2024", "200-1000": from one to the other.
    auto const range = groups == 2 && gap == '-' && run[first].length <= 4 && run[last].length == 4 &&
                       ((is_year(value_of_group(run, first)) && is_year(value_of_group(run, last))) ||
                        (value_of_group(run, first) % 10 == 0 && value_of_group(run, last) % 10 == 0));
    return range                      ? 0.0f
           : start.brackets           ? shape->in_brackets
           : gap == '.' && groups < 4 ? 0.2f
                                      : shape->score;
  }
  // A calling code without its plus: "44 20 7946 0958".
  if (groups >= 3 && run[first].length <= 3 && number[0] != 0 &&
      calling_code_of(number) == run[first].length) {
    return 0.4f;
  }
  return start.brackets ? 0.4f : shortest >= 2 && groups <= 5 ? 0.2f : 0.1f;
}

/// The same for a number with an international prefix, whose digits behind it are `number`.
[[nodiscard]] constexpr float international_score(digit_values number, bool trunk, bool plus,
                                                  bool single) noexcept {
  if (number.size() < 7 || number.size() > longest_phone + (trunk ? 1u : 0u) || number[0] == 0) {
    return 0;
  }
  if (calling_code_of(number, trunk) != 0) {
    return plus ? 0.9f : single ? 0.5f : 0.7f;
  }
  // Mistyped, perhaps.
  return plus && number.size() >= 9 ? 0.5f : plus ? 0.3f : 0.2f;
}

struct phone_candidate {
  std::size_t last = 0;
  float score = 0;
};

/// The groups from `first` on that are most like a number.
[[nodiscard]] inline phone_candidate best_phone(number_run const& run, std::size_t first,
                                                phone_start const& start) noexcept {
  phone_candidate best{first, 0};
  auto const* const head = run.digits(first);
  auto const lead = run[first].length;
  // 00, and 011 as it is dialled in North America.
  std::size_t const prefix = lead >= 2 && head[0] == 0 && head[1] == 0                   ? 2
                             : lead == 3 && head[0] == 0 && head[1] == 1 && head[2] == 1 ? 3
                                                                                         : 0;
  for (auto last = first; last < run.size() && last < first + most_phone_groups; ++last) {
    auto const count = run.count(first, last);
    if (count > longest_phone + 4) {
      break;
    }
    if (count < 6 || !run.may_end(last)) {
      continue;
    }
    float score = 0;
    auto const skipped = start.plus ? 0 : prefix;
    if ((start.plus || prefix != 0) && count > skipped) {
      // "+44 (0)20": the zero belongs to neither form.
      auto const trunk = last > first + 1 && run[first + 1].gap == '(' && run[first + 1].length >= 1 &&
                         *run.digits(first + 1) == 0;
      score = international_score({head + skipped, count - skipped}, trunk, start.plus, first == last);
    }
    if (!start.plus) {
      auto national = national_score(run, first, last, start);
      // Part of a longer row of numbers.
      if (national < 0.6f &&
          ((first > 0 && run[first].gap == ' ') || (last + 1 < run.size() && run[last + 1].gap == ' '))) {
        national -= 0.2f;
      }
      score = std::max(score, national);
    }
    if (score > 0 && (score > best.score || (score == best.score && last > best.last))) {
      best = {last, score};
    }
  }
  return best;
}

/// The phone numbers of a run.
template <class Found>
void phones_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  auto const named =
      (around.kinds_near(run[0].begin, run[run.size() - 1].end()) & (about::phone | about::number)) != 0;
  for (std::size_t first = 0; first < run.owned(); ++first) {
    if (is_date(run, first)) {
      first += 2;
      continue;
    }
    // In a row of groups of one length that no word calls a phone, a number begins with the row.
    if (!named && first > 0 && run[first].length == run[first - 1].length && run[first].length > 3 &&
        run[first].gap == ' ' && *run.digits(first) != 0) {
      continue;
    }
    auto const begin = run[first].begin;
    if (!run.may_begin(first) || is_attached(byte_before(text, begin)) ||
        run.count(first, run.size() - 1) < 6) {
      continue;
    }
    if (run[first].length <= 3) {
      if (quad_at(text, begin).end != begin) {
        first = std::min(first + 3, run.size());
        continue;
      }
      if (is_3_2_4(text, begin)) {
        first += 2;
        continue;
      }
    }
    auto const start = start_of(text, run, first);
    auto best = best_phone(run, first, start);
    if (best.score <= 0.15f) {
      continue;
    }
    auto end = run[best.last].end();
    auto const extended = end_of_extension(text, end);
    auto const after = byte_at(text, end);
    if (extended == end &&
        (is_attached(after) || after == '%' || (after == ':' && is_digit(byte_at(text, end + 1))))) {
      continue;
    }
    if (extended != end) {
      best.score += 0.1f;
      end = extended;
    }
    if (start.tied || start.priced) {
      best.score -= 0.3f;
    }
    if (best.score < 0.7f) {
      auto const phone = around.distance(about::phone, start.begin, end);
      auto const other = around.distance(about::something_else | about::account, start.begin, end);
      if (phone <= other && phone <= (best.score < 0.25f && !start.tied ? 28u : surroundings::before)) {
        best.score += 0.3f;
      } else if (best.score >= 0.3f && other == surroundings::nowhere &&
                 around.distance_before(about::number, start.begin) <= 12) {
        best.score += 0.2f; // "my number is"
      } else if (other < phone && other != surroundings::nowhere) {
        best.score -= 0.3f;
      }
    }
    if (best.score > 0) {
      found(start.begin, end, entity::phone, std::min(best.score, 1.0f),
            start.plus ? literal{"phone_international"} : literal{"phone_national"});
      if (best.score >= 0.5f) {
        first = best.last;
      }
    }
  }
}

} // namespace detail

/// Phone numbers. International ones (E.164: '+', "00" or "011", a calling code, and as many digits as its
/// country has) and those that people write within a country, by the lengths of their groups: with a trunk
/// zero (most of Europe, Africa, Asia and Oceania), the North American plan, and the shapes in
/// phone_shapes.hpp; with brackets, spaces, hyphens, dots, and an extension. A shape that is not typical
/// counts only beside a word for a phone; dates, IP addresses and US Social Security numbers do not count.
template <class Found>
void scan_phones(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  detail::for_each_run(folded,
                       [&](detail::number_run const& run) { detail::phones_in(folded, run, around, found); });
}

} // namespace overt::inline v0::detect
