#include <overt/consent/indicator_line.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using namespace overt::consent::detail;

TEST_CASE("what is shown cannot move a cursor") {
  CHECK(plain("a\x1b[2Kb\r\n\x7f") == "a?[2Kb???");
  CHECK(plain("caf\xc3\xa9 \xe2\x80\xae") == "caf? ?");
}

TEST_CASE("what is too long is cut") {
  CHECK(fitted("abcdef", 6) == "abcdef");
  CHECK(fitted("abcdefg", 6) == "abc...");
  CHECK(fitted("abcdefg", 2) == "ab");
}

TEST_CASE("an indicator's line") {
  overt::consent::indicator_text text;
  CHECK(applications_of(text).empty());
  CHECK(until_of(text).empty());
  text.applications = {"a", "b"};
  text.until_wall_ns = 1'795'338'010'000'000'000;
  CHECK(applications_of(text) == "a, b");
  CHECK(until_of(text) == "2026-11-22 09:00 UTC");
}

TEST_CASE("what is left of a time") {
  constexpr std::int64_t second = 1'000'000'000;
  CHECK(time_left(-5) == "0:00");
  CHECK(time_left(0) == "0:00");
  CHECK(time_left(1) == "0:01");
  CHECK(time_left(59 * second) == "0:59");
  CHECK(time_left(581 * second) == "9:41");
  CHECK(time_left(3599 * second + 1) == "1:00:00");
  CHECK(time_left(3723 * second) == "1:02:03");
}

TEST_CASE("G15 an indicator says that recording is paused") {
  overt::consent::control_state state;
  CHECK(state_of(state, {}) == "Recording");
  state.paused = true;
  CHECK(state_of(state, {}) == "Paused");
  state.until = overt::timestamp{600'000'000'000};
  CHECK(state_of(state, {19'000'000'000}) == "Paused 9:41");
  state.stopping = true;
  CHECK(state_of(state, {}) == "Stopping");
  CHECK(exempt_of(state.exempt).empty());
  REQUIRE(state.exempt.add_site("https://a.example"));
  REQUIRE(state.exempt.add_application("edit\xc3\xb6r"));
  CHECK(exempt_of(state.exempt) == "Not recorded: edit?r, https://a.example");
}
