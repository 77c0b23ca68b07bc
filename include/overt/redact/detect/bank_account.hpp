#pragma once

#include <cstddef>
#include <string_view>

#include <overt/redact/detect/checksums.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/dates.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/number_run.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// Check digit of a US routing number (American Bankers Association, routing number policy): weights 3, 7, 1.
[[nodiscard]] constexpr bool is_routing_number(digit_values number) noexcept {
  return number.size() == 9 && weighted(number, {3, 7, 1, 3, 7, 1, 3, 7, 1}) % 10 == 0 &&
         !all_the_same(number);
}

/// Accounts of a run: 6 to 17 digits beside a word for an account.
template <class Found>
void bank_accounts_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  constexpr std::size_t reach = 40;
  for (std::size_t i = 0; i < run.owned(); ++i) {
    auto const begin = run[i].begin;
    if (!run.may_begin(i) || is_attached(byte_before(text, begin)) || is_date(run, i) ||
        run.count(i, run.size() - 1) < 6) {
      continue;
    }
    auto last = i;
    while (last + 1 < run.size() && run[last + 1].gap != '/' && run[last + 1].gap != '(' &&
           run[last + 1].gap != '.' && run.count(i, last + 1) <= 17) {
      ++last;
    }
    while (last > i && !run.may_end(last)) {
      --last;
    }
    auto const count = run.count(i, last);
    auto const end = run[last].end();
    if (count < 6 || count > 17 || !run.may_end(last) || is_attached(byte_at(text, end)) ||
        (i == last && is_compact_date(run, i))) {
      continue;
    }
    auto const account = around.distance(about::account, begin, end);
    if (account > reach || account > around.distance(about::phone | about::card, begin, end)) {
      continue;
    }
    auto const routing = is_routing_number({run.digits(i), count});
    found(begin, end, entity::bank_account, routing ? 0.8f : 0.5f,
          routing ? literal{"us_routing_number"} : literal{"bank_account"});
    i = last;
  }
}

} // namespace detail

/// Numbers of bank accounts, sort codes and routing numbers: 6 to 17 digits beside a word for an account.
template <class Found>
void scan_bank_accounts(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  detail::for_each_run(
      folded, [&](detail::number_run const& run) { detail::bank_accounts_in(folded, run, around, found); });
}

} // namespace overt::inline v0::detect
