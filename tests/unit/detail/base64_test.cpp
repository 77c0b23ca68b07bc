#include <overt/detail/base64.hpp>

#include <array>
#include <cstdint>
#include <string>

#include <overt_test/catch.hpp>

using overt::detail::key_from_base64;

TEST_CASE("a key is 32 bytes in 44 characters of base64") {
  auto const key = key_from_base64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
  REQUIRE(key.has_value());
  for (std::size_t i = 0; i < 32; ++i) {
    CHECK((*key)[i] == i);
  }
  CHECK((*key_from_base64(std::string(43, '/') + "="))[0] == 0xff);
}

TEST_CASE("anything else is no key") {
  CHECK_FALSE(key_from_base64(""));
  CHECK_FALSE(key_from_base64(std::string(44, 'A')));
  CHECK_FALSE(key_from_base64(std::string(42, 'A') + "=="));
  CHECK_FALSE(key_from_base64(std::string(44, 'A') + "="));
  CHECK_FALSE(key_from_base64(std::string(42, 'A') + "-="));
}

TEST_CASE("a key is written as it is read") {
  std::string const ordinary = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  CHECK(overt::detail::key_to_base64(*key_from_base64(ordinary)) == ordinary);
  CHECK(overt::detail::key_to_base64({}) == std::string(43, 'A') + "=");
  std::array<std::uint8_t, 32> ones{};
  ones.fill(0xff);
  CHECK(overt::detail::key_to_base64(ones) == std::string(42, '/') + "8=");
  CHECK(*key_from_base64(overt::detail::key_to_base64(ones)) == ones);
}
