#include <overt/detail/hexadecimal.hpp>

#include <array>

#include <overt_test/catch.hpp>

TEST_CASE("bytes become lower-case hexadecimal digits") {
  std::array<std::uint8_t, 3> const bytes{0x00, 0xaf, 0x19};
  CHECK(overt::detail::to_hex(bytes) == "00af19");
}

TEST_CASE("hexadecimal digits are told from others") {
  using overt::detail::is_lower_hex;
  static_assert(is_lower_hex("09af", 4));
  CHECK_FALSE(is_lower_hex("09af", 3));
  CHECK_FALSE(is_lower_hex("09aF", 4));
  CHECK_FALSE(is_lower_hex("09ag", 4));
  CHECK(is_lower_hex("", 0));
}
