#include <overt/sink/mcap/lost_events.hpp>

#include <overt_test/catch.hpp>

TEST_CASE("lost events are counted for each payload, and the first says where the stretch begins") {
  overt::sink::lost_events<3> lost;
  CHECK_FALSE(lost.any());
  CHECK(lost.total() == 0);
  lost.add(2, 41, {1000});
  lost.add(0, 42, {2000});
  lost.add(2, 43, {3000});
  CHECK(lost.any());
  CHECK(lost.total() == 3);
  CHECK(lost.of(0) == 1);
  CHECK(lost.of(1) == 0);
  CHECK(lost.of(2) == 2);
  CHECK(lost.first() == 41);
  CHECK(lost.since().ns == 1000);
}

TEST_CASE("after it was told, a loss is another one") {
  overt::sink::lost_events<2> lost;
  lost.add(1, 7, {5});
  lost.clear();
  CHECK_FALSE(lost.any());
  CHECK(lost.of(1) == 0);
  lost.add(0, 90, {6});
  CHECK(lost.first() == 90);
  CHECK(lost.since().ns == 6);
  CHECK(lost.total() == 1);
}
