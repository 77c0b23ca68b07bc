#include <overt/dataset/reduction/moment.hpp>

#include <overt_test/catch.hpp>

using overt::screen_point;
using overt::timestamp;
using overt::dataset::nearer_than;
using overt::dataset::pause_between;

TEST_CASE("a pause is never negative, and never more than can be said") {
  CHECK(pause_between(timestamp{3}, timestamp{5}) == 2);
  CHECK(pause_between(timestamp{5}, timestamp{3}) == 0);
  CHECK(pause_between(timestamp{-5}, timestamp{-3}) == 2);
  CHECK(pause_between(timestamp{INT64_MIN}, timestamp{INT64_MAX}) == INT64_MAX);
  CHECK(pause_between(timestamp{INT64_MAX}, timestamp{INT64_MIN}) == 0);
}

TEST_CASE("distances are straight, also between the ends of the desktop") {
  CHECK(nearer_than(6, screen_point{.x = 0, .y = 0}, screen_point{.x = 3, .y = 4}));
  CHECK_FALSE(nearer_than(5, screen_point{.x = 0, .y = 0}, screen_point{.x = -3, .y = 4}));
  CHECK_FALSE(nearer_than(8, screen_point{.x = INT32_MIN, .y = 0}, screen_point{.x = INT32_MAX, .y = 0}));
  CHECK(nearer_than(INT32_MAX, screen_point{.x = -1'000'000'000, .y = 0},
                    screen_point{.x = 1'000'000'000, .y = 9}));
  CHECK_FALSE(nearer_than(0, screen_point{.x = 1, .y = 1}, screen_point{.x = 1, .y = 1}));
}
