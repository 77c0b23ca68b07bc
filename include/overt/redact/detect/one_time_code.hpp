#pragma once

#include <cstddef>
#include <string_view>

#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/dates.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/number_run.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// Codes of a run: 4 to 8 digits in one group, or 3-3, 4-4 and 3-4 in two.
template <class Found>
void one_time_codes_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  constexpr std::size_t reach = 32;
  constexpr std::size_t tie = 8; // "error code", but not "error in the mail, code"
  for (std::size_t i = 0; i < run.owned(); ++i) {
    auto last = i;
    if (run[i].length >= 3 && run[i].length <= 4 && i + 1 < run.size() && !run[i + 1].wide &&
        (run[i + 1].gap == ' ' || run[i + 1].gap == '-') && run[i + 1].length >= 3 &&
        run[i + 1].length <= 4) {
      last = i + 1;
    }
    auto const count = run.count(i, last);
    auto const begin = run[i].begin;
    if (count < 4 || count > 8 || !run.may_begin(i) || !run.may_end(last) || is_date(run, i)) {
      continue;
    }
    // "G-123456" and "code:123456" are codes; "v1234" and "1234px" are not.
    auto const end = run[last].end();
    if (is_attached(byte_before(text, begin)) || is_attached(byte_at(text, end)) ||
        byte_at(text, end) == '%') {
      continue;
    }
    auto const sure = around.distance(about::one_time | about::card_code, begin, end);
    auto const perhaps = around.distance(about::code, begin, end);
    auto const other = around.distance(about::other_code | about::something_else | about::card, begin, end);
    auto const year = count == 4 && last == i && is_year(value_of_group(run, i));
    if (sure <= reach && (!year || sure <= 8)) {
      found(begin, end, entity::one_time_code, 0.8f, "one_time_code");
      i = last;
    } else if (perhaps <= reach && (other == surroundings::nowhere || other > perhaps + tie) && !year &&
               !is_compact_date(run, i)) {
      found(begin, end, entity::one_time_code, 0.6f, "one_time_code");
      i = last;
    }
  }
}

} // namespace detail

/// One-time codes and PINs: 4 to 8 digits beside a word for one ("otp", "2fa", "passcode", "pin"), or beside
/// "code" where no word says that it is another kind of code (a postcode, an error code).
template <class Found>
void scan_one_time_codes(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  detail::for_each_run(
      folded, [&](detail::number_run const& run) { detail::one_time_codes_in(folded, run, around, found); });
}

} // namespace overt::inline v0::detect
