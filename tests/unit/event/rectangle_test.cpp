#include <overt/event/rectangle.hpp>

#include <limits>

#include <overt_test/catch.hpp>

TEST_CASE("a rectangle holds its left and upper edges only", "[event][rectangle]") {
  constexpr overt::rectangle area{.x = -10, .y = 20, .width = 30, .height = 5};
  CHECK(area.contains(-10, 20));
  CHECK(area.contains(19, 24));
  CHECK_FALSE(area.contains(20, 20));
  CHECK_FALSE(area.contains(-10, 25));
  CHECK_FALSE(area.contains(-11, 20));
  CHECK_FALSE(overt::rectangle{}.contains(0, 0));
}
