#include <overt/consent/indicator_line.hpp>

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
