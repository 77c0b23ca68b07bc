#include <overt/dataset/reduction/waits.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::dataset::wait_action;

TEST_CASE("a wait is where nothing was done for a while") {
  recorded_trace trace;
  trace.click(1, 1); // until 1 ms
  trace.after(3 * seconds).move(5, 5);
  trace.after(ms).click(9, 9);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "click wait click");
  auto const& wait = episodes[0].actions[1];
  CHECK(wait.get_if<wait_action>()->ns == 3 * seconds); // until the hand began to move
  CHECK(wait.children.empty());
  CHECK(wait.follows == 2);
  CHECK(wait.began.ns == ms);
  CHECK(wait.ended.ns == 3 * seconds + ms);
  CHECK(reduced_in_short(trace, {.wait_ns = 3 * seconds + 1}) == "click click");
}

TEST_CASE("there is no wait where times are too coarse to tell") {
  auto const with = [](std::int64_t grid, std::int64_t pause) {
    recorded_trace trace;
    trace.click(1, 1);
    trace.after(pause).click(1, 1);
    return reduced_in_short(trace, {.time_grid_ns = grid});
  };
  CHECK(with(0, 3 * seconds) == "click wait click");
  CHECK(with(seconds, 3 * seconds) == "click click"); // perhaps two and a bit
  CHECK(with(seconds, 4 * seconds) == "click wait click");
  CHECK(with(5 * seconds, 60 * seconds) == "click click");
}

TEST_CASE("there is no wait where something may have been done") {
  auto const with = [](overt::literal of) {
    recorded_trace trace;
    trace.click(1, 1);
    trace.after(4 * seconds).lost(of);
    trace.after(4 * seconds).click(1, 1);
    return reduced_in_short(trace);
  };
  CHECK(with("") == "click click");
  CHECK(with("pointer_move") == "click click");
  CHECK(with("somebody's own") == "click click");
  CHECK(with("frame") == "click wait click");
}

TEST_CASE("typing that is told later is no wait") {
  recorded_trace trace;
  trace.click(1, 1);
  trace.after(20 * seconds).enter();
  trace.after(ms).add(overt::text{.value = disclosed_text_of("long"), .began = {2 * seconds}, .follows = 2});
  trace.after(5 * seconds).click(1, 1);
  CHECK(reduced_in_short(trace) == "click text(long) key(Return) wait click");
}
