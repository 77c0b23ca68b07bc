#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checksums.hpp"
#include "national_ids.hpp"
#include "provider_keys.hpp"
#include "random.hpp"
#include "seed_words.hpp"

namespace leaks {

/// The kinds of things that are planted. The names are those that a trace uses for them.
enum class canary_kind : std::uint8_t {
  email,
  card,
  card_code,
  iban,
  us_ssn,
  us_itin,
  phone,
  ip_v4,
  ip_v6,
  mac,
  jwt,
  provider,
  private_key,
  connection,
  password,
  token,
  wallet_btc,
  wallet_eth,
  seed_phrase,
  one_time_code,
  birth_date,
  national_id,
  my_data,
};

inline constexpr auto canary_names = std::to_array<std::string_view>(
    {"EMAIL",      "CARD",       "CVV",  "IBAN",     "US_SSN",     "US_ITIN",     "PHONE",    "IPv4",
     "IPv6",       "MAC",        "JWT",  "PROVIDER", "PRIVATEKEY", "CONNECTION",  "PASSWORD", "TOKEN",
     "WALLET_BTC", "WALLET_ETH", "SEED", "OTP",      "BIRTH_DATE", "NATIONAL_ID", "MY_DATA"});
inline constexpr std::size_t canary_kinds = canary_names.size();

/// Something that must not leave. Random, but in the shape that its kind has.
struct canary {
  canary_kind kind = canary_kind::email;
  /// The words before it that make it what it is, where it would be any number without them: "code is ".
  std::string before{};
  std::string text{};
  /// What is searched for: stretches of `text`. What everybody knows (".com", "ghp_", "-----BEGIN",
  /// "postgres://", the header of every JWT) is not secret and stands outside of them.
  std::vector<std::string> secret{};

  [[nodiscard]] std::string whole() const { return before + text; }
  /// More than one word: what is left of it when the field is left in its middle is more than the last token.
  [[nodiscard]] bool has_words() const {
    return kind == canary_kind::seed_phrase || kind == canary_kind::private_key;
  }
};

/// Words that nobody else has, for "my data".
[[nodiscard]] inline std::vector<std::string> make_my_data(std::uint64_t seed) {
  random_numbers any{seed, 0x6d79};
  std::vector<std::string> words;
  for (int i = 0; i < 24; ++i) {
    words.push_back(any.text(upper, 1) + telling_text(any, lower, any.between(6, 10)));
  }
  return words;
}

namespace detail {

[[nodiscard]] inline canary all_of(std::string text, std::string before = {}) {
  return {.before = std::move(before), .text = text, .secret = {text}};
}

/// Digits in groups: "4,4,4,4" with a separator.
[[nodiscard]] inline std::string grouped(std::string_view text, std::size_t size,
                                         std::string_view separator) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    made += i > 0 && i % size == 0 ? separator : std::string_view{};
    made += text[i];
  }
  return made;
}

[[nodiscard]] inline canary make_email(random_numbers& any) {
  auto name = telling_text(any, lower, any.between(5, 9));
  if (any.chance(40)) {
    name += any.pick(std::to_array<std::string_view>({".", "_", "-", "+"}));
    name += telling_text(any, lower, any.between(4, 7));
  }
  if (any.chance(30)) {
    name += any.text(digits, 2);
  }
  auto const site = telling_text(any, lower, any.between(5, 9));
  auto const ending =
      any.pick(std::to_array<std::string_view>({".com", ".org", ".net", ".de", ".co.uk", ".fr"}));
  auto const secret = name + "@" + site;
  return {.text = secret + std::string{ending}, .secret = {secret}};
}

[[nodiscard]] inline canary make_card(random_numbers& any) {
  struct issuer {
    std::string_view begins;
    std::size_t length;
  };
  auto const from = any.pick(std::to_array<issuer>(
      {{"4", 16}, {"52", 16}, {"55", 16}, {"2221", 16}, {"34", 15}, {"37", 15}, {"6011", 16}, {"3528", 16}}));
  std::string number{from.begins};
  number += any.text(digits, from.length - 1 - number.size());
  number += luhn_digit(number);
  return all_of(any.chance(35) ? number
                               : grouped(number, 4, any.pick(std::to_array<std::string_view>({" ", "-"}))),
                any.chance(50) ? "card " : "");
}

