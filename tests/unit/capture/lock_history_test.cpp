#include <overt/capture/lock_history.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::capture::lock_history;

TEST_CASE("it was locked from the first word to the next", "[capture][lock]") {
  lock_history one;
  CHECK_FALSE(one.any_between({0}, {INT64_MAX}));
  one.add({100}, true);
  one.add({150}, true); // no news
  CHECK(one.locked());
  CHECK_FALSE(one.any_between({0}, {99}));
  CHECK(one.any_between({0}, {100}));
  CHECK(one.any_between({1000}, {1000}));
  one.add({200}, false);
  one.add({300}, false);
  CHECK_FALSE(one.locked());
  CHECK(one.any_between({200}, {500}));
  CHECK_FALSE(one.any_between({201}, {500}));
  one.add({400}, true);
  CHECK_FALSE(one.any_between({201}, {399}));
  CHECK(one.any_between({201}, {400}));
}

TEST_CASE("an end of what never began says nothing", "[capture][lock]") {
  lock_history one;
  one.add({100}, false);
  CHECK_FALSE(one.any_between({0}, {200}));
}

TEST_CASE("what was forgotten counts as locked, and the newest is exact", "[capture][lock]") {
  lock_history one;
  for (std::int64_t i = 0; i < 100; ++i) {
    one.add({i * 10}, true);
    one.add({i * 10 + 4}, false);
  }
  CHECK(one.any_between({6}, {8})); // between two of the oldest
  CHECK_FALSE(one.any_between({985}, {989}));
  CHECK(one.any_between({985}, {990}));
  CHECK_FALSE(one.any_between({995}, {2000}));
}
