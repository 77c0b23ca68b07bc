#include <overt/event/timestamp.hpp>

#include <overt_test/catch.hpp>

TEST_CASE("timestamps order and measure", "[event][timestamp]") {
  using overt::timestamp;
  CHECK(timestamp{1} < timestamp{2});
  CHECK(timestamp{2} == timestamp{2});
  CHECK(timestamp{-5} < timestamp{});
  CHECK(timestamp{7} - timestamp{10} == -3);
  CHECK(timestamp{7} + 3 == timestamp{10});
  CHECK(timestamp{7} + -9 == timestamp{-2});
}
