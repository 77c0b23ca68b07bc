#include <overt/redact/detect/wallets.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using overt::detect::entity;

struct best {
  entity type = entity::pattern;
  float score = 0;
  std::string text{};
};

best scan(std::string_view text) {
  best found;
  overt::detect::scan_wallets(
      text, [&](std::size_t begin, std::size_t end, entity type, float score, overt::literal) {
        REQUIRE(begin < end);
        REQUIRE(end <= text.size());
        if (score > found.score) {
          found = {type, score, std::string{text.substr(begin, end - begin)}};
        }
      });
  return found;
}

} // namespace

TEST_CASE("addresses with their right checksum are certain", "[redact][detect][wallets]") {
  // From the documentation of each coin, and BIP-173 and BIP-350.
  for (std::string_view const address :
       {"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "rDTXLQ7ZKZVKz33zJbHjgVShjsBnqMBhmN", "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
        "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW"}) {
    INFO(address);
    auto const found = scan("please send it to " + std::string{address} + ", thanks");
    CHECK(found.type == entity::wallet);
    CHECK(found.score == 1.0F);
    CHECK(found.text == address);
  }
}

TEST_CASE("a wrong checksum lowers the score of an address and does not veto", "[redact][detect][wallets]") {
  auto const bech = scan("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp");
  CHECK(bech.score >= 0.5F);
  CHECK(bech.score < 1.0F);
  CHECK(scan("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3").score < 0.5F);
  CHECK(scan("my btc wallet is 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3").score >= 0.5F);
}

TEST_CASE("addresses without a checksum that is computed here", "[redact][detect][wallets]") {
  CHECK(scan("0x742d35Cc6634C0532925a3b844Bc454e4438f44e").score >= 0.5F);
  CHECK(scan("eth 0x742d35cc6634c0532925a3b844bc454e4438f44e").score > 0.9F);
  CHECK(scan("0x0000000000000000000000000000000000000000").score < 0.5F);
  CHECK(
      scan("44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A")
          .score >= 0.5F);
  CHECK(scan("7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV").score < 0.5F);
  CHECK(scan("solana address 7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV").score >= 0.5F);
}

TEST_CASE("private keys that are written like addresses are secrets", "[redact][detect][wallets]") {
  auto const found = scan("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ");
  CHECK(found.type == entity::secret);
  CHECK(found.score == 1.0F);
}

TEST_CASE("what is no address", "[redact][detect][wallets]") {
  for (std::string_view const text :
       {"the quick brown fox jumps over the lazy dog", "3f786850e387550fdab836ed7e6dc881de23001b",
        "123e4567-e89b-12d3-a456-426614174000", "3ThisIsAnIdentifierOfAProgram",
        "Donaudampfschifffahrtsgesellschaft", "11111111111111111111111111111111",
        "get_the_address_of_the_wallet_1"}) {
    INFO(text);
    CHECK(scan(text).score < 0.5F);
  }
}
