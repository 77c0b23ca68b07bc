#include <overt/consent/receipt_request.hpp>

#include <array>
#include <cstdint>

#include <overt_test/catch.hpp>

using namespace overt::consent;

TEST_CASE("randomness differs") {
  std::array<std::uint8_t, 16> a{};
  std::array<std::uint8_t, 16> b{};
  system_randomness{}(a);
  system_randomness{}(b);
  CHECK(a != b);
}

TEST_CASE("what is granted is what is asked for and the preset leaves") {
  receipt_request asked{.grants = grants::key_semantic | grants::screenshot | grants::key_shape};
  CHECK(asked.granted() == grants::key_semantic); // strict, and no pictures
  asked.preset = jurisdiction_preset::us_other;
  CHECK(asked.granted() == (grants::key_semantic | grants::key_shape));
  asked.screenshots = screenshot_mode::allowlisted_window_masked;
  CHECK(asked.granted() == asked.grants);
  asked.preset = jurisdiction_preset::fr_employee;
  CHECK(asked.granted() == grants::key_shape);
}
