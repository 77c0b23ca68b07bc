#include <overt/capture/x11/click_counter.hpp>

#include <limits>

#include <overt/capture/x11/monitors.hpp>
#include <overt/capture/x11/pointer_position.hpp>
#include <overt_test/catch.hpp>

using namespace overt::capture::x11;
using overt::rectangle;
using overt::screen_point;
using overt::timestamp;

namespace {
constexpr std::int64_t ms = 1'000'000;
constexpr rectangle screen{0, 0, 1280, 1024};
} // namespace

TEST_CASE("C9: clicks are counted by time, distance and button") {
  click_counter clicks{400 * ms, 5};
  CHECK(clicks.press(1, timestamp{1000 * ms}, 10, 10) == 1);
  CHECK(clicks.release(1) == 1);
  CHECK(clicks.press(1, timestamp{1400 * ms}, 15, 5) == 2);
  CHECK(clicks.release(1) == 2);
  CHECK(clicks.press(1, timestamp{1500 * ms}, 10, 10) == 3);
  CHECK(clicks.press(1, timestamp{1901 * ms}, 10, 10) == 1); // too late
  CHECK(clicks.press(1, timestamp{1950 * ms}, 16, 10) == 1); // too far
  CHECK(clicks.press(3, timestamp{1960 * ms}, 16, 10) == 1); // another button
  CHECK(clicks.release(1) == 1);
  CHECK(clicks.press(1, timestamp{1970 * ms}, 16, 10) == 1);
}

TEST_CASE("C9: a row that creeps away is no row") {
  click_counter clicks{400 * ms, 5};
  CHECK(clicks.press(1, timestamp{0}, 0, 0) == 1);
  CHECK(clicks.press(1, timestamp{100 * ms}, 4, 0) == 2);
  CHECK(clicks.press(1, timestamp{200 * ms}, 8, 0) == 1); // measured from the first press
}

TEST_CASE("C5: a step is no place") {
  pointer_position pointer;
  CHECK_FALSE(pointer.known());
  CHECK(pointer.learn(100, 100, screen));
  CHECK(pointer.known());
  pointer.lose();
  CHECK_FALSE(pointer.known());
  CHECK(pointer.learn(104, 98, screen)); // nothing was claimed, so nothing is contradicted
  CHECK(pointer.x() == 104);
}

TEST_CASE("C5: places from XTEST are believed until the server contradicts") {
  pointer_position pointer;
  CHECK_FALSE(pointer.claim(5, 5, screen)); // before anything is known
  CHECK(pointer.learn(5, 5, screen));
  CHECK(pointer.claim(50, 60, screen));
  CHECK(pointer.x() == 50);
  CHECK(pointer.learn(50, 60, screen));
  // A program moves by steps: "3, 0" means right by 3.
  CHECK(pointer.claim(3, 0, screen));
  CHECK_FALSE(pointer.learn(53, 60, screen));
  CHECK_FALSE(pointer.claim(3, 0, screen));
  CHECK(pointer.learn(56, 60, screen));
  CHECK_FALSE(pointer.claim(200, 200, screen)); // not yet again
  CHECK(pointer.learn(200, 200, screen));
  CHECK(pointer.claim(210, 200, screen));
}

TEST_CASE("C1: a place beyond the screen is asked for, not made up") {
  pointer_position pointer;
  REQUIRE(pointer.learn(0, 0, screen));
  CHECK_FALSE(pointer.claim(5000, 10, screen));
  CHECK_FALSE(pointer.known());
  CHECK(pointer.learn(1279, 10, screen));
  CHECK(pointer.claim(20, 20, screen)); // still believed
}

TEST_CASE("C1, C3, C4: points on monitors, beside them and far away") {
  monitor_layout layout;
  CHECK(layout.point(3, 4).display == screen_point::no_display);
  REQUIRE(layout.update({{.name = 70, .bounds = {0, 0, 100, 100}, .primary = true},
                         {.name = 80, .bounds = {-200, 0, 200, 100}}}));
  CHECK(layout.as_payload().epoch == 0);
  CHECK(layout.point(99, 99).display == 0);
  CHECK(layout.point(-1, 5).display == 1);
  CHECK(layout.point(100, 5).display == screen_point::no_display);
  CHECK(layout.point(-40000, 70000).x == -40000);
  CHECK(layout.point(-40000, 70000).y == 70000);
  CHECK_FALSE(layout.update({{.name = 70, .bounds = {0, 0, 100, 100}, .primary = true},
                             {.name = 80, .bounds = {-200, 0, 200, 100}}}));
  REQUIRE(layout.update({{.name = 80, .bounds = {0, 0, 200, 100}, .primary = true}}));
  CHECK(layout.as_payload().epoch == 1);
  CHECK(layout.point(5, 5).display == 1); // the same monitor keeps its number
  CHECK(layout.point(5, 5).display_epoch == 1);
}
