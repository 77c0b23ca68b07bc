#include <overt/dataset/reduction/pointer_trail.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::dataset::move_action;

TEST_CASE("moves that end in a rest were made for their own sake") {
  recorded_trace trace;
  trace.move(1, 1);
  trace.after(10 * ms).move(30, 30);
  trace.after(500 * ms).move(31, 30);
  trace.after(10 * ms).press(60, 60);
  trace.release(60, 60);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "move click");
  auto const* const moved = episodes[0].actions[0].get_if<move_action>();
  CHECK(moved->at.x == 30);
  REQUIRE(moved->path.size() == 2);
  CHECK(moved->path[0].at.x == 1);
  CHECK(episodes[0].actions[1].approached.ns == 510 * ms);
  CHECK(reduced_in_short(trace, {.approach_pause_ns = 501 * ms}) == "click");
}

TEST_CASE("a rest before the press is one, too") {
  recorded_trace trace;
  trace.move(1, 1);
  trace.after(499 * ms).click(1, 1);
  CHECK(reduced_in_short(trace) == "click");
  recorded_trace later;
  later.move(1, 1);
  later.after(500 * ms).click(1, 1);
  CHECK(reduced_in_short(later) == "move click");
}

TEST_CASE("moves that nothing came of are no actions") {
  recorded_trace trace;
  trace.click(1, 1);
  trace.move(2, 2);
  trace.after(10 * ms).move(3, 3);
  CHECK(reduced_in_short(trace) == "click -idle_move -idle_move");
}

TEST_CASE("C5: relative moves are left, whatever they add up to") {
  recorded_trace trace;
  trace.add(overt::pointer_delta{.dx = 256, .dy = 0});
  trace.click(1, 1);
  CHECK(reduced_in_short(trace) == "click -relative_move");
}

TEST_CASE("on a coarse grid a step of the clock is no rest") {
  recorded_trace trace;
  trace.move(1, 1);
  trace.after(5 * seconds).click(1, 1);
  CHECK(reduced_in_short(trace, {.time_grid_ns = 5 * seconds}) == "click");
}
