#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/enumerators.hpp>
#include <overt/event/literal.hpp>

namespace overt::inline v0::detect {

/// What kind of personal or secret thing a stretch of text is. The names are those that traces, the command
/// line and placeholders use. Names of people, addresses and organisations are not among them: nothing here
/// finds those well enough to claim it.
enum class entity : std::uint8_t {
  email,
  card,      ///< a payment card's number
  card_code, ///< CVV or expiry; only beside a card or a word for it
  iban,
  us_ssn,
  us_itin,
  phone,
  ip,
  mac,
  secret,        ///< a key, a token, a password in a text, a private key, a connection string
  wallet,        ///< an address of a crypto currency
  seed_phrase,   ///< the words that restore a wallet
  one_time_code, ///< only beside a word for it
  birth_date,    ///< only beside a word for it
  national_id,   ///< with the checksum of its country
  bank_account,  ///< routing and account numbers; only beside a word for it
  my_data,       ///< from the person's own list
  pattern,       ///< of a program's own pattern or recogniser
};

constexpr auto enumerators(entity) {
  return std::array<std::string_view, 18>{
      "EMAIL",       "CARD",         "CVV",     "IBAN",   "US_SSN",      "US_ITIN", "PHONE",
      "IP",          "MAC",          "SECRET",  "WALLET", "SEED_PHRASE", "OTP",     "DATE_OF_BIRTH",
      "NATIONAL_ID", "BANK_ACCOUNT", "MY_DATA", "PATTERN"};
}

inline constexpr std::size_t entity_count = enumerators(entity{}).size();

namespace detail {
consteval auto entity_names() {
  std::array<literal, entity_count> made{};
  for (std::size_t i = 0; i < made.size(); ++i) {
    made[i] = literal{enumerators(entity{})[i]};
  }
  return made;
}
} // namespace detail

/// The names, as payloads and the audit take them.
inline constexpr auto name_literals = detail::entity_names();

} // namespace overt::inline v0::detect
