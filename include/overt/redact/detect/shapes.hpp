#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
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
#include <overt/redact/detect/secret_blocks.hpp>
#include <overt/redact/detect/us_ids.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// What the scan of a text remembers from run to run.
struct scan_memory {
  std::size_t last_card = std::string_view::npos; ///< where it ended
  std::size_t after_iban = 0;
  std::size_t after_email = 0;
  std::size_t after_ipv6 = 0;
};

/// What `national_word_at` looks at begins so: one, two, five or six letters that stand alone in front, or
/// "AB 12", or enough digits and their separators. Most numbers of a text, and in a token, are none of these.
[[nodiscard]] constexpr bool may_be_national_word(std::string_view text, std::size_t at,
                                                  std::size_t length) noexcept {
  std::size_t letters = 0;
  while (letters < 7 && is_letter(byte_before(text, at - letters))) {
    ++letters;
  }
  if (letters != 0) {
    return (letters <= 2 || letters == 5 || letters == 6) && !is_attached(byte_before(text, at - letters));
  }
  auto const third = byte_at(text, at + 2);
  return length >= 6 || (length == 2 && at >= 3 && text[at - 1] == ' ' && is_letter(text[at - 2])) ||
         (third == '.' && byte_at(text, at + 6) == '.') || (third == ' ' && byte_at(text, at + 9) == ' ');
}

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
    if (may_be_national_word(text, begin, run[i].length)) {
      national_word_at(text, begin, around, found);
    }
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
    bool whole = false;
    cards_in(text, run, around,
             [&](std::size_t first, std::size_t end, entity type, float score, literal rule) {
               memory.last_card = score >= 0.5f ? end : memory.last_card;
               whole = score > 0.95f && first == begin && end == run[last].end();
               found(first, end, type, score, rule);
             });
    auto const sign = byte_before(text, begin) == ' ' ? begin - 1 : begin; // a phone takes its plus with it
    if (whole && byte_before(text, sign) != '+' && run.owned() == run.size()) {
      return; // whatever else it may be counts for less
    }
  }
  // A few digits in a token, or in "mp3", are no number.
  if (digit_count < 6 && last == 0 && is_attached(byte_before(text, begin))) {
    return;
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

/// Where a number of one or two digits ends that has no letter on either side, goes on with no other group
/// and is neither the day of a month nor the check digits of an IBAN ("GB 29 NWBK"): the commonest number of
/// a text, and nothing. `at` for all others.
[[nodiscard]] inline std::size_t after_small_number(std::string_view text, std::size_t at) noexcept {
  auto const end = at + (is_digit(byte_at(text, at + 1)) ? 2 : 1);
  auto const before = byte_before(text, at);
  if (is_word_byte(byte_at(text, end)) || is_word_byte(before) || number_run::goes_on(text, end) ||
      (at >= 3 && (before == ' ' || before == '-') &&
       iban_length(to_upper(text[at - 3]), to_upper(text[at - 2])) != 0) ||
      day_first(text, at) != at || month_before(text, at).end != at) {
    return at;
  }
  return end;
}

/// Where up to five digits end that stand inside of a token, as in "aB3kd0Q": behind letters that are not its
/// first, so that neither a country's number nor an IBAN begins there, and with no other group behind them.
/// `at` for all others.
[[nodiscard]] inline std::size_t after_inner_digits(std::string_view text, std::size_t at) noexcept {
  std::size_t letters = 0;
  while (letters < 7 && is_letter(byte_before(text, at - letters))) {
    ++letters;
  }
  if (letters == 0 || (letters < 7 && !is_attached(byte_before(text, at - letters)))) {
    return at;
  }
  auto end = at + 1;
  while (end - at < 6 && is_digit(byte_at(text, end))) {
    ++end;
  }
  return end - at == 6 || number_run::goes_on(text, end) ? at : end;
}

/// Whether the colon at `at`, the first of what is written without a break, may be the first of an IPv6
/// address: it has two side by side, or seven. "Note: ..." and "10:30" are none.
[[nodiscard]] constexpr bool may_be_ipv6(std::string_view text, std::size_t at) noexcept {
  auto next = at + 1;
  while (next - at <= 4 && is_hex(byte_at(text, next))) {
    ++next;
  }
  auto const after = byte_at(text, next);
  return after == ':' || after == '.' || is_hex(after) || byte_before(text, at) == ':';
}

/// Looks at the places of a text where something that has a shape may begin (`secrets::block::shapes`), block
/// by block.
template <class Found>
class shape_scanner {
public:
  shape_scanner(std::string_view folded, Found& found, std::uint32_t nearby) noexcept
      : text_{folded}, found_{found}, around_{folded, nearby} {}

  /// The block of 64 bytes from `from` on.
  void next(std::size_t from, std::uint64_t places) {
    for (; places != 0; places &= places - 1) {
      auto const at = from + static_cast<std::size_t>(std::countr_zero(places));
      // What was found, or walked over, is not looked at again, but for a written "dot".
      if (at >= resume_ || to_lower(text_[at]) == 'd') {
        resume_ = std::max(resume_, look(at));
      }
    }
  }

private:
  /// Returns where the search goes on.
  std::size_t look(std::size_t at) {
    if (is_digit(text_[at])) { // by far the most; the others are told apart by a jump
      return look_at_digit(at);
    }
    switch (text_[at]) {
    case '@': return memory_.after_email = email_at(text_, at, memory_.after_email, found_);
    case ':': look_at_colon(at); return at + 1;
    case '-':
    case '.': mac_at(text_, at, found_); return at + 1;
    case '(':
    case '[':
    case '{':
    case '<': return bracketed_email(text_, at, found_);
    default: spoken_email(text_, at, found_); return 0;
    }
  }

  void look_at_colon(std::size_t at) {
    auto const after = byte_at(text_, at + 1);
    if (!is_hex(after) && after != ':' && after != '.' && byte_before(text_, at) != ':') {
      return; // "Note: ..."
    }
    mac_at(text_, at, found_);
    if (at >= memory_.after_ipv6 && may_be_ipv6(text_, at)) {
      // What it walked over is not passed over: it may end in something else ("tel:4155550132").
      memory_.after_ipv6 = ipv6_at(text_, at, memory_.after_ipv6, around_, found_);
    }
  }

  std::size_t look_at_digit(std::size_t at) {
    if (auto const end =
            is_letter(byte_before(text_, at)) ? after_inner_digits(text_, at) : after_small_number(text_, at);
        end != at) {
      return end;
    }
    auto const end = run_.read(text_, at);
    if (run_.owned() > 0) {
      numbers_in(text_, run_, memory_, around_, found_);
    }
    return end;
  }

  std::string_view text_;
  Found& found_;
  surroundings around_;
  number_run run_;
  scan_memory memory_{};
  std::size_t resume_ = 0;
};

} // namespace detail

/// All that is found by its shape, in one pass over a folded text: e-mail addresses, cards and their codes,
/// IBANs, US and national numbers, phones, IP and hardware addresses, one-time codes, dates of birth and bank
/// accounts. `found(begin, end, entity, score, rule)` is called in any order, also for what scores little and
/// for what overlaps. The time is in proportion to the text, whatever stands in it.
template <class Found>
void scan_shapes(std::string_view folded, Found&& found, std::uint32_t nearby = 0) {
  detail::shape_scanner scanner{folded, found, nearby};
  for (std::size_t from = 0; from < folded.size(); from += 64) {
    auto const size = std::min<std::size_t>(64, folded.size() - from);
    scanner.next(from, detail::secrets::block_at(folded, from, size).shapes);
  }
}

} // namespace overt::inline v0::detect