[[nodiscard]] inline canary make_iban(random_numbers& any) {
  struct shape {
    std::string_view country;
    std::size_t letters;
    std::size_t numbers;
  };
  auto const of = any.pick(std::to_array<shape>(
      {{"DE", 0, 18}, {"ES", 0, 20}, {"GB", 4, 14}, {"NL", 4, 10}, {"AT", 0, 16}, {"PL", 0, 24}}));
  auto const account = any.text(upper, of.letters) + any.text(digits, of.numbers);
  auto const check = 98 - remainder_of(account + std::string{of.country} + "00", 97);
  auto const number = std::string{of.country} + digit(check / 10) + digit(check) + account;
  return all_of(any.chance(50) ? number : grouped(number, 4, " "));
}

[[nodiscard]] inline canary make_us_number(random_numbers& any, bool taxpayer) {
  // Areas 000, 666 and 900 on are not given out as SSN; an ITIN begins with 9 and has 50 to 65, 70 to 88, …
  // in the middle (SSA and IRS).
  auto const area = taxpayer ? any.between(900, 999) : any.between(101, 665);
  auto const group = taxpayer ? any.between(70, 88) : any.between(11, 99);
  auto const serial = any.between(1001, 9998);
  return all_of(std::to_string(area) + "-" + std::to_string(group) + "-" + std::to_string(serial),
                any.chance(50) ? (taxpayer ? "itin " : "ssn ") : "");
}

[[nodiscard]] inline canary make_phone(random_numbers& any) {
  auto const number = [&any](std::size_t length) { return any.text("23456789", length); };
  switch (any.below(9)) {
  case 0: return all_of("+49 151 " + number(8));
  case 1: return all_of("+1 415 " + number(3) + " " + number(4));
  case 2: return all_of("(415) " + number(3) + "-" + number(4), "phone ");
  case 3: return all_of("+44 7700 " + number(6));
  case 4: return all_of("+33 6 " + grouped(number(8), 2, " "));
  case 5: return all_of("+39 347 " + number(7));
  case 6: return all_of("+91 98" + number(3) + " " + number(5));
  case 7: return all_of("212-" + number(3) + "-" + number(4), "call ");
  default: return all_of("+34 6" + number(2) + " " + grouped(number(6), 3, " "));
  }
}

[[nodiscard]] inline canary make_address(random_numbers& any, canary_kind kind) {
  std::string text;
  if (kind == canary_kind::ip_v4) {
    text = std::to_string(any.pick(std::to_array<int>({23, 45, 81, 94, 151, 185, 203, 212})));
    for (int i = 0; i < 3; ++i) {
      text += "." + std::to_string(any.between(11, 249));
    }
    return all_of(text, any.chance(50) ? "ip " : "");
  }
  if (kind == canary_kind::ip_v6) {
    text = "2a0" + telling_text(any, hexadecimal, 1);
    for (int i = 0; i < 7; ++i) {
      text += ":" + any.text("123456789", 1) + telling_text(any, hexadecimal, 3);
    }
    return all_of(text);
  }
  for (int i = 0; i < 6; ++i) {
    text += (i > 0 ? ":" : "") + any.text("0123456789", 1) + any.text(hexadecimal, 1);
  }
  return all_of(text);
}

[[nodiscard]] inline canary make_jwt(random_numbers& any) {
  std::string const header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
  auto const claims = base64_of(
      "{\"sub\":\"" + telling_text(any, base62, 10) + "\",\"iat\":1" + any.text(digits, 9) + "}", true);
  auto const signature = telling_text(any, base62, 43);
  // The claims begin like those of every token; what is in them is nobody's business.
  return {.text = header + "." + claims + "." + signature, .secret = {claims.substr(12), signature}};
}

[[nodiscard]] inline canary make_private_key(random_numbers& any) {
  auto const kind = any.pick(std::to_array<std::string_view>(
      {"EC PRIVATE KEY", "PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY"}));
  auto const body = telling_text(any, base62, any.between(48, 80));
  return {.text =
              "-----BEGIN " + std::string{kind} + "-----" + body + "-----END " + std::string{kind} + "-----",
          .secret = {body}};
}

[[nodiscard]] inline canary make_connection(random_numbers& any) {
  auto const user = telling_text(any, lower, 7);
  auto const password = telling_text(any, base62, any.between(8, 14));
  if (any.chance(30)) {
    return {.text = "Server=db;User Id=app;Pwd=" + password + ";", .secret = {password}};
  }
  auto const scheme =
      any.pick(std::to_array<std::string_view>({"postgres", "mysql", "mongodb", "redis", "amqp", "https"}));
  return {.text = std::string{scheme} + "://" + user + ":" + password + "@db.example.net/main",
          .secret = {user + ":" + password}};
}

