#include <overt/capture/atspi/screen_lock_state.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using state = overt::capture::atspi::screen_lock_state<2>;

TEST_CASE("locked is what anybody says is locked", "[atspi][lock]") {
  state one;
  CHECK_FALSE(one.locked({0}));
  one.says(0, true);
  one.says(1, true);
  one.says(0, false);
  CHECK(one.locked({0}));
  one.says(1, false);
  CHECK_FALSE(one.locked({0}));
}

TEST_CASE("a wish for a lock counts at once, and not for ever when nobody grants it", "[atspi][lock]") {
  state one;
  overt::timestamp const asked{1'000};
  one.wished(asked);
  CHECK(one.locked(asked));
  one.says(0, false); // the program has not come to it yet
  CHECK(one.locked(asked + (state::wish_ns - 1)));
  CHECK(one.wish_ends() == asked + state::wish_ns);
  CHECK_FALSE(one.locked(asked + state::wish_ns));
}

TEST_CASE("who granted a wish says when it ends", "[atspi][lock]") {
  state one;
  one.wished({1'000});
  one.says(1, true);
  CHECK(one.wish_ends().ns == INT64_MAX);
  CHECK(one.locked({std::int64_t{3'600'000'000'000}}));
  one.says(1, false);
  CHECK_FALSE(one.locked({2'000}));
}

TEST_CASE("a wish for the end of a lock ends what nobody granted, and nothing else", "[atspi][lock]") {
  state one;
  one.wished({1'000});
  one.unwished();
  CHECK_FALSE(one.locked({1'001}));
  one.says(0, true);
  one.unwished();
  CHECK(one.locked({1'001}));
}
