#include <overt/redact/detect/secret_looks.hpp>

#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace secrets = overt::detect::detail::secrets;

TEST_CASE("what a stretch of text looks like", "[redact][detect][secret_looks]") {
  auto const seen = secrets::looks_of("aB3-");
  CHECK(seen.size == 4);
  CHECK(seen.digits == 1);
  CHECK(seen.small == 1);
  CHECK(seen.capitals == 1);
  CHECK(seen.marks == 1);
  CHECK(seen.hex == 3);
  CHECK(seen.distinct == 4);
  CHECK(secrets::looks_of("").size == 0);
  CHECK(secrets::looks_of(std::string(500, 'x')).size == 128);
}

TEST_CASE("the entropy of a stretch of text", "[redact][detect][secret_looks]") {
  CHECK(secrets::entropy_of("aB3-") == Approx(2.0F).margin(1e-4));
  CHECK(secrets::entropy_of("aaaa") == Approx(0.0F).margin(1e-4));
  CHECK(secrets::entropy_of("aaab") == Approx(0.8113F).margin(1e-3));
  CHECK(secrets::entropy_of("") == Approx(0.0F).margin(1e-4));
  CHECK(secrets::entropy_of("a") == Approx(0.0F).margin(1e-4));
}

TEST_CASE("keys look drawn by lot and names do not", "[redact][detect][secret_looks]") {
  for (std::string_view const key : {"wJalrXUtnFEMIK7MDENGbPxRfiCY", "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
                                     "123e4567-e89b-12d3-a456-426614174000", "A1b2C3d4E5f6G7h8"}) {
    INFO(key);
    CHECK(secrets::is_random(secrets::looks_of(key)));
  }
  for (std::string_view const name : {"NL80211_ATTR_COOKIE_VALUE", "getElementByIdVersion2",
                                      "internationalization", "PKCS12_SAFEBAG_get0_p8inf", "a1"}) {
    INFO(name);
    CHECK_FALSE(secrets::is_random(secrets::looks_of(name)));
  }
}

TEST_CASE("letters drawn by lot and words", "[redact][detect][secret_looks]") {
  for (std::string_view const drawn :
       {"ynJjxvgWJOPVJWeszYmPqhecqybUz", "LpvHlghxEutfCaetPhloKUolYtmaenvPSOSLnr",
        "EQVONAKSIEiQIWeaWcoHNLOCio", "qkzjxvwpltrmnbhgfdscqwrt", "QKZJXVWPLTRMNBHGFDSCQWRT", "pQrNtXwLmZ"}) {
    INFO(drawn);
    CHECK(secrets::is_scattered(drawn));
    // Also with more behind it, whatever that is.
    CHECK(secrets::is_scattered(std::string{drawn} + "getUserAccount"));
    CHECK(secrets::is_scattered(std::string{drawn} + "-of-the-day"));
  }
  for (std::string_view const name :
       {"", "sunshine", "internationalization-of-things", "getUserAccountFromDatabase",
        "myServiceAccountCredentials", "SOME_LONG_NAME_OF_THINGS", "lastPqhecqybUz",
        "patience and perseverance"}) {
    INFO(name);
    CHECK_FALSE(secrets::is_scattered(name));
  }
}

TEST_CASE("uuids, digests and fillers", "[redact][detect][secret_looks]") {
  CHECK(secrets::is_uuid("123e4567-e89b-12d3-a456-426614174000"));
  CHECK_FALSE(secrets::is_uuid("123e4567-e89b-12d3-a456_426614174000"));
  constexpr std::string_view sha1 = "3f786850e387550fdab836ed7e6dc881de23001b";
  CHECK(secrets::is_digest(secrets::looks_of(sha1), sha1.size()));
  CHECK_FALSE(secrets::is_digest(secrets::looks_of(sha1.substr(1)), sha1.size() - 1));
  for (std::string_view const filler :
       {"xxxxxxxxxxxx", "your_api_key", "put-it-here-example", "changeme", "REPLACE_THIS", "KEY_here"}) {
    INFO(filler);
    CHECK(secrets::is_filler(filler));
  }
  CHECK_FALSE(secrets::is_filler("Zk3xT9qLw2Vb7Rm5"));
}