[[nodiscard]] inline canary make_seed_phrase(random_numbers& any) {
  canary made{.kind = canary_kind::seed_phrase};
  for (auto const word : make_seed_words(any)) {
    made.text += (made.text.empty() ? "" : " ") + std::string{word};
    made.secret.emplace_back(word);
  }
  return made;
}

[[nodiscard]] inline canary make_birth_date(random_numbers& any) {
  auto const two = [](std::size_t number) { return std::string{digit(number / 10)} + digit(number); };
  auto const day = two(any.between(13, 28));
  auto const month = two(any.between(1, 12));
  auto const year = std::to_string(any.between(1941, 2004));
  auto const before = any.pick(std::to_array<std::string_view>({"born ", "date of birth ", "dob "}));
  return all_of(any.chance(50) ? day + "." + month + "." + year : year + "-" + month + "-" + day,
                std::string{before});
}

} // namespace detail

/// One canary of a kind. `my_data` is the list that the policy under test has.
[[nodiscard]] inline canary make_canary(random_numbers& any, canary_kind kind,
                                        std::vector<std::string> const& my_data) {
  using namespace detail;
  auto const one = [&]() -> canary {
    switch (kind) {
    case canary_kind::email: return make_email(any);
    case canary_kind::card: return make_card(any);
    case canary_kind::card_code: return all_of(any.text("23456789", 3), any.chance(50) ? "cvv " : "cvc: ");
    case canary_kind::iban: return make_iban(any);
    case canary_kind::us_ssn: return make_us_number(any, false);
    case canary_kind::us_itin: return make_us_number(any, true);
    case canary_kind::phone: return make_phone(any);
    case canary_kind::ip_v4:
    case canary_kind::ip_v6:
    case canary_kind::mac: return make_address(any, kind);
    case canary_kind::jwt: return make_jwt(any);
    case canary_kind::provider: {
      auto const made = make_provider_key(any, any.below(provider_key_kinds));
      return {.text = made.prefix + made.body, .secret = {made.body}};
    }
    case canary_kind::private_key: return make_private_key(any);
    case canary_kind::connection: return make_connection(any);
    case canary_kind::password: {
      auto const secret = telling_text(any, base62, any.between(8, 16));
      auto const before =
          any.pick(std::to_array<std::string_view>({"password=", "password: ", "pwd=", "passwd = "}));
      return all_of(secret, std::string{before});
    }
    case canary_kind::token: {
      auto const before = any.pick(std::to_array<std::string_view>({"token: ", "secret=", "api_key = "}));
      return all_of(telling_text(any, base62, any.between(24, 40)), std::string{before});
    }
    case canary_kind::wallet_btc: {
      if (any.chance(50)) {
        std::vector<std::uint8_t> values{0};
        for (int i = 0; i < 31; ++i) {
          values.push_back(static_cast<std::uint8_t>(any.below(32)));
        }
        values.push_back(
            static_cast<std::uint8_t>(any.below(32))); // 160 bits are 32 values, behind the version
        auto const address = bech32_address("bc", values);
        return {.text = address, .secret = {address.substr(4)}};
      }
      std::string bytes(1, '\0');
      for (int i = 0; i < 20; ++i) {
        bytes += static_cast<char>(any.below(256));
      }
      return all_of(base58_check(bytes));
    }
    case canary_kind::wallet_eth: {
      auto const address = telling_text(any, hexadecimal, 40);
      return {.text = "0x" + address, .secret = {address}};
    }
    case canary_kind::seed_phrase: return make_seed_phrase(any);
    case canary_kind::one_time_code: {
      auto const before = any.pick(std::to_array<std::string_view>({"code: ", "otp ", "verification code "}));
      return all_of(any.text("23456789", any.between(5, 7)), std::string{before});
    }
    case canary_kind::birth_date: return make_birth_date(any);
    case canary_kind::national_id: {
      auto made = make_national_id(any);
      return all_of(std::move(made.number), std::move(made.before));
    }
    case canary_kind::my_data: return all_of(any.pick(my_data));
    }
    return {};
  };
  auto made = one();
  made.kind = kind;
  return made;
}

} // namespace leaks
