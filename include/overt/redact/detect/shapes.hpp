#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/bank_account.hpp>
#include <overt/redact/detect/card.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/dates.hpp>
#include <overt/redact/detect/email.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/iban.hpp>
#include <overt/redact/detect/ip.hpp>
#include <overt/redact/detect/mac.hpp>
#include <overt/redact/detect/national_numbers.hpp>
#include <overt/redact/detect/national_words.hpp>
#include <overt/redact/detect/number_run.hpp>
#include <overt/redact/detect/one_time_code.hpp>
#include <overt/redact/detect/phone.hpp>
#include <overt/redact/detect/us_ids.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// What a byte makes the scanner look at. Letters and spaces are nothing, which is most of a text.
enum class trigger : std::uint8_t { nothing, digit, at_sign, colon, hyphen, bracket };

inline constexpr auto triggers = [] {
  std::array<trigger, 256> table{};
  for (std::size_t digit = '0'; digit <= '9'; ++digit) {
    table[digit] = trigger::digit;
  }
  table['@'] = trigger::at_sign;
  table[':'] = trigger::colon;
  table['-'] = table['.'] = trigger::hyphen;
  table['('] = table['['] = table['{'] = table['<'] = trigger::bracket;
  return table;
}();

/// The first byte from `at` on that triggers something; the text's size when there is none.
[[nodiscard]] inline std::size_t next_trigger(std::string_view text, std::size_t at) noexcept {
  auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
  auto const of = [&](std::size_t i) { return static_cast<unsigned>(triggers[bytes[i]]); };
  while (at + 8 <= text.size() && (of(at) | of(at + 1) | of(at + 2) | of(at + 3) | of(at + 4) | of(at + 5) |
                                   of(at + 6) | of(at + 7)) == 0) {
    at += 8;
  }
  while (at < text.size() && triggers[bytes[at]] == trigger::nothing) {
    ++at;
  }
  return at;
}

/// Calls `look` with every place of "dot" in any case. Eight bytes are compared at once.
template <class Look>
void for_each_dot(std::string_view text, Look&& look) {
  constexpr std::uint64_t ones = 0x0101010101010101u;
  auto const load = [&](std::size_t at) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    return eight | ones * 0x20;
  };
  auto const is_dot = [&](std::size_t at) {
    return to_lower(text[at]) == 'd' && to_lower(text[at + 1]) == 'o' && to_lower(text[at + 2]) == 't';
  };
  std::size_t at = 0;
  for (; at + 10 <= text.size(); at += 8) {
    auto const differs = (load(at) ^ ones * 'd') | (load(at + 1) ^ ones * 'o') | (load(at + 2) ^ ones * 't');
    if (((differs - ones) & ~differs & ones * 0x80) == 0) {
      continue;
    }
    for (auto i = at; i < at + 8; ++i) {
      if (is_dot(i)) {
        look(i);
      }
    }
  }
  for (; at + 3 <= text.size(); ++at) {
    if (is_dot(at)) {
      look(at);
    }
  }
}

/// What the scan of a text remembers from run to run.
struct scan_memory {
  std::size_t last_card = std::string_view::npos; ///< where it ended
  std::size_t after_iban = 0;
  std::size_t after_email = 0;
  std::size_t after_ipv6 = 0;
};

/// What the groups of a run may be by themselves, or begin.
template <class Found>
void groups_in(std::string_view text, number_run const& run, surroundings& around, Found&& found) {
  for (std::size_t i = 0; i < run.owned(); ++i) {
    auto const begin = run[i].begin;
    if (i > 0 && !run[i].wide && (run[i].gap == '-' || run[i].gap == '.')) {
      mac_at(text, begin - 1, found);
    }
    if (run[i].length <= 3 && i + 3 < run.size() && run[i + 1].gap == '.') {
      ipv4_at(text, begin, around, found);
    }
    if (run[i].length == 3 && i + 2 < run.size() && run[i + 1].length == 2) {
      us_number_at(text, begin, around, found);
    }
    national_word_at(text, begin, around, found);
  }
}

