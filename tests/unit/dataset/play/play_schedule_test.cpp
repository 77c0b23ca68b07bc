#include <overt/dataset/play/play_schedule.hpp>

#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::dataset::play_schedule;
using overt::dataset::spread;

TEST_CASE("gaps are those of the trace, divided by the speed") {
  play_schedule const plain{{1000}, {50}, 1.0};
  CHECK(plain.due({1000}) == timestamp{50});
  CHECK(plain.due({1700}) == timestamp{750});
  play_schedule const fast{{1000}, {50}, 2.0};
  CHECK(fast.due({1700}) == timestamp{400});
  play_schedule const slow{{1000}, {50}, 0.5};
  CHECK(slow.due({1700}) == timestamp{1450});
}

TEST_CASE("what comes late makes all after it late, and nothing comes early again") {
  play_schedule schedule{{0}, {0}, 1.0};
  schedule.delay({100}, {130});
  CHECK(schedule.due({200}) == timestamp{230});
  schedule.delay({230}, {225}); // in time
  CHECK(schedule.due({200}) == timestamp{230});
}

TEST_CASE("steps are spread evenly, and the last one is the end") {
  CHECK(spread({10}, {40}, 0, 4) == timestamp{10});
  CHECK(spread({10}, {40}, 1, 4) == timestamp{20});
  CHECK(spread({10}, {40}, 3, 4) == timestamp{40});
  CHECK(spread({10}, {40}, 0, 1) == timestamp{10});
  CHECK(spread({40}, {10}, 2, 3) == timestamp{40}); // an end before its begin
  CHECK(spread({0}, {INT64_MAX}, 1000, 1001) == timestamp{INT64_MAX});
}
