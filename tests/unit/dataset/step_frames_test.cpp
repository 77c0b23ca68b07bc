#include <overt/dataset/step_frames.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/reduced.hpp>

using namespace overt_test;
using overt::frame_reason;
using overt::dataset::frame_after;
using overt::dataset::frame_before;
using overt::dataset::image_age_ns;

namespace {
std::uint64_t before(overt::dataset::episode const& of, std::size_t step) {
  auto const* const found = frame_before(of, of.actions.at(step));
  return found == nullptr ? 0 : found->sequence;
}
std::uint64_t after(overt::dataset::episode const& of, std::size_t step) {
  auto const* const found = frame_after(of, of.actions.at(step));
  return found == nullptr ? 0 : found->sequence;
}
} // namespace

TEST_CASE("a step shows the screen as it was before the hand began to move") {
  recorded_trace trace;
  trace.now = 100;
  trace.picture(frame_reason::idle, 50);                    // 1
  trace.picture(frame_reason::idle, 90);                    // 2
  trace.move(1, 1);                                         // 3, at 100
  trace.after(50).picture(frame_reason::idle, 140);         // 4: the pointer is over the button already
  trace.after(50).press(5, 5);                              // 5
  trace.picture(frame_reason::idle, 80);                    // 6: old, and told after the press
  trace.after(50).release(5, 5);                            // 7
  trace.after(50).picture(frame_reason::after_action, 300); // 8
  auto const episodes = reduced(trace);
  REQUIRE(in_short(episodes) == "click");
  CHECK(before(episodes[0], 0) == 2);
  CHECK(image_age_ns(*frame_before(episodes[0], episodes[0].actions[0]), episodes[0].actions[0]) == 10);
  CHECK(after(episodes[0], 0) == 8);
}

TEST_CASE("a picture of when the hand began to move is better than none") {
  recorded_trace trace;
  trace.move(1, 1);                                         // 1, at 0
  trace.after(20).picture(frame_reason::idle, 15);          // 2
  trace.after(20).picture(frame_reason::before_action, 30); // 3
  trace.after(20).press(5, 5);                              // 4, at 60
  trace.picture(frame_reason::before_action, 50);           // 5: told after the press
  trace.release(5, 5);
  auto const episodes = reduced(trace);
  CHECK(before(episodes[0], 0) == 3);
  CHECK(image_age_ns(*frame_before(episodes[0], episodes[0].actions[0]), episodes[0].actions[0]) == -30);
}

TEST_CASE("no picture from after, whatever the times say") {
  recorded_trace trace; // all at one time, as on a coarse grid
  trace.click(5, 5);    // 1, 2
  trace.now = 0;
  trace.picture(frame_reason::after_action, 0); // 3
  trace.click(6, 6);                            // 4, 5
  trace.now = 0;
  trace.picture(frame_reason::after_action, 0); // 6
  auto const episodes = reduced(trace, {.time_grid_ns = 5 * seconds});
  CHECK(before(episodes[0], 0) == 0);
  CHECK(before(episodes[0], 1) == 3);

  recorded_trace moved; // taken when the hand was on its way, and the times do not tell
  moved.move(1, 1);
  moved.picture(frame_reason::idle, 0);
  moved.press(5, 5);
  moved.release(5, 5);
  CHECK(before(reduced(moved)[0], 0) == 0);

  recorded_trace late; // grabbed after the press, and yet written before it
  late.now = 10;
  late.picture(frame_reason::before_action, 11);
  late.click(5, 5);
  CHECK(before(reduced(late)[0], 0) == 0);
}

TEST_CASE("the picture of a text that was told later is from before it was begun") {
  recorded_trace trace;
  trace.click(5, 5);                                                   // 1, 2
  trace.after(10 * ms).picture(frame_reason::focus, 10 * ms);          // 3
  trace.after(10 * ms).picture(frame_reason::typing_pause, 20 * ms);   // 4: half of it is there
  trace.after(10 * ms).picture(frame_reason::typing_pause, 30 * ms);   // 5: all of it
  trace.enter();                                                       // 6, 7
  trace.after(300 * ms).picture(frame_reason::after_action, 330 * ms); // 8
  trace.add(overt::text{.value = disclosed_text_of("ab"), .began = {15 * ms}, .follows = 3});
  auto const episodes = reduced(trace);
  REQUIRE(in_short(episodes) == "click text(ab) key(Return)");
  CHECK(before(episodes[0], 1) == 3);
  CHECK(after(episodes[0], 1) == 5);
  CHECK(before(episodes[0], 2) == 5);
  CHECK(after(episodes[0], 2) == 8);
}

TEST_CASE("the picture after a step is from before the next one") {
  recorded_trace trace;
  trace.click(5, 5);                                                    // 1, 2
  trace.after(ms).click(6, 6);                                          // 3, 4
  trace.after(400 * ms).picture(frame_reason::after_action, trace.now); // 5
  trace.add(overt::ui_action{.made_of = {3}}); // told later than the picture was taken
  auto const episodes = reduced(trace);
  CHECK(after(episodes[0], 0) == 0);
  CHECK(after(episodes[0], 1) == 5);
}
