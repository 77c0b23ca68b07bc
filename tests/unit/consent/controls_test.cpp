#include <overt/consent/controls.hpp>

#include <type_traits>

#include <overt_test/catch.hpp>

using overt::consent::controls;

TEST_CASE("a copy is a handle on the same recording", "[consent][controls]") {
  static_assert(std::is_copy_constructible_v<controls>);
  controls const one;
  auto const same = one;
  controls const other;
  same.pause();
  CHECK(one.paused());
  CHECK(one.state().paused);
  CHECK_FALSE(one.state().timed);
  CHECK_FALSE(other.paused());
  one.resume();
  CHECK_FALSE(same.paused());
  CHECK_FALSE(same.state().paused);
}

TEST_CASE("a pause may be timed", "[consent][controls]") {
  controls const one;
  one.pause_for(5);
  CHECK(one.state().timed);
  CHECK_FALSE(one.state().until); // that begins when the recorder takes notice
  one.pause_for(0);
  CHECK(one.paused());
  CHECK_FALSE(one.state().timed);
  one.pause_for(-5);
  CHECK(one.paused());
  CHECK_FALSE(one.state().timed);
  one.toggle();
  CHECK_FALSE(one.paused());
  one.toggle();
  CHECK(one.paused());
}

TEST_CASE("what is exempted stays exempted", "[consent][controls]") {
  controls const one;
  REQUIRE(one.exempt_application("editor"));
  REQUIRE(one.exempt_site("https://example.org"));
  CHECK_FALSE(one.exempt_site("*"));
  one.pause();
  one.resume();
  auto const state = one.state();
  CHECK(state.exempt.size() == 2);
  CHECK(one.exempts([](auto const& all) { return all.cover("editor", ""); }));
  CHECK_FALSE(one.exempts([](auto const& all) { return all.cover("other", ""); }));
}

TEST_CASE("the end may be asked for", "[consent][controls]") {
  controls const one;
  CHECK_FALSE(one.state().stopping);
  one.stop();
  CHECK(one.state().stopping);
  CHECK_FALSE(one.state().ended); // the recorder says so
}
