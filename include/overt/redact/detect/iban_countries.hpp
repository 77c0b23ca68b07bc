#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace overt::inline v0::detect::detail {

/// The length of an IBAN for each country that has one (SWIFT's IBAN registry, release 97, and the countries
/// that use the format without being in it). Two letters, then the length.
inline constexpr std::string_view iban_lengths = "AD24AE23AL28AO25AT20AZ28BA20BE16BF28BG22BH22BI27BJ28BR29BY2"
                                                 "8CF27CG27CH21CI28CM27CR22CV25CY28CZ24DE22DJ27DK18"
                                                 "DO28DZ26EE20EG29ES24FI18FK18FO18FR27GA27GB22GE22GI23GL18GN2"
                                                 "8GQ27GR27GT28GW25HN28HR21HU28IE22IL23IQ23IR26IS26"
                                                 "IT27JO30KM27KW30KZ20LB28LC32LI21LT20LU20LV21LY25MA28MC27MD2"
                                                 "4ME22MG27MK19ML28MN20MR27MT31MU30MZ25NE28NI28NL18"
                                                 "NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI1"
                                                 "9SK24SM27SN28SO23ST25SV28TD27TG28TL23TN24TR26UA29"
                                                 "VA22VG24XK20YE30";

/// By the place of its two letters; 0 where there is none.
inline constexpr auto iban_length_table = [] {
  std::array<std::uint8_t, 26 * 26> table{};
  for (std::size_t i = 0; i + 4 <= iban_lengths.size(); i += 4) {
    auto const country = (iban_lengths[i] - 'A') * 26 + (iban_lengths[i + 1] - 'A');
    table[static_cast<std::size_t>(country)] =
        static_cast<std::uint8_t>((iban_lengths[i + 2] - '0') * 10 + (iban_lengths[i + 3] - '0'));
  }
  return table;
}();

/// Takes capital letters.
[[nodiscard]] constexpr std::size_t iban_length(char first, char second) noexcept {
  return first < 'A' || first > 'Z' || second < 'A' || second > 'Z'
             ? 0
             : iban_length_table[static_cast<std::size_t>((first - 'A') * 26 + (second - 'A'))];
}

} // namespace overt::inline v0::detect::detail
