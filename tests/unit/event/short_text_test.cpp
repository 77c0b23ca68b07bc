#include <overt/event/short_text.hpp>

#include <string>

#include <overt_test/catch.hpp>

TEST_CASE("a short text holds what fits and nothing of what does not", "[event][short_text]") {
  using four = overt::short_text<4>;
  CHECK(four{}.empty());
  CHECK(four{}.view().empty());
  REQUIRE(four::from("abcd"));
  CHECK(four::from("abcd")->view() == "abcd");
  CHECK_FALSE(four::from("abcd")->empty());
  REQUIRE(four::from(""));
  CHECK(four::from("")->empty());
  CHECK_FALSE(four::from("abcde"));
  CHECK(four::from(std::string_view{"a\0b", 3})->view() == std::string_view{"a\0b", 3});
}
