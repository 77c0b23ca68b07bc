#include <overt/redact/pseudonym_key.hpp>

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/hmac_sha256.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/redact/parameter_list.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/keys.hpp>

using overt::redact::pseudonym_key;

namespace {

std::array<std::uint8_t, 32> secret_of(std::uint8_t seed) {
  std::array<std::uint8_t, 32> bytes{};
  for (auto& byte : bytes) {
    byte = static_cast<std::uint8_t>(seed * 7 + (&byte - bytes.data()) * 11);
  }
  return bytes;
}

pseudonym_key key_of(std::string domain, std::uint8_t seed) {
  auto made = pseudonym_key::make(std::move(domain), secret_of(seed));
  REQUIRE(made);
  return *made;
}

std::string of(pseudonym_key const& key, overt::literal kind, std::string_view value, bool brief = false) {
  return overt_test::with_clearance(
      [&](overt::clearance const& look) { return std::string{key.of(look, kind, value, brief).view()}; });
}

/// The phone numbers that an attacker tries: all of one exchange.
std::string phone(int number) {
  auto digits = std::to_string(100'000 + number);
  return "+49 30 555" + digits.substr(1);
}

} // namespace

TEST_CASE("a pseudonym is stable, and differs by value, kind, domain and secret", "[redact][pseudonym]") {
  auto const key = key_of("tickets", 1);
  auto const jane = of(key, "EMAIL", "jane@x.example");
  CHECK(jane.size() == 16);
  CHECK(overt::detail::is_lower_hex(jane, 16));
  CHECK(of(key, "EMAIL", " Jane@X.example ") == jane);
  CHECK(of(key_of("tickets", 1), "EMAIL", "jane@x.example") == jane);
  CHECK(of(key, "EMAIL", "jane@x.example", true) == jane.substr(0, 8));
  CHECK(of(key, "EMAIL", "john@x.example") != jane);
  CHECK(of(key, "name", "jane@x.example") != jane);
  CHECK(of(key_of("tickets", 2), "EMAIL", "jane@x.example") != jane);
  CHECK(of(key_of("ticket", 1), "EMAIL", "jane@x.example") != jane);
  // no domain and kind together read like another pair
  CHECK(of(key_of("ab", 1), "c", "x") != of(key_of("a", 1), "bc", "x"));
  CHECK(of(key, "EMAIL", "\xff") != of(key, "EMAIL", "\xfe"));
}

TEST_CASE("a pseudonym is the beginning of the documented hash", "[redact][pseudonym]") {
  overt::detail::hmac_sha256 keyed{secret_of(1)};
  keyed.update(std::string_view{"\x07\0\0\0tickets\x05\0\0\0EMAILjane@x.example", 34});
  CHECK(overt::detail::to_hex(keyed.finish()).substr(0, 16) ==
        of(key_of("tickets", 1), "EMAIL", "jane@x.example"));
}

TEST_CASE("L55 without the secret, trying all phone numbers finds nothing", "[redact][pseudonym][L55]") {
  constexpr int target = 67'890;
  auto const key = key_of("tickets", 3);
  auto const known = of(key, "PHONE", phone(target));
  auto const begins = [&](std::array<std::uint8_t, 32> const& digest) {
    return overt::detail::to_hex(std::span{digest}.first(8)) == known;
  };
  std::array<std::uint8_t, 32> const no_key{};
  int guessed = 0;
  for (int number = 0; number < 100'000; ++number) {
    auto const candidate = phone(number);
    guessed += begins(overt::detail::sha256(candidate)) ? 1 : 0;
    guessed += begins(overt::detail::sha256("PHONE" + candidate)) ? 1 : 0;
    overt::detail::hmac_sha256 empty{no_key};
    empty.update(candidate);
    guessed += begins(empty.finish()) ? 1 : 0;
  }
  CHECK(guessed == 0);
  // The same attack with the secret finds it: the search itself works.
  int found = -1;
  for (int number = target - 50; number < target + 50; ++number) {
    found = of(key, "PHONE", phone(number)) == known ? number : found;
  }
  CHECK(found == target);
}

TEST_CASE("L56 two domains, or two secrets, never have a pseudonym in common", "[redact][pseudonym][L56]") {
  auto const first = key_of("spring", 1);
  for (auto const& other : {key_of("autumn", 1), key_of("spring", 2)}) {
    std::set<std::string> known;
    for (int number = 0; number < 2'000; ++number) {
      known.insert(of(first, "PHONE", phone(number)));
    }
    CHECK(known.size() == 2'000);
    for (int number = 0; number < 2'000; ++number) {
      CHECK(known.count(of(other, "PHONE", phone(number))) == 0);
    }
  }
  // one domain joins with itself
  CHECK(of(first, "PHONE", phone(7)) == of(key_of("spring", 1), "PHONE", phone(7)));
}

TEST_CASE("a secret that is none is refused", "[redact][pseudonym]") {
  auto const bytes = secret_of(1);
  CHECK_FALSE(pseudonym_key::make("", bytes));
  CHECK_FALSE(pseudonym_key::make("a", std::span{bytes}.first(31)));
  CHECK_FALSE(pseudonym_key::make("a", {}));
  std::array<std::uint8_t, 32> same{};
  CHECK_FALSE(pseudonym_key::make("a", same));
  CHECK_FALSE(static_cast<bool>(pseudonym_key{}));
  CHECK(static_cast<bool>(key_of("a", 1)));
  auto const refused = pseudonym_key::make("a", std::span{bytes}.first(31));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find(overt::detail::to_hex(bytes).substr(0, 8)) == std::string::npos);
}

TEST_CASE("a description names the domain and a check value, and never the secret", "[redact][pseudonym]") {
  auto const key = key_of("tickets", 1);
  CHECK(key.domain() == "tickets");
  CHECK(overt::detail::is_lower_hex(key.check(), 8));
  CHECK(key.check() == key_of("other", 1).check());
  CHECK(key.check() != key_of("tickets", 2).check());
  auto const text = overt::redact::parameter_list{}.add("key", key).json("mine");
  CHECK(text == R"({"key":{"check":")" + key.check() + R"(","domain":"tickets"},"policy":"mine"})");
  auto const hex = overt::detail::to_hex(secret_of(1));
  for (std::size_t i = 0; i + 8 <= hex.size(); ++i) {
    CHECK(text.find(hex.substr(i, 8)) == std::string::npos);
  }
}

TEST_CASE("copies share the secret, and one that outlives the others still has it", "[redact][pseudonym]") {
  pseudonym_key kept;
  std::string before;
  {
    auto const first = key_of("tickets", 1);
    before = of(first, "name", "x");
    kept = first;
  }
  CHECK(of(kept, "name", "x") == before);
}
