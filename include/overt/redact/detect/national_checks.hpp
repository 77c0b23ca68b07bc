#pragma once

#include <cstddef>
#include <cstdint>

#include <overt/redact/detect/checksums.hpp>
#include <overt/redact/detect/dates.hpp>

namespace overt::inline v0::detect::detail {

// Check digits of national numbers. Each takes exactly the digits of one number, without separators. The
// source is named with each; where a country published none, the rule is the one its forms and software are
// built on.

[[nodiscard]] constexpr unsigned pair(digit_values number, std::size_t at) noexcept {
  return number[at] * 10u + number[at + 1];
}
/// A day as YYMMDD at `at`.
[[nodiscard]] constexpr bool is_yymmdd(digit_values number, std::size_t at) noexcept {
  return is_day(pair(number, at + 2), pair(number, at + 4));
}
[[nodiscard]] constexpr bool is_ddmmyy(digit_values number, std::size_t at) noexcept {
  return is_day(pair(number, at + 2), pair(number, at));
}

/// NHS Data Dictionary, "NHS number": modulus 11, weights 10 to 2.
[[nodiscard]] constexpr bool is_uk_nhs(digit_values number) noexcept {
  auto const check = (11 - weighted(number, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 11;
  return check == number[9] && !all_the_same(number);
}

/// Bundeszentralamt für Steuern, Identifikationsnummer: MOD 11,10; one digit stands twice or three times
/// among the first ten, the first is not zero.
[[nodiscard]] constexpr bool is_de_tax_id(digit_values number) noexcept {
  int counts[10] = {};
  for (std::size_t i = 0; i < 10; ++i) {
    ++counts[number[i]];
  }
  int repeated = 0;
  for (auto const count : counts) {
    repeated += count > 1 ? 1 : 0;
  }
  return number[0] != 0 && repeated == 1 && mod_11_10(number);
}

/// INSEE, numéro d'inscription au répertoire: 97 minus the rest of the first thirteen digits.
[[nodiscard]] constexpr bool is_fr_nir(digit_values number) noexcept {
  auto const month = pair(number, 3);
  return (number[0] == 1 || number[0] == 2 || number[0] == 7 || number[0] == 8) && month >= 1 &&
         month <= 42 && 97 - value_of(number.first(13)) % 97 == pair(number, 13);
}

/// Ustawa o ewidencji ludności, PESEL: weights 1, 3, 7, 9; the month carries the century.
[[nodiscard]] constexpr bool is_pl_pesel(digit_values number) noexcept {
  return is_day(pair(number, 2) % 20, pair(number, 4)) &&
         weighted(number, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}

/// Rijksdienst voor Identiteitsgegevens, burgerservicenummer: the eleven test.
[[nodiscard]] constexpr bool is_nl_bsn(digit_values number) noexcept {
  return !all_the_same(number) && weighted(number, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

/// Rijksregister / Registre national: 97 minus the rest of nine digits, with a 2 in front from 2000 on. The
/// month is 20 or 40 higher in a number of the social security (BIS).
[[nodiscard]] constexpr bool is_be_rrn(digit_values number) noexcept {
  auto const nine = value_of(number.first(9));
  auto const check = pair(number, 9);
  return pair(number, 2) % 20 <= 12 && pair(number, 4) <= 31 &&
         (97 - nine % 97 == check || 97 - (2000000000u + nine) % 97 == check);
}

/// Skatteverket, personnummer: ten digits with Luhn's; the day is 60 higher in a coordination number.
[[nodiscard]] constexpr bool is_se_personnummer(digit_values number) noexcept {
  auto const day = pair(number, 4);
  return is_day(pair(number, 2), day > 60 ? day - 60 : day) && luhn(number);
}

/// Skatteetaten, fødselsnummer: two check digits modulo 11; the day is 40 higher in a D number.
[[nodiscard]] constexpr bool is_no_fodselsnummer(digit_values number) noexcept {
  auto const day = pair(number, 0);
  return is_day(pair(number, 2), day > 40 ? day - 40 : day) &&
         weighted(number, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1}) % 11 == 0 &&
         weighted(number, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
}

/// Autoridade Tributária, número de identificação fiscal: modulus 11.
[[nodiscard]] constexpr bool is_pt_nif(digit_values number) noexcept {
  auto const rest = weighted(number, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return number[0] != 0 && number[0] != 4 && (rest < 2 ? 0 : 11 - rest) == number[8];
}

/// Zentrale Ausgleichsstelle, AHV-Nummer: an EAN-13 that begins with 756.
[[nodiscard]] constexpr bool is_ch_ahv(digit_values number) noexcept { return ean(number); }

/// UIDAI, Aadhaar: Verhoeff's scheme; not 0 or 1 first.
[[nodiscard]] constexpr bool is_in_aadhaar(digit_values number) noexcept {
  return number[0] >= 2 && verhoeff(number) && !all_the_same(number);
}

/// Receita Federal, CPF: two check digits modulo 11.
[[nodiscard]] constexpr bool is_br_cpf(digit_values number) noexcept {
  auto const digit = [](int sum) { return sum * 10 % 11 % 10; };
  return !all_the_same(number) && digit(weighted(number, {10, 9, 8, 7, 6, 5, 4, 3, 2})) == number[9] &&
         digit(weighted(number, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2})) == number[10];
}

/// Receita Federal, CNPJ.
[[nodiscard]] constexpr bool is_br_cnpj(digit_values number) noexcept {
  auto const digit = [](int sum) { return sum % 11 < 2 ? 0 : 11 - sum % 11; };
  return !all_the_same(number) &&
         digit(weighted(number, {5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2})) == number[12] &&
         digit(weighted(number, {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2})) == number[13];
}

/// Service Canada, social insurance number: Luhn; 0 and 8 are not given out.
[[nodiscard]] constexpr bool is_ca_sin(digit_values number) noexcept {
  return number[0] != 0 && number[0] != 8 && luhn(number) && !all_the_same(number);
}

/// Australian Taxation Office, tax file number: modulus 11.
[[nodiscard]] constexpr bool is_au_tfn(digit_values number) noexcept {
  return weighted(number, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0 && !all_the_same(number);
}

/// Services Australia, Medicare card number: the ninth digit checks the first eight.
[[nodiscard]] constexpr bool is_au_medicare(digit_values number) noexcept {
  return number[0] >= 2 && number[0] <= 6 && weighted(number, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == number[8];
}

/// Resident registration number of Korea: weights 2 to 9, 2 to 5. Numbers given out since October 2020 have
/// none.
[[nodiscard]] constexpr bool is_kr_rrn(digit_values number) noexcept {
  return is_yymmdd(number, 0) &&
         (11 - weighted(number, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5}) % 11) % 10 == number[12];
}

/// Nüfus ve Vatandaşlık İşleri, T.C. kimlik numarası.
[[nodiscard]] constexpr bool is_tr_id(digit_values number) noexcept {
  int const odd = number[0] + number[2] + number[4] + number[6] + number[8];
  int const even = number[1] + number[3] + number[5] + number[7];
  return number[0] != 0 && (odd * 7 - even + 100) % 10 == number[9] &&
         (odd + even + number[9]) % 10 == number[10];
}

/// Department of Home Affairs, South African identity number: a date, Luhn's digit, 0 or 1 for citizenship.
[[nodiscard]] constexpr bool is_za_id(digit_values number) noexcept {
  return is_yymmdd(number, 0) && number[10] <= 2 && luhn(number);
}

} // namespace overt::inline v0::detect::detail
