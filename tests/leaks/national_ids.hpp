#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "checksums.hpp"
#include "random.hpp"

namespace leaks {

struct national_number {
  std::string number{};
  std::string before{}; ///< the words that people write before it
};

/// A number that a state gives to a person, with the check digits of its country's published scheme.
[[nodiscard]] inline national_number make_national_id(random_numbers& any) {
  auto const random_digits = [&any](std::size_t length) {
    return any.text("123456789", 1) + any.text(digits, length - 1);
  };
  for (;;) {
    switch (any.below(7)) {
    case 0: { // United Kingdom, NHS: weights 10 to 2, modulo 11
      auto number = random_digits(9);
      auto const check = (11 - weighted<9>(number, {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 11;
      if (check == 10) {
        continue;
      }
      number += digit(check);
      return {number.substr(0, 3) + " " + number.substr(3, 3) + " " + number.substr(6), "nhs number "};
    }
    case 1: { // France, NIR: 97 minus the rest; sex, year, month, department, commune, order
      auto const month = any.between(1, 12);
      auto const department = any.between(21, 95);
      auto const number = any.text("12", 1) + random_digits(2) + digit(month / 10) + digit(month) +
                          std::to_string(department) + random_digits(3) + random_digits(3);
      auto const check = 97 - remainder_of(number, 97);
      return {number + digit(check / 10) + digit(check), "nir "};
    }
    case 2: { // Spain, NIF: a letter by the rest of 23
      constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
      auto const number = random_digits(8);
      return {number + letters[remainder_of(number, 23)], "nif "};
    }
    case 3: { // Poland, PESEL: a date of birth and weights 1 3 7 9
      auto const month = any.between(1, 12);
      auto const day = any.between(1, 28);
      auto number = random_digits(2) + digit(month / 10) + digit(month) + digit(day / 10) + digit(day) +
                    random_digits(4);
      number += digit(10 - weighted<10>(number, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3}) % 10);
      return {number, "pesel "};
    }
    case 4: { // Netherlands, BSN: the sum of weights 9 to 2 and -1 is divisible by 11
      auto number = random_digits(8);
      auto const check = weighted<8>(number, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
      if (check == 10) {
        continue;
      }
      return {number + digit(check), "bsn "};
    }
    case 5: { // Brazil, CPF: two digits modulo 11
      auto number = random_digits(9);
      auto const first = weighted<9>(number, {10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
      number += digit(first);
      number += digit(weighted<10>(number, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10);
      return {number.substr(0, 3) + "." + number.substr(3, 3) + "." + number.substr(6, 3) + "-" +
                  number.substr(9),
              "cpf "};
    }
    default: { // India, Aadhaar: Verhoeff; never begins with 0 or 1
      auto number = any.text("23456789", 1) + any.text(digits, 10);
      number += verhoeff_digit(number);
      return {number.substr(0, 4) + " " + number.substr(4, 4) + " " + number.substr(8), "aadhaar "};
    }
    }
  }
}

} // namespace leaks
