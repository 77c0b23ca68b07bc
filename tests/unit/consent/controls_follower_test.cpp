#include <overt/consent/controls_follower.hpp>

#include <cstdint>
#include <string>

#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::consent::controls;
using overt::consent::controls_follower;

namespace {
constexpr std::int64_t second = 1'000'000'000;

/// "p" paused, "r" resumed, "n" narrower, "h" here.
std::string said(controls_follower::change const& what) {
  return std::string{what.pauses ? "p" : ""} + (what.resumes ? "r" : "") + (what.narrower ? "n" : "") +
         (what.here ? "h" : "");
}
} // namespace

TEST_CASE("each change is told once", "[consent][controls]") {
  controls const hand;
  controls_follower one{hand};
  CHECK(said(one.follow({1})).empty());
  hand.pause();
  CHECK(said(one.follow({2})) == "p");
  CHECK(one.paused());
  CHECK(said(one.follow({3})).empty());
  hand.pause();
  CHECK(said(one.follow({4})).empty()); // it is paused already
  hand.resume();
  CHECK(said(one.follow({5})) == "r");
  CHECK_FALSE(one.paused());
  REQUIRE(hand.exempt_application("editor"));
  CHECK(said(one.follow({6})) == "n");
  REQUIRE(hand.exempt_application("editor"));
  CHECK(said(one.follow({7})).empty());
  hand.exempt_here();
  CHECK(said(one.follow({8})) == "h");
  CHECK_FALSE(one.stopping());
  hand.stop();
  CHECK(said(one.follow({9})).empty());
  CHECK(one.stopping());
}

TEST_CASE("G15 a pause that is over before the recorder looks is not lost", "[consent][controls]") {
  controls const hand;
  controls_follower one{hand};
  hand.pause();
  hand.resume();
  CHECK(said(one.follow({1})) == "pr");
  hand.pause();
  hand.resume();
  hand.pause();
  CHECK(said(one.follow({2})) == "p");
  hand.resume();
  hand.pause();
  CHECK(said(one.follow({3})).empty()); // between two looks it went on, and nothing was recorded
  CHECK(one.paused());
  hand.toggle();
  CHECK(said(one.follow({4})) == "r");
}

TEST_CASE("a timed pause ends by itself, and its end is known", "[consent][controls]") {
  controls const hand;
  controls_follower one{hand};
  hand.pause_for(10 * second);
  CHECK(said(one.follow({5 * second})) == "p");
  CHECK(hand.state().until == timestamp{15 * second});
  CHECK(said(one.follow({15 * second - 1})).empty());
  CHECK(hand.paused());
  CHECK(said(one.follow({15 * second})) == "r");
  CHECK_FALSE(hand.paused());
  CHECK_FALSE(hand.state().until);

  hand.pause_for(10 * second);
  CHECK(said(one.follow({20 * second})) == "p");
  hand.pause(); // until it is resumed
  CHECK(said(one.follow({21 * second})).empty());
  CHECK(said(one.follow({99 * second})).empty());
  CHECK(hand.paused());
  hand.pause_for(INT64_MAX);
  CHECK(said(one.follow({100 * second})).empty());
  REQUIRE(hand.state().until);
  CHECK(*hand.state().until > timestamp{100 * second}); // no overflow
}

TEST_CASE("when the recorder is gone the controls say so", "[consent][controls]") {
  controls const hand;
  {
    controls_follower const one{hand};
    CHECK_FALSE(hand.state().ended);
  }
  CHECK(hand.state().ended);
}
