#include <overt/capture/picture_pace.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include <overt_test/catch.hpp>

using namespace overt;
using capture::hint_kind;
using capture::key_use;
using capture::picture_pace;

namespace {

timestamp ms(std::int64_t at) { return timestamp{at * 1'000'000}; }

capture::input_hint hint(hint_kind what, std::int64_t at, key_use use = key_use::other) {
  return {.what = what, .time = ms(at), .use = use};
}

/// Lets time pass until a picture is due, and takes it.
struct played {
  picture_pace pace;
  std::int64_t now = 0;

  std::optional<frame_reason> until(std::int64_t last) {
    for (; now <= last; now += 10) {
      if (auto const why = pace.due(ms(now))) {
        pace.taken(ms(now));
        return why;
      }
    }
    return std::nullopt;
  }
};

/// At rest, with a picture of what the screen shows.
played at_rest(capture::picture_pace_options options = {}) {
  played made{picture_pace{options}};
  made.pace.changed(ms(0));
  REQUIRE(made.until(1'000) == frame_reason::idle);
  made.now = 10'000;
  return made;
}

} // namespace

TEST_CASE("nothing is taken while nothing happens", "[capture][pictures]") {
  auto one = at_rest();
  CHECK(one.until(100'000) == std::nullopt);
  CHECK_FALSE(one.pace.next_at());
}

TEST_CASE("after a click the screen comes to rest first", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.saw(hint(hint_kind::button_down, 10'000));
  one.pace.saw(hint(hint_kind::button_up, 10'080));
  for (std::int64_t at = 10'100; at <= 10'500; at += 50) {
    one.pace.changed(ms(at)); // a menu that opens
  }
  CHECK(one.until(12'000) == frame_reason::after_action);
  CHECK(one.now >= 10'650);
  CHECK(one.now <= 10'700);
}

TEST_CASE("a screen that never rests is taken all the same", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.saw(hint(hint_kind::button_up, 10'000));
  std::optional<frame_reason> why;
  while (!why && one.now < 20'000) {
    one.pace.changed(ms(one.now));
    why = one.until(one.now + 40);
  }
  CHECK(why == frame_reason::after_action);
  CHECK(one.now <= 11'600);
}

TEST_CASE("one picture after a pause in typing, not one for each key", "[capture][pictures]") {
  auto one = at_rest();
  std::vector<frame_reason> taken;
  for (std::int64_t at = 10'000; at < 14'000; at += 200) {
    one.pace.saw(hint(hint_kind::key_down, at, key_use::enters));
    one.pace.changed(ms(at + 10));
    if (auto const why = one.until(at + 190)) {
      taken.push_back(*why);
    }
  }
  CHECK(taken.empty());
  CHECK(one.until(16'000) == frame_reason::typing_pause);
  CHECK(one.until(30'000) == std::nullopt);
}

TEST_CASE("the end of scrolling, a new window and what the screen does by itself", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.saw(hint(hint_kind::wheel, 10'000));
  one.pace.saw(hint(hint_kind::wheel, 10'200));
  CHECK(one.until(12'000) == frame_reason::scroll_end);
  one.now = 20'000;
  one.pace.saw(hint(hint_kind::focus_moved, 20'000));
  CHECK(one.until(22'000) == frame_reason::focus);
  one.now = 30'000;
  one.pace.changed(ms(30'000));
  CHECK(one.until(32'000) == frame_reason::idle);
  CHECK(one.until(60'000) == std::nullopt);
}

TEST_CASE("a caret that blinks is not worth a picture each time", "[capture][pictures]") {
  auto one = at_rest();
  int taken = 0;
  for (std::int64_t at = 10'000; at < 40'000; at += 1'000) {
    one.pace.changed(ms(at));
    taken += one.until(at + 990) ? 1 : 0;
  }
  CHECK(taken >= 2);
  CHECK(taken <= 6);
}

TEST_CASE("what comes and goes is looked at ever less, and at once when the hand moves",
          "[capture][pictures]") {
  auto one = at_rest();
  int looked = 0;
  std::int64_t at = 10'000;
  auto const blink_until = [&](std::int64_t last) {
    for (; at < last; at += 500) {
      one.pace.changed(ms(at));
      if (one.pace.due(ms(at + 490))) {
        one.pace.repeated(ms(at + 490));
        ++looked;
      }
    }
  };
  blink_until(3'610'000); // an hour
  CHECK(looked >= 4);
  CHECK(looked <= 8);
  one.pace.saw(hint(hint_kind::pointer_moved, at));
  CHECK(one.pace.due(ms(at)) == frame_reason::before_action);
  // The hand did something: what the screen does by itself is of interest again.
  one.now = at;
  REQUIRE(one.until(at + 10) == frame_reason::before_action);
  one.pace.changed(ms(at + 2'000));
  CHECK(one.until(at + 3'000) == frame_reason::idle);
}

TEST_CASE("a look that shows nothing new is not repeated while nothing changes", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.changed(ms(10'000));
  one.pace.repeated(ms(11'000));
  one.now = 11'000;
  CHECK(one.until(2'000'000) == std::nullopt);
}

TEST_CASE("before an act on a screen that changed, when the hand begins to move", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.changed(ms(10'000)); // it changes all the time, so that it is never idle
  for (std::int64_t at = 10'000; at < 12'000; at += 100) {
    one.pace.changed(ms(at));
    REQUIRE(one.until(at + 90) == std::nullopt);
  }
  one.pace.saw(hint(hint_kind::pointer_moved, 12'000));
  CHECK(one.until(12'050) == frame_reason::before_action);
  CHECK(one.now <= 12'010);
}

TEST_CASE("a hand that moves over a screen that is known takes nothing", "[capture][pictures]") {
  auto one = at_rest();
  for (std::int64_t at = 10'000; at < 11'000; at += 10) {
    one.pace.saw(hint(hint_kind::pointer_moved, at));
  }
  CHECK(one.until(13'000) == std::nullopt);
}

TEST_CASE("two pictures are some time apart, and a minute has so many", "[capture][pictures]") {
  auto one = at_rest({.most_a_minute = 5});
  int taken = 0;
  std::int64_t last = -1'000;
  for (one.now = 10'000; one.now < 60'000; one.now += 10) {
    if (one.now % 300 == 0) { // a click, again and again
      one.pace.saw(hint(hint_kind::button_up, one.now));
      one.pace.changed(ms(one.now));
    }
    if (one.pace.due(ms(one.now))) {
      one.pace.taken(ms(one.now));
      CHECK(one.now - last >= 250);
      last = one.now;
      ++taken;
    }
  }
  CHECK(taken <= 5);
  CHECK(taken >= 4);
}

TEST_CASE("one that failed is tried again for the same reason", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.saw(hint(hint_kind::button_up, 10'000));
  one.pace.changed(ms(10'020));
  while (!one.pace.due(ms(one.now))) {
    one.now += 10;
  }
  one.pace.failed(ms(one.now), frame_reason::after_action);
  CHECK(one.until(12'000) == frame_reason::after_action);
}

TEST_CASE("a picture that was begun before an act does not stand in for its result", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.changed(ms(10'000));
  one.pace.saw(hint(hint_kind::pointer_moved, 10'010));
  one.pace.saw(hint(hint_kind::button_up, 10'100)); // while programs were still being asked
  one.pace.taken(ms(10'050));
  one.now = 10'150;
  CHECK(one.until(12'000) == frame_reason::after_action);
  CHECK(one.now >= 10'300);
  CHECK(one.until(30'000) == std::nullopt); // and once is enough
}

TEST_CASE("one before an act that failed is not tried again after it", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.failed(ms(10'000), frame_reason::before_action);
  one.pace.saw(hint(hint_kind::button_up, 10'050));
  CHECK(one.until(12'000) == frame_reason::after_action);
}

TEST_CASE("what changed while a picture was taken is not in it", "[capture][pictures]") {
  auto one = at_rest();
  one.pace.saw(hint(hint_kind::button_up, 10'000));
  REQUIRE(one.until(10'500) == frame_reason::after_action);
  one.pace.changed(ms(one.now + 50));
  CHECK(one.until(13'000) == frame_reason::idle);
}
