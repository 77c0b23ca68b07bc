#include <overt/dataset/dialect/exported_text.hpp>

#include <overt_test/catch.hpp>

using overt::text_source;
using overt::dataset::exported;
using overt::dataset::skip_reason;
using overt::dataset::text_action;

TEST_CASE("a text without anything withheld stays as it was written") {
  auto const text = exported(text_action{.value = "costs {CARD} $5\n"});
  CHECK(text.value == "costs {CARD} $5\n");
  CHECK(text.placeholders.empty());
}

TEST_CASE("placeholders are those that the trace names, and where they stand is told") {
  text_action what{.value = "\u00e9 {CARD} and {CARD}, {WITHHELD}!"};
  what.placeholders = {{.type = "CARD", .begin = 13, .end = 19},
                       {.type = "WITHHELD", .begin = 21, .end = 31}};
  auto const text = exported(what);
  CHECK(text.value == "\u00e9 {CARD} and <SECRET:card>, <WITHHELD>!"); // the first was typed
  REQUIRE(text.placeholders.size() == 2);
  CHECK(text.placeholders[0].begin == 13);
  CHECK(text.placeholders[0].end == 26);
  CHECK(text.placeholders[1].begin == 28);
  CHECK(text.placeholders[1].end == 38);
}

TEST_CASE("a text that was withheld is one placeholder") {
  auto const text = exported(text_action{});
  CHECK(text.value == "<WITHHELD>");
  REQUIRE(text.placeholders.size() == 1);
  CHECK(text.placeholders[0].end == 10);
}

TEST_CASE("B8: an empty text is no action") {
  CHECK(exported(text_action{.value = ""}).skipped == skip_reason::empty);
}

TEST_CASE("what was pasted or filled in was not typed") {
  CHECK(exported(text_action{.value = "x", .source = text_source::pasted}).skipped == skip_reason::not_typed);
  CHECK(exported(text_action{.value = "x", .source = text_source::filled}).skipped == skip_reason::not_typed);
}

TEST_CASE("a text that is not sound is not written") {
  text_action what{.value = "abc"};
  what.placeholders = {{.type = "CARD", .begin = 1, .end = 9}};
  CHECK(exported(what).skipped == skip_reason::flawed);
  what.placeholders = {{.type = "CARD", .begin = 1, .end = 2}, {.type = "CARD", .begin = 0, .end = 1}};
  CHECK(exported(what).skipped == skip_reason::flawed);
  CHECK(exported(text_action{.value = "a\xff"}).skipped == skip_reason::not_text);
}
