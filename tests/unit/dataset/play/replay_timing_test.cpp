#include <overt/dataset/play/replay_timing.hpp>

#include <vector>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

TEST_CASE("what is waited for ends when the replay is to stop, and is not waited for again") {
  desktop on;
  replay_options options;
  int asked = 0;
  options.stop = [&] {
    ++asked;
    return on.now >= timestamp{120 * ms};
  };
  auto timing = timing_on(on, options);
  timing.rest_until({10'000 * ms});
  CHECK(on.now == timestamp{150 * ms}); // it looks every 50 ms
  CHECK(timing.was_stopped());
  CHECK(asked == 4);
  timing.wait_until({20'000 * ms});
  CHECK_FALSE(timing.poll(1000 * ms, [] { return false; }));
  CHECK(on.now == timestamp{150 * ms});
  CHECK(asked == 4); // nobody is asked twice
}

TEST_CASE("what one part is late makes all later ones late, but not the hand on its way") {
  desktop on;
  auto const options = timed();
  auto timing = timing_on(on, options);
  on.now = {300 * ms};
  timing.wait_for_way({100 * ms});
  timing.wait_until({400 * ms});
  CHECK(on.now == timestamp{400 * ms}); // it was in time after all
  on.now = {700 * ms};
  timing.wait_until({500 * ms});
  timing.wait_until({600 * ms});
  CHECK(on.now == timestamp{800 * ms});
}

TEST_CASE("parts are spread over their action in real time, and follow closely else") {
  auto what = at(100, key_action{});
  what.ended = {400 * ms};
  for (bool const is_semantic : {false, true}) {
    desktop on;
    auto const options = is_semantic ? semantic() : timed();
    auto timing = timing_on(on, options);
    std::vector<timestamp> times;
    for (std::size_t part = 0; part < 3; ++part) {
      timing.wait_for_part(what, part, 3, 7 * ms);
      times.push_back(on.now);
    }
    CHECK(times == (is_semantic ? std::vector<timestamp>{{0}, {7 * ms}, {14 * ms}}
                                : std::vector<timestamp>{{100 * ms}, {250 * ms}, {400 * ms}}));
  }
}

TEST_CASE("what comes is not waited for any longer, and what does not for no longer than the limit") {
  desktop on;
  auto const options = semantic();
  auto timing = timing_on(on, options);
  CHECK(timing.poll(1000 * ms, [&] { return on.now >= timestamp{100 * ms}; }));
  CHECK(on.now < timestamp{100 * ms + options.poll_ns});
  CHECK_FALSE(timing.poll(1000 * ms, [] { return false; }));
  CHECK(on.now < timestamp{1100 * ms + 2 * options.poll_ns});
  CHECK(timing.poll(0, [] { return true; }));
}
