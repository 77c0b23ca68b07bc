#include <overt/event/result.hpp>

#include <memory>
#include <string>
#include <utility>

#include <overt_test/catch.hpp>

namespace {

overt::result<int> half(int number) {
  if (number % 2 != 0) {
    return overt::failure{overt::error_code::invalid_input, "an odd number has no half; give an even one"};
  }
  return number / 2;
}

} // namespace

TEST_CASE("a result is a value or a failure", "[event][result]") {
  auto const good = half(8);
  REQUIRE(good);
  CHECK(good.has_value());
  CHECK(*good == 4);

  auto const bad = half(7);
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == overt::error_code::invalid_input);
  CHECK(bad.error().message == "an odd number has no half; give an even one");
}

TEST_CASE("a result may hold what only moves", "[event][result]") {
  overt::result<std::unique_ptr<int>> made{std::make_unique<int>(3)};
  REQUIRE(made);
  CHECK(**made == 3);
  auto const taken = *std::move(made);
  CHECK(*taken == 3);
  overt::result<std::string> text{std::string{"abc"}};
  CHECK(text->size() == 3);
  *text += "d";
  CHECK(std::as_const(text)->size() == 4);
}

TEST_CASE("success may have no value", "[event][result]") {
  overt::result<void> const good{};
  CHECK(good);
  overt::result<void> const bad{overt::failure{.code = overt::error_code::unsupported, .message = "no"}};
  CHECK_FALSE(bad);
  CHECK_FALSE(bad.has_value());
  CHECK(bad.error().code == overt::error_code::unsupported);
}
