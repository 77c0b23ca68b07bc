#include <overt/consent/sodium/public_key.hpp>

#include <string>

#include <overt/consent/sodium/secret_key.hpp>

#include <overt_test/catch.hpp>

namespace consent = overt::consent;

TEST_CASE("a public key has two forms, and both are read") {
  auto const mine = consent::secret_key::generate();
  REQUIRE(mine);
  auto const key = mine->public_half();
  CHECK(consent::receipt_form(key).size() == 44);
  CHECK(overt::detail::key_from_base64(consent::receipt_form(key)) == key); // what the receipt's reader reads
  for (auto const& text :
       {consent::receipt_form(key), consent::text_of(key), " " + consent::text_of(key) + "\n"}) {
    auto const read = consent::parse_public_key(text);
    REQUIRE(read);
    CHECK(*read == key);
  }
}

TEST_CASE("mixed up and broken public keys are refused with a sentence that does not repeat them") {
  auto const mine = consent::secret_key::generate();
  REQUIRE(mine);
  auto const secret = mine->text();
  REQUIRE(secret);
  std::string const secret_text{secret->bytes().begin(), secret->bytes().end()};
  auto const mixed = consent::parse_public_key(secret_text);
  REQUIRE_FALSE(mixed);
  CHECK(mixed.error().message.find("secret key") != std::string::npos);
  CHECK(mixed.error().message.find(secret_text.substr(15, 8)) == std::string::npos);

  auto broken = consent::text_of(mine->public_half());
  broken[20] = broken[20] == 'A' ? 'B' : 'A';
  CHECK(consent::parse_public_key(broken).error().message.find("checksum") != std::string::npos);
  CHECK_FALSE(consent::parse_public_key(""));
  CHECK_FALSE(consent::parse_public_key(consent::receipt_form(mine->public_half()).substr(1)));
  // The two bits that are left over in the last character are not ignored.
  CHECK_FALSE(consent::parse_public_key(std::string(42, 'A') + "B="));
  CHECK(consent::parse_public_key(std::string(42, 'A') + "A="));
}

TEST_CASE("a fingerprint is short and belongs to one key") {
  auto const one = consent::secret_key::generate();
  auto const other = consent::secret_key::generate();
  REQUIRE(one);
  REQUIRE(other);
  CHECK(consent::fingerprint_of(one->public_half()).size() == 32);
  CHECK(consent::fingerprint_of(one->public_half()) != consent::fingerprint_of(other->public_half()));
  // BLAKE2b-128 of 32 zeros, from another implementation (Python's hashlib.blake2b).
  CHECK(consent::fingerprint_of({}) == "ff0f22492f44bac4c4b30ae58d0e8daa");
  CHECK(consent::spoken_fingerprint({}) == "ff0f 2249 2f44 bac4 c4b3 0ae5 8d0e 8daa");
}
