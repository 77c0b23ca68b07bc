#include <overt/dataset/play/wheel_notches.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using overt::dataset::notches_of;
using overt::dataset::wheel_notches;

TEST_CASE("turns of the wheel become whole notches, and what is left is told") {
  CHECK(notches_of(0) == wheel_notches{0, 0});
  CHECK(notches_of(120) == wheel_notches{1, 0});
  CHECK(notches_of(-360) == wheel_notches{-3, 0});
  CHECK(notches_of(130) == wheel_notches{1, 10});
  CHECK(notches_of(-119) == wheel_notches{0, -119});
  for (auto const v120 : {INT32_MAX, INT32_MIN, 1, -1, 12345}) {
    auto const made = notches_of(v120);
    CHECK(std::int64_t{made.notches} * 120 + made.remainder_v120 == v120);
  }
}
