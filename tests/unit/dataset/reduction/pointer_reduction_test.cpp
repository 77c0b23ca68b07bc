#include <overt/dataset/reduction/pointer_reduction.hpp>

#include <string>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::button_name;
using overt::dataset::click_action;
using overt::dataset::drag_action;
using overt::dataset::move_action;

namespace {
using numbers = std::vector<std::uint64_t>;
} // namespace

TEST_CASE("a press and a release in one place are a click, with the moves on the way to it") {
  recorded_trace trace;
  trace.move(1, 1);
  trace.after(8 * ms).move(50, 50);
  trace.after(100 * ms).press(50, 50);
  trace.after(80 * ms).release(52, 51);
  auto const episodes = reduced(trace);
  REQUIRE(episodes.size() == 1);
  REQUIRE(episodes[0].actions.size() == 1);
  auto const& action = episodes[0].actions[0];
  REQUIRE(action.get_if<click_action>() != nullptr);
  CHECK(action.get_if<click_action>()->at.x == 50);
  CHECK(action.children == numbers{1, 2, 3, 4});
  CHECK(action.approached.ns == 0);
  CHECK(action.began.ns == 108 * ms);
  CHECK(action.ended.ns == 188 * ms);
  CHECK(action.onset == 3);
  CHECK(action.where.application == "editor");
}

TEST_CASE("C9: the desktop says what a double click is") {
  recorded_trace trace;
  trace.click(10, 10, 1);
  trace.after(100 * ms).click(10, 10, 2);
  trace.after(100 * ms).click(10, 10, 3);
  trace.after(100 * ms).click(10, 10, 4); // systems go on counting
  trace.after(95 * seconds).click(10, 10, 1);
  trace.after(ms).click(10, 10, 1); // fast, and the desktop says: two
  CHECK(reduced_in_short(trace, {.wait_ns = 200 * seconds}) == "click*3 click click click");
}

TEST_CASE("C9: where the desktop does not count, time and distance do, both") {
  auto const two = [](std::int64_t pause, std::int32_t distance, std::int64_t grid = 0) {
    recorded_trace trace;
    trace.click(10, 10, 0);
    trace.after(pause - ms).click(10 + distance, 10, 0);
    return reduced_in_short(trace, {.time_grid_ns = grid});
  };
  CHECK(two(400 * ms, 5) == "click*2");
  CHECK(two(401 * ms, 5) == "click click");
  CHECK(two(400 * ms, 6) == "click click");
  CHECK(two(95 * seconds, 0) == "click wait click"); // one pixel, two screens
  CHECK(two(ms, 0, 5 * seconds) == "click click");   // on such a grid nobody knows
}

TEST_CASE("a double click has nothing else in it") {
  for (int const what : {0, 1, 2, 3, 4}) {
    recorded_trace trace;
    trace.click(10, 10, 1);
    switch (what) {
    case 0: trace.enter(); break;
    case 1: trace.turn(120); break;
    case 2:
      trace.press(10, 10, 1, button_name::right, 3);
      trace.release(10, 10, button_name::right, 3);
      break;
    case 3: trace.add(overt::marker{.kind = overt::marker_kind::task_start}); break;
    case 4: trace.add(overt::focus{}); break; // comes of the click itself
    }
    trace.click(10, 10, 2);
    auto const found = reduced_in_short(trace);
    CHECK((found.find("click*2") != std::string::npos) == (what == 4));
  }
}

TEST_CASE("a second press that becomes a drag leaves the click before it alone") {
  recorded_trace trace;
  trace.click(10, 10, 1);
  trace.after(50 * ms).press(10, 10, 2);
  trace.after(50 * ms).release(90, 10);
  CHECK(reduced_in_short(trace) == "click drag");
}

TEST_CASE("C8: a drag needs no moves") {
  recorded_trace trace;
  trace.press(10, 10);
  trace.after(20 * ms).release(10, 18);
  auto const episodes = reduced(trace);
  auto const* const drag = episodes[0].actions.at(0).get_if<drag_action>();
  REQUIRE(drag != nullptr);
  CHECK(drag->from.y == 10);
  CHECK(drag->to.y == 18);
  CHECK(drag->path.empty());

  recorded_trace near;
  near.press(10, 10);
  near.release(10, 17);
  CHECK(reduced_in_short(near) == "click");
  CHECK(reduced_in_short(near, {.drag_px = 7}) == "drag");
}

