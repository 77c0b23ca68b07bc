#include <overt/redact/detect/secret_kinds.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::detect::entity;

/// What stands there with a placeholder for each byte that is part of something found.
std::string masked(std::string_view text) {
  std::string made{text};
  overt::detect::scan_secret_kinds(
      text, [&](std::size_t begin, std::size_t end, entity, float score, overt::literal) {
        if (score >= 0.5F) {
          std::fill(made.begin() + static_cast<std::ptrdiff_t>(begin),
                    made.begin() + static_cast<std::ptrdiff_t>(end), '*');
        }
      });
  return made;
}

} // namespace

TEST_CASE("what looks like an address may be a part of a longer key", "[redact][detect][secret_kinds]") {
  // "send" makes the second part an address: it is of base 58, and as long as one.
  for (std::string_view const key :
       {"8838393679:AAxBeLZtpGzxnB6fvT9vLT8Tk45731GAV2u", "1568254581:AACLqG1FAA1Zi3HCaJD7LeC3tDTqhN7W63i",
        "Ab38Q~DBcDeFgHiJkLmNoPqRsTuVwXyZ123456",
        "MTk4NjEyNDgzNDcxMTk1MjQ4Nz.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs1a2"}) {
    for (std::string_view const words : {"", "send ", "send stone ", "the wallet of the bot is "}) {
      auto const before = std::string{words};
      INFO(before << key);
      CHECK(masked(before + std::string{key} + " green") == before + std::string(key.size(), '*') + " green");
    }
  }
}

TEST_CASE("an address stays one, with nothing around it", "[redact][detect][secret_kinds]") {
  for (std::string_view const address :
       {"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"}) {
    std::string const text = "send to " + std::string{address};
    std::string rules;
    overt::detect::scan_secret_kinds(
        text, [&](std::size_t begin, std::size_t end, entity type, float score, overt::literal) {
          if (score >= 0.5F) {
            CHECK(type == entity::wallet);
            rules += text.substr(begin, end - begin);
          }
        });
    CHECK(rules == address);
  }
}

TEST_CASE("a name before a key of two parts does not take the second alone",
          "[redact][detect][secret_kinds]") {
  constexpr std::string_view key = "3162848195:AAIijeLGZJ1JZZIp5lCbQIC9rWO1O78P8IX";
  for (std::string_view const words :
       {"my token ", "bot token: ", "token=", "session please ", "the password ", "key river spring ",
        "secret ", "https://api.telegram.org/bot"}) {
    auto const before = std::string{words};
    INFO(before);
    auto const told = masked(before + std::string{key} + " before noon");
    CHECK(told == before + std::string(key.size(), '*') + " before noon");
  }
}
