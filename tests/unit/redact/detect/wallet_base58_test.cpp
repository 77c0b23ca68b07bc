#include <overt/redact/detect/wallet_base58.hpp>

#include <string_view>

#include <overt_test/catch.hpp>

namespace wallets = overt::detect::detail::wallets;

TEST_CASE("numbers of base 58 are decoded", "[redact][detect][wallet_base58]") {
  // draft-msporny-base58: "Hello World!" and a number with leading zeros.
  auto const hello = wallets::decode58("2NEpo7TZRRrLZSi2U", wallets::base58_values);
  CHECK(std::string_view{reinterpret_cast<char const*>(hello.bytes.data()), hello.size} == "Hello World!");
  auto const zeros = wallets::decode58("11233QC4", wallets::base58_values);
  REQUIRE(zeros.size == 6);
  CHECK(zeros.bytes[0] == 0);
  CHECK(zeros.bytes[1] == 0);
  CHECK(zeros.bytes[2] == 0x28);
  CHECK(zeros.bytes[5] == 0xcd);
  CHECK(wallets::decode58("0OIl", wallets::base58_values).size == 0);
  CHECK(
      wallets::has_checksum(wallets::decode58("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", wallets::base58_values)));
  CHECK_FALSE(
      wallets::has_checksum(wallets::decode58("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", wallets::base58_values)));
}
