#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/event/literal.hpp>
#include <overt/redact/detect/context.hpp>
#include <overt/redact/detect/dates.hpp>
#include <overt/redact/detect/entity.hpp>
#include <overt/redact/detect/us_ids.hpp>

namespace overt::inline v0::detect {

namespace detail {

/// Letters and digits of a number without its separators, in capitals.
struct squeezed {
  static constexpr std::size_t most = 18;
  char bytes[most + 1];
  std::size_t size = 0;
  std::size_t end = 0; ///< in the text
  std::size_t gaps = 0;
  bool lower = false;

  squeezed() noexcept {} // NOLINT: the bytes are set by `squeeze`
  ~squeezed() { overt::detail::wipe(bytes, size); }
  squeezed(squeezed const&) = delete;
  squeezed& operator=(squeezed const&) = delete;

  [[nodiscard]] std::string_view view() const noexcept { return {bytes, size}; }
};

/// Takes letters and digits from `at` on; passes over single spaces, hyphens and dots while `gaps` allows.
inline void squeeze(std::string_view text, std::size_t at, std::size_t size, squeezed& out) noexcept {
  out.size = 0;
  out.gaps = 0;
  out.lower = false;
  out.end = at;
  for (auto i = at; i < text.size() && out.size < size; ++i) {
    if (is_alnum(text[i])) {
      out.lower = out.lower || to_upper(text[i]) != text[i];
      out.bytes[out.size++] = to_upper(text[i]);
      out.end = i + 1;
    } else if ((text[i] == ' ' || text[i] == '-' || text[i] == '.' || text[i] == '+') &&
               is_alnum(byte_at(text, i + 1))) {
      ++out.gaps;
    } else {
      return;
    }
  }
}

/// 'A' for a letter, '9' for a digit, any other byte for itself.
[[nodiscard]] constexpr bool has_form(std::string_view word, std::string_view form) noexcept {
  if (word.size() != form.size()) {
    return false;
  }
  for (std::size_t i = 0; i < word.size(); ++i) {
    auto const fits = form[i] == '9'   ? is_digit(word[i])
                      : form[i] == 'A' ? is_letter(word[i])
                                       : word[i] == form[i];
    if (!fits) {
      return false;
    }
  }
  return true;
}

[[nodiscard]] constexpr std::uint64_t number_in(std::string_view word, std::size_t at,
                                                std::size_t size) noexcept {
  std::uint64_t value = 0;
  for (auto const byte : word.substr(at, size)) {
    value = value * 10 + static_cast<unsigned>(byte - '0');
  }
  return value;
}

/// HMRC, National Insurance Manual NIM39110: prefixes that are not given out; suffix A to D.
[[nodiscard]] constexpr bool is_uk_nino(std::string_view word) noexcept {
  constexpr std::string_view never = "BGGBKNNKNTTNZZ";
  for (std::size_t i = 0; i < never.size(); i += 2) {
    if (word.substr(0, 2) == never.substr(i, 2)) {
      return false;
    }
  }
  return std::string_view{"DFIQUV"}.find(word[0]) == std::string_view::npos &&
         std::string_view{"DFIOQUV"}.find(word[1]) == std::string_view::npos && word[8] <= 'D';
}

/// Ministerio del Interior, DNI and NIE: the letter of the rest modulo 23; X, Y, Z are 0, 1, 2.
[[nodiscard]] constexpr bool is_es_nif(std::string_view word) noexcept {
  constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
  auto const foreign = is_letter(word[0]);
  auto const value = foreign ? static_cast<std::uint64_t>(word[0] - 'X') * 10000000u + number_in(word, 1, 7)
                             : number_in(word, 0, 8);
  return letters[value % 23] == word[8];
}

/// Agenzia delle Entrate, codice fiscale (DM 23/12/1976): the last letter checks fifteen characters.
[[nodiscard]] constexpr bool is_it_codice_fiscale(std::string_view word) noexcept {
  constexpr unsigned odd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                              20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
  unsigned sum = 0;
  for (std::size_t i = 0; i < 15; ++i) {
    auto const value = static_cast<unsigned>(is_digit(word[i]) ? word[i] - '0' : word[i] - 'A');
    sum += i % 2 == 0 ? odd[value] : value;
  }
  return static_cast<char>('A' + sum % 26) == word[15];
}

/// Deutsche Rentenversicherung, VKVV § 2: weights 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1 with digit sums, the
/// letter as two digits.
[[nodiscard]] constexpr bool is_de_rvnr(std::string_view word) noexcept {
  constexpr unsigned weights[] = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
  auto const letter = static_cast<unsigned>(word[8] - 'A' + 1);
  unsigned sum = 0;
  for (std::size_t i = 0; i < 12; ++i) {
    auto const digit = i < 8    ? static_cast<unsigned>(word[i] - '0')
                       : i == 8 ? letter / 10
                       : i == 9 ? letter % 10
                                : static_cast<unsigned>(word[i - 1] - '0');
    sum += digit * weights[i] / 10 + digit * weights[i] % 10;
  }
  return sum % 10 == static_cast<unsigned>(word[11] - '0');
}

/// Digi- ja väestötietovirasto, henkilötunnus: the rest modulo 31.
[[nodiscard]] constexpr bool is_fi_hetu(std::string_view word) noexcept {
  constexpr std::string_view letters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  auto const digits_at = [&](std::size_t at) { return static_cast<unsigned>(number_in(word, at, 2)); };
  return is_day(digits_at(2), digits_at(0)) &&
         letters[(number_in(word, 0, 6) * 1000 + number_in(word, 6, 3)) % 31] == word[9];
}

/// Immigration & Checkpoints Authority, NRIC and FIN: weights 2, 7, 6, 5, 4, 3, 2.
[[nodiscard]] constexpr bool is_sg_nric(std::string_view word) noexcept {
  constexpr unsigned weights[] = {2, 7, 6, 5, 4, 3, 2};
  unsigned sum = word[0] == 'T' || word[0] == 'G' ? 4 : word[0] == 'M' ? 3 : 0;
  for (std::size_t i = 0; i < 7; ++i) {
    sum += static_cast<unsigned>(word[i + 1] - '0') * weights[i];
  }
  auto const letters = word[0] == 'S' || word[0] == 'T' ? std::string_view{"JZIHGFEDCBA"}
                       : word[0] == 'M'                 ? std::string_view{"XWUTRQPNJLK"}
                                                        : std::string_view{"XWUTRQPNMLK"};
  auto const rest = sum % 11;
  return letters[word[0] == 'M' ? (rest == 0 ? 0 : rest) : rest] == word[8];
}

/// Income Tax Department of India, PAN: the fourth letter is the kind of holder. It has no public checksum.
[[nodiscard]] constexpr bool is_in_pan(std::string_view word) noexcept {
  return std::string_view{"ABCFGHJLPT"}.find(word[3]) != std::string_view::npos;
}

/// National numbers with letters. `at` is the first digit of some digits; where a number may begin is looked
/// for in front of it.
template <class Found>
void national_word_at(std::string_view text, std::size_t at, surroundings& around, Found&& found) {
  squeezed word;
  auto const report = [&](std::size_t begin, literal rule, float score) {
    auto const end = word.end;
    if (is_attached(byte_at(text, end)) || is_attached(byte_before(text, begin))) {
      return false;
    }
    if (word.lower) {
      score -= 0.2f;
    }
    if (score < 0.9f) {
      auto const national = around.distance(about::national, begin, end);
      if (national != surroundings::nowhere) {
        score += 0.3f;
      } else if (around.near(about::something_else, begin, end)) {
        score -= 0.2f;
      }
    }
    found(begin, end, entity::national_id, std::min(score, 1.0f), rule);
    return true;
  };
  // "AB 12 34 56 C"
  if (at >= 3 && text[at - 1] == ' ' && is_letter(text[at - 2]) && is_letter(text[at - 3]) &&
      !is_attached(byte_before(text, at - 3)) && are_digits(text, at, 2) &&
      (byte_at(text, at + 2) == ' ' || are_digits(text, at, 6))) {
    squeeze(text, at - 3, 9, word);
    if (has_form(word.view(), "AA999999A") &&
        report(at - 3, "uk_nino", is_uk_nino(word.view()) ? (word.gaps > 2 ? 0.9f : 0.6f) : 0.3f)) {
      return;
    }
  }
  std::size_t letters = 0; // directly in front
  while (letters < 7 && letters < at && is_letter(text[at - 1 - letters])) {
    ++letters;
  }
  if (letters == 0) {
    // "12345678Z", "12345678-Z", "12.345.678-Z": looked at closely only where the separators stand so.
    auto const eight = are_digits(text, at, 8);
    if (eight || (byte_at(text, at + 2) == '.' && byte_at(text, at + 6) == '.')) {
      squeeze(text, at, 9, word);
      if (word.gaps <= 3 && has_form(word.view(), "99999999A") &&
          report(at, "es_nif", is_es_nif(word.view()) ? 0.8f : 0.2f)) {
        return;
      }
    }
    if (text.size() - at >= 11 && are_digits(text, at, 6)) {
      auto const sign = text[at + 6];
      auto const century = sign == '-' || sign == '+' || (to_upper(sign) >= 'A' && to_upper(sign) <= 'F') ||
                           (to_upper(sign) >= 'U' && to_upper(sign) <= 'Y');
      if (century && are_digits(text, at + 7, 3) && is_alnum(text[at + 10]) &&
          !is_attached(byte_at(text, at + 11))) {
        squeezed tail;
        squeeze(text, at + 7, 4, tail);
        squeeze(text, at, 6, word);
        for (std::size_t i = 0; i < tail.size; ++i) {
          word.bytes[word.size++] = tail.bytes[i];
        }
        word.end = at + 11;
        auto const valid = is_fi_hetu(word.view());
        if (valid || is_letter(word.bytes[9])) {
          report(at, "fi_hetu", valid ? 0.9f : 0.3f);
          return;
        }
      }
    }
    if (!(eight && is_letter(byte_at(text, at + 8))) &&
        !(byte_at(text, at + 2) == ' ' && byte_at(text, at + 9) == ' ')) {
      return;
    }
    squeeze(text, at, 12, word);
    if (has_form(word.view(), "99999999A999") && number_in(word.view(), 2, 2) <= 99) {
      auto const day = static_cast<unsigned>(number_in(word.view(), 2, 2));
      auto const month = static_cast<unsigned>(number_in(word.view(), 4, 2));
      if (is_day(month, day > 50 ? day - 50 : day)) {
        report(at, "de_rvnr", is_de_rvnr(word.view()) ? 0.9f : 0.5f);
      }
    }
    return;
  }
  auto const begin = at - letters;
  if (letters == 1) {
    squeeze(text, begin, 9, word);
    if (word.gaps <= 2 && has_form(word.view(), "A9999999A")) {
      auto const first = word.bytes[0];
      if (first >= 'X' && first <= 'Z') {
        report(begin, "es_nie", is_es_nif(word.view()) ? 0.8f : 0.3f);
      } else if (word.gaps == 0 &&
                 (first == 'S' || first == 'T' || first == 'F' || first == 'G' || first == 'M')) {
        report(begin, "sg_nric", is_sg_nric(word.view()) ? 0.9f : 0.4f);
      }
    }
  } else if (letters == 2) {
    squeeze(text, begin, 9, word);
    if (word.gaps <= 5 && has_form(word.view(), "AA999999A")) {
      report(begin, "uk_nino",
             is_uk_nino(word.view()) ? (word.gaps == 0 || word.gaps >= 3 ? 0.8f : 0.6f) : 0.2f);
    }
  } else if (letters == 5) {
    squeeze(text, begin, 10, word);
    if (word.gaps == 0 && has_form(word.view(), "AAAAA9999A")) {
      report(begin, "in_pan", is_in_pan(word.view()) ? 0.7f : 0.3f);
    }
  } else if (letters == 6) {
    squeeze(text, begin, 16, word);
    if (word.gaps == 0 && has_form(word.view(), "AAAAAA99A99A999A")) {
      report(begin, "it_codice_fiscale", is_it_codice_fiscale(word.view()) ? 1.0f : 0.7f);
    }
  }
}

} // namespace detail

/// National numbers of letters and digits: UK National Insurance, Spanish NIF and NIE, German pension
/// insurance, Finnish personal identity code, Italian codice fiscale, Singapore NRIC and FIN, Indian PAN.
template <class Found>
void scan_national_words(std::string_view folded, Found&& found) {
  detail::surroundings around{folded};
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (detail::is_digit(folded[at]) && !detail::is_digit(detail::byte_before(folded, at))) {
      detail::national_word_at(folded, at, around, found);
    }
  }
}

} // namespace overt::inline v0::detect