/// Everything that a run of digits may be.
template <class Found>
void numbers_in(std::string_view text, number_run const& run, scan_memory& memory, surroundings& around,
                Found&& found) {
  auto const begin = run[0].begin;
  auto const last = run.size() - 1;
  auto const digit_count = run.count(0, last);
  iban_at(text, begin, memory.after_iban, around, found);
  groups_in(text, run, around, found);
  if (digit_count >= 12) {
    cards_in(text, run, around,
             [&](std::size_t first, std::size_t end, entity type, float score, literal rule) {
               memory.last_card = score >= 0.5f ? end : memory.last_card;
               found(first, end, type, score, rule);
             });
  }
  // A number of one or two digits is at most the day of a birth, with its month beside it.
  if (digit_count <= 2 && day_first(text, begin) == begin && month_before(text, begin).end == begin) {
    return;
  }
  // Those that are nothing without a word beside them.
  auto const kinds = around.kinds_near(begin, run[last].end());
  if ((kinds & (about::card_code | about::expiry)) != 0 ||
      (memory.last_card <= run[last].end() && run[last].end() - memory.last_card < 256)) {
    card_codes_in(text, run, memory.last_card, around, found);
  }
  if ((kinds & about::birth) != 0) {
    birth_dates_in(text, run, around, found);
  }
  if (digit_count >= 4 && (kinds & (about::one_time | about::code | about::card_code)) != 0) {
    one_time_codes_in(text, run, around, found);
  }
  if (digit_count >= 6) {
    phones_in(text, run, around, found);
    if ((kinds & about::account) != 0) {
      bank_accounts_in(text, run, around, found);
    }
  }
  if (digit_count >= 9) {
    if ((kinds & (about::ssn | about::itin)) != 0) {
      us_numbers_in(text, run, around, found);
    }
    national_numbers_in(text, run, around, found);
  }
}

} // namespace detail

/// All that is found by its shape, in one pass over a folded text: e-mail addresses, cards and their codes,
/// IBANs, US and national numbers, phones, IP and hardware addresses, one-time codes, dates of birth and bank
/// accounts. `found(begin, end, entity, score, rule)` is called in any order, also for what scores little and
/// for what overlaps. The time is in proportion to the text, whatever stands in it.
template <class Found>
void scan_shapes(std::string_view folded, Found&& found, std::uint32_t nearby = 0) {
  detail::surroundings around{folded, nearby};
  detail::number_run run;
  detail::scan_memory memory;
  for (auto at = detail::next_trigger(folded, 0); at < folded.size(); at = detail::next_trigger(folded, at)) {
    switch (detail::triggers[static_cast<unsigned char>(folded[at])]) {
    case detail::trigger::digit:
      at = run.read(folded, at);
      if (run.owned() > 0) {
        detail::numbers_in(folded, run, memory, around, found);
      }
      break;
    case detail::trigger::at_sign:
      at = memory.after_email = detail::email_at(folded, at, memory.after_email, found);
      break;
    case detail::trigger::colon:
      detail::mac_at(folded, at, found);
      if (at >= memory.after_ipv6) {
        // What it walked over is not passed over: it may end in something else ("tel:4155550132").
        memory.after_ipv6 = detail::ipv6_at(folded, at, memory.after_ipv6, around, found);
      }
      ++at;
      break;
    case detail::trigger::hyphen:
      detail::mac_at(folded, at, found);
      ++at;
      break;
    case detail::trigger::bracket: at = detail::bracketed_email(folded, at, found); break;
    case detail::trigger::nothing: ++at; break;
    }
  }
  detail::for_each_dot(folded, [&](std::size_t at) { detail::spoken_email(folded, at, found); });
}

} // namespace overt::inline v0::detect
