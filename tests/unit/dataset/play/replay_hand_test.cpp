#include <overt/dataset/play/replay_hand.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "fake_desktop.hpp"
#include <overt_test/catch.hpp>

using namespace overt_test::replayed;

namespace {

struct hand_at_work {
  explicit hand_at_work(replay_options const& how) : options{how} {}

  replay_options options;
  desktop on{};
  fake_player player{&on};
  replay_timing<fake_clock> timing = timing_on(on, options);
  replay_hand<fake_player, fake_clock> hand{player, timing};
};

} // namespace

TEST_CASE("a click is held for a moment, with what was held then") {
  hand_at_work it{semantic()};
  click_action const click{.number = 3, .count = 2, .held = modifiers::control, .at = {100, 100}};
  auto const what = at(0, click);
  CHECK(it.hand.click(playing(what), click));
  CHECK(it.on.input == std::vector<std::string>{"move 98 100", "move 100 100", "hold 2", "press 3",
                                                "release 3", "press 3", "release 3"});
  CHECK(it.on.times[4] - it.on.times[3] == 2 * it.options.key_ns);
}

TEST_CASE("near the last click another one could be its second") {
  hand_at_work it{semantic()};
  CHECK_FALSE(it.hand.is_near_last_click({100, 100}));
  auto const what = at(0, click_action{.at = {100, 100}});
  CHECK(it.hand.click(playing(what), click_action{}));
  CHECK(it.hand.is_near_last_click({108, 92}));
  CHECK_FALSE(it.hand.is_near_last_click({109, 100}));
  CHECK_FALSE(it.hand.is_near_last_click({100, 91}));
}

TEST_CASE("a drag without a path is made of several moves") {
  hand_at_work it{semantic()};
  drag_action const drag{.from = {10, 10}, .to = {90, 10}};
  auto const what = at(0, drag);
  CHECK(it.hand.drag(playing(what), drag));
  REQUIRE(it.on.input.size() == 2 + 1 + 8 + 1 + 1);
  CHECK(it.on.input[2] == "press 1");
  CHECK(it.on.input[3] == "move 20 10");
  CHECK(it.on.input[11] == "move 90 10");
  CHECK(it.on.input[12] == "release 1");
}

TEST_CASE("an element that has moved is dragged as far as it was, not along the old path") {
  hand_at_work it{semantic()};
  drag_action const drag{.from = {10, 10}, .to = {90, 10}, .path = {{{50, 10}, {1 * ms}}}};
  auto const what = at(0, drag);
  auto now = playing(what);
  now.at = screen_point{110, 210};
  CHECK(it.hand.drag(now, drag));
  CHECK(it.on.input[1] == "move 110 210");
  CHECK(it.on.input[it.on.input.size() - 2] == "move 190 210");
  CHECK(std::ranges::find(it.on.input, "move 50 10") == it.on.input.end());
}

TEST_CASE("what was pressed for a drag is let go even when the display takes no more moves") {
  hand_at_work it{semantic()};
  it.on.fails_at = 4;
  drag_action const drag{.from = {10, 10}, .to = {90, 10}};
  auto const what = at(0, drag);
  CHECK_FALSE(it.hand.drag(playing(what), drag));
  CHECK(it.on.pressed == 0);
  CHECK(it.on.input.back() == "release 1");
}

TEST_CASE("the wheel has a button for each direction") {
  struct turn {
    scroll_action what;
    std::string pressed;
  };
  for (auto const& [scroll, pressed] :
       {turn{{.dy_v120 = -120, .at = {9, 9}}, "press 4"}, turn{{.dy_v120 = 120, .at = {9, 9}}, "press 5"},
        turn{{.dx_v120 = -120, .at = {9, 9}}, "press 6"}, turn{{.dx_v120 = 120, .at = {9, 9}}, "press 7"}}) {
    hand_at_work it{semantic()};
    auto const what = at(0, scroll);
    CHECK(it.hand.scroll(playing(what), scroll));
    REQUIRE(it.on.input.size() == 4);
    CHECK(it.on.input[2] == pressed);
  }
}

TEST_CASE("the pointer follows the path of a move in real time, and goes to its end else") {
  move_action const move{.at = {30, 30}, .path = {{{10, 10}, {5 * ms}}, {{20, 20}, {9 * ms}}}};
  auto const what = at(0, move);
  hand_at_work real{timed()};
  CHECK(real.hand.move(playing(what), move));
  CHECK(real.on.input == std::vector<std::string>{"move 10 10", "move 20 20", "move 30 30"});
  hand_at_work other{semantic()};
  CHECK(other.hand.move(playing(what), move));
  CHECK(other.on.input == std::vector<std::string>{"move 28 30", "move 30 30"});
}
