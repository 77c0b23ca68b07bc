#include <overt/dataset/reduction/reduce_options.hpp>

#include <overt_test/catch.hpp>

using overt::dataset::reduce_options;

TEST_CASE("a grid hides up to its width, and both answers leave room for that") {
  reduce_options const exact{};
  CHECK(exact.surely_at_least(10, 10));
  CHECK_FALSE(exact.surely_at_least(9, 10));
  CHECK(exact.surely_within(10, 10));
  CHECK_FALSE(exact.surely_within(11, 10));

  reduce_options const coarse{.time_grid_ns = 5};
  CHECK_FALSE(coarse.surely_at_least(14, 10));
  CHECK(coarse.surely_at_least(15, 10));
  CHECK(coarse.surely_within(5, 10));
  CHECK_FALSE(coarse.surely_within(6, 10));
  CHECK_FALSE(coarse.surely_within(0, 4));

  reduce_options const endless{.time_grid_ns = INT64_MAX};
  CHECK_FALSE(endless.surely_at_least(INT64_MAX, 1));
  CHECK_FALSE(endless.surely_within(0, 400));
}