TEST_CASE("a drag keeps its path, and no approach") {
  recorded_trace trace;
  trace.move(5, 5);
  trace.after(8 * ms).press(10, 10);
  trace.after(8 * ms).move(40, 10);
  trace.after(2 * seconds).move(70, 10); // resting with the button down is no end
  trace.after(8 * ms).release(90, 10);
  auto const episodes = reduced(trace);
  REQUIRE(episodes[0].actions.size() == 1);
  auto const* const drag = episodes[0].actions[0].get_if<drag_action>();
  REQUIRE(drag != nullptr);
  REQUIRE(drag->path.size() == 2);
  CHECK(drag->path[0].at.x == 40);
  CHECK(drag->path[1].when.ns == 2016 * ms);
  CHECK(episodes[0].actions[0].children == numbers{1, 2, 3, 4, 5});
}

TEST_CASE("C1, C3: points left of, above and beyond every monitor stay") {
  recorded_trace trace;
  trace.click(-200, -70000);
  trace.after(ms).press(INT32_MIN, INT32_MIN);
  trace.after(ms).release(INT32_MAX, INT32_MAX);
  auto const episodes = reduced(trace);
  REQUIRE(episodes[0].actions.size() == 2);
  CHECK(episodes[0].actions[0].get_if<click_action>()->at.x == -200);
  CHECK(episodes[0].actions[0].get_if<click_action>()->at.y == -70000);
  auto const* const drag = episodes[0].actions[1].get_if<drag_action>();
  REQUIRE(drag != nullptr);
  CHECK(drag->from.x == INT32_MIN);
  CHECK(drag->to.y == INT32_MAX);
}

TEST_CASE("C10: what has no release or no press stays so") {
  recorded_trace trace;
  trace.release(1, 1);
  trace.press(10, 10);
  trace.press(10, 10); // the first never came up
  trace.after(10 * seconds).move(200, 200);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "click!no_release drag!no_release -no_press");
  CHECK(episodes[0].actions[1].get_if<drag_action>()->to.x == 200); // where it was seen last
  CHECK(episodes[0].actions[0].ended == episodes[0].actions[0].began);
}

TEST_CASE("C12: buttons beyond three keep their numbers") {
  recorded_trace trace;
  for (auto const& [which, number] : {std::pair{button_name::back, 8}, std::pair{button_name::forward, 9},
                                      std::pair{button_name::other, 12}, std::pair{button_name::right, 3}}) {
    trace.press(1, 1, 1, which, static_cast<std::uint8_t>(number));
    trace.release(1, 1, which, static_cast<std::uint8_t>(number));
    trace.press(1, 1, 2, which, static_cast<std::uint8_t>(number));
    trace.release(1, 1, which, static_cast<std::uint8_t>(number));
  }
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "click*2 click*2 click*2 click*2");
  CHECK(episodes[0].actions[0].get_if<click_action>()->which == button_name::back);
  CHECK(episodes[0].actions[2].get_if<click_action>()->number == 12);
}

TEST_CASE("two buttons at once") {
  recorded_trace trace;
  trace.press(1, 1);
  trace.press(1, 1, 1, button_name::right, 3);
  trace.release(1, 1);
  trace.release(1, 1, button_name::right, 3);
  auto const episodes = reduced(trace);
  CHECK(in_short(episodes) == "click click");
  CHECK(episodes[0].actions[0].children == numbers{1, 3});
}

TEST_CASE("a gap in the middle is a cut, and nothing is merged over one") {
  recorded_trace trace;
  trace.press(10, 10);
  trace.lost();
  trace.move(500, 500); // perhaps without the button
  trace.release(10, 10);
  trace.click(10, 10, 2); // the desktop saw the first one
  CHECK(reduced_in_short(trace) == "click!cut click!cut");

  recorded_trace twice;
  twice.click(10, 10, 1);
  twice.lost("button");
  twice.click(10, 10, 2);
  CHECK(reduced_in_short(twice) == "click click!cut");

  recorded_trace other;
  other.press(10, 10);
  other.lost("key");
  other.lost("frame");
  other.release(10, 10);
  CHECK(reduced_in_short(other) == "click");
}
