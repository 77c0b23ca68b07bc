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

TEST_CASE("what of a rectangle lies in another", "[event][rectangle]") {
  using overt::clipped;
  using overt::rectangle;
  CHECK(clipped({0, 0, 10, 10}, {5, 5, 10, 10}) == rectangle{5, 5, 5, 5});
  CHECK(clipped({-5, -5, 100, 100}, {0, 0, 10, 10}) == rectangle{0, 0, 10, 10});
  CHECK(is_empty(clipped({0, 0, 10, 10}, {10, 0, 10, 10})));
  CHECK(is_empty(clipped({0, 0, -3, 10}, {0, 0, 10, 10})));
  CHECK(clipped({INT32_MAX - 1, 0, INT32_MAX, 5}, {INT32_MAX - 2, 0, INT32_MAX, 5}) ==
        rectangle{INT32_MAX - 1, 0, INT32_MAX - 1, 5});
}

TEST_CASE("a margin on every side does not overflow", "[event][rectangle]") {
  using overt::grown;
  using overt::rectangle;
  CHECK(grown({10, 10, 5, 5}, 2) == rectangle{8, 8, 9, 9});
  CHECK(grown({INT32_MIN, 0, INT32_MAX, 5}, 8).width == INT32_MAX);
}
