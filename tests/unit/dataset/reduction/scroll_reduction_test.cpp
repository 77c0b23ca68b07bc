#include <overt/dataset/reduction/scroll_reduction.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::dataset::scroll_action;

TEST_CASE("C6: less than a notch at a time adds up exactly") {
  recorded_trace trace;
  trace.move(3, 3);
  for (int i = 0; i < 25; ++i) {
    trace.after(10 * ms).turn(7, i % 3, 0);
    trace.move(i % 3, 0); // a hand on a wheel is not still
  }
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes).starts_with("scroll"));
  REQUIRE(episodes[0].actions.size() == 1);
  CHECK(episodes[0].actions[0].get_if<scroll_action>()->dy_v120 == 175);
  CHECK(episodes[0].actions[0].approached.ns == 0);
}

TEST_CASE("C7: scrolls end where the direction, the place, the keys or the time change") {
  auto const two = [](auto change) {
    recorded_trace trace;
    trace.turn(120, 10, 10);
    trace.after(100 * ms);
    change(trace);
    return reduced_in_short(trace);
  };
  CHECK(two([](auto& trace) { trace.turn(240, 40, 10); }) == "scroll");
  CHECK(two([](auto& trace) { trace.turn(-120, 10, 10); }) == "scroll scroll");
  CHECK(two([](auto& trace) { trace.turn(0, 10, 10, 120); }) == "scroll scroll");
  CHECK(two([](auto& trace) { trace.turn(120, 900, 900); }) == "scroll scroll");
  CHECK(two([](auto& trace) { trace.turn(120, 43, 10); }) == "scroll scroll");
  CHECK(two([](auto& trace) { trace.after(401 * ms).turn(120, 10, 10); }) == "scroll scroll");
  CHECK(two([](auto& trace) { trace.after(400 * ms).turn(120, 10, 10); }) == "scroll");
  CHECK(two([](auto& trace) { trace.after(29 * seconds).turn(-120, 900, 900); }) == "scroll wait scroll");
  CHECK(two([](auto& trace) {
          trace.held = overt::modifiers::control;
          trace.turn(120, 10, 10);
        }) == "scroll scroll");
  CHECK(two([](auto& trace) {
          trace.application = "viewer";
          trace.turn(120, 10, 10);
        }) == "scroll scroll");
  CHECK(two([](auto& trace) {
          trace.enter();
          trace.turn(120, 10, 10);
        }) == "scroll key(Return) scroll");
  CHECK(two([](auto& trace) {
          trace.lost("scroll");
          trace.turn(120, 10, 10);
        }) == "scroll scroll");
}

TEST_CASE("C7: the distance is from where it began, so that it cannot creep") {
  recorded_trace trace;
  for (int i = 0; i < 4; ++i) {
    trace.after(10 * ms).turn(120, 20 * i, 0);
  }
  CHECK(reduced_in_short(trace) == "scroll scroll");
}

TEST_CASE("a sum that no longer fits begins a new one, and is not clamped") {
  recorded_trace trace;
  trace.turn(INT32_MAX);
  trace.turn(INT32_MAX);
  trace.turn(INT32_MIN);
  trace.turn(-1);
  auto const episodes = reduced(trace);
  REQUIRE(episodes[0].actions.size() == 4);
  CHECK(episodes[0].actions[0].get_if<scroll_action>()->dy_v120 == INT32_MAX);
}

TEST_CASE("a turn by nothing belongs to the scroll, or to nothing") {
  recorded_trace trace;
  trace.turn(0);
  trace.turn(120);
  trace.turn(0);
  CHECK(reduced_in_short(trace) == "scroll -unknown");
}

TEST_CASE("on a coarse grid turns that follow one another are one scroll") {
  recorded_trace trace;
  trace.turn(120);
  trace.turn(120);
  trace.after(5 * seconds).turn(120);
  CHECK(reduced_in_short(trace, {.time_grid_ns = 5 * seconds}) == "scroll");
}
