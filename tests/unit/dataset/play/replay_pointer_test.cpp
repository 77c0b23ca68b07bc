#include <overt/dataset/play/replay_pointer.hpp>

#include <string>
#include <vector>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

TEST_CASE("semantically the pointer comes over a place from beside it, at once") {
  desktop on;
  auto const options = semantic();
  auto timing = timing_on(on, options);
  fake_player player{&on};
  replay_pointer pointer{player, timing};
  CHECK(pointer.go_to(at(5000, click_action{}), {100, 50}));
  CHECK(pointer.go_to(at(6000, click_action{}), {1, 50})); // not out of the desktop
  CHECK(on.input == std::vector<std::string>{"move 98 50", "move 100 50", "move 3 50", "move 1 50"});
  CHECK(on.now == timestamp{});
}

TEST_CASE("in real time it goes the way of the trace") {
  desktop on;
  auto const options = timed();
  auto timing = timing_on(on, options);
  fake_player player{&on};
  replay_pointer pointer{player, timing};
  auto what = at(100, click_action{});
  what.approach = {{{10, 10}, {20 * ms}}, {{40, 30}, {60 * ms}}};
  CHECK(pointer.go_to(what, {50, 50}));
  CHECK(on.input == std::vector<std::string>{"move 10 10", "move 40 30", "move 50 50"});
  CHECK(on.times == std::vector<timestamp>{{20 * ms}, {60 * ms}, {100 * ms}});
}

TEST_CASE("in real time it goes straight from where it was, where the trace has no way") {
  desktop on;
  auto const options = timed();
  auto timing = timing_on(on, options);
  fake_player player{&on};
  replay_pointer pointer{player, timing};
  CHECK(pointer.move_on({0, 0}));
  auto what = at(0, click_action{});
  what.began = {40 * ms};
  CHECK(pointer.go_to(what, {80, 40}));
  CHECK(on.input == std::vector<std::string>{"move 0 0", "move 10 5", "move 30 15", "move 50 25",
                                             "move 70 35", "move 80 40"});
  CHECK(on.times.back() == timestamp{40 * ms});
  CHECK(on.times[4] == timestamp{30 * ms});
}

TEST_CASE("a path is followed at its times, and not any further than input reaches the display") {
  desktop on;
  auto const options = timed();
  auto timing = timing_on(on, options);
  fake_player player{&on};
  replay_pointer pointer{player, timing};
  std::vector<path_point> const path{{{1, 1}, {10 * ms}}, {{2, 2}, {30 * ms}}};
  CHECK(pointer.follow(path));
  CHECK(on.times == std::vector<timestamp>{{10 * ms}, {30 * ms}});
  on.fails_at = on.input.size();
  CHECK_FALSE(pointer.follow(path));
  CHECK(on.input.size() == 3);
}
