#include <overt/dataset/play/replay_target.hpp>

#include <overt_test/catch.hpp>

using overt::rectangle;
using overt::screen_point;
using overt::dataset::action_place;
using overt::dataset::is_outside;
using overt::dataset::is_place;
using overt::dataset::meaning;
using overt::dataset::point_in;
using overt::dataset::steady_title;

TEST_CASE("a title is the same before and after something in its document changed") {
  CHECK(steady_title("*note.txt - Mousepad") == "note.txt - Mousepad");
  CHECK(steady_title("note.txt* \u2014 Kate") == "note.txt \u2014 Kate");
  CHECK(steady_title("\u2022 main.cpp - Code") == "main.cpp - Code");
  CHECK(steady_title("note.txt") == "note.txt");
  CHECK(steady_title("*").empty());
  CHECK(steady_title("").empty());
}

TEST_CASE("only what was disclosed of a window is compared") {
  action_place const there{.application = "mousepad", .title = "Save As"};
  CHECK(is_place(there, "mousepad", "Save As"));
  CHECK_FALSE(is_place(there, "mousepad", "Open"));
  CHECK_FALSE(is_place(there, "gedit", "Save As"));
  CHECK(is_place({.application = "mousepad"}, "mousepad", "Open"));
  CHECK(is_place({}, "gedit", "Open"));
}

TEST_CASE("a point goes with its element") {
  rectangle const was{100, 100, 40, 20};
  auto const at = [](auto x, auto y) { return screen_point{x, y}; };
  auto const same = [](screen_point a, screen_point b) { return a.x == b.x && a.y == b.y; };
  CHECK(same(point_in(was, was, at(110, 105)), at(110, 105)));
  CHECK(same(point_in(was, {300, 50, 40, 20}, at(110, 105)), at(310, 55)));
  CHECK(same(point_in(was, {300, 50, 8, 4}, at(130, 115)), at(304, 52)));    // smaller: in its middle
  CHECK(same(point_in(was, {300, 50, 40, 20}, at(110, 205)), at(110, 205))); // it was not in it
  CHECK(same(point_in({}, {300, 50, 40, 20}, at(110, 105)), at(110, 105)));  // nobody knows where it was
  CHECK(same(point_in(was, {}, at(110, 105)), at(110, 105)));                // or where it is
}

TEST_CASE("a row of a list that lies over its combo box is outside of it") {
  meaning meant;
  meant.bounds = {100, 100, 40, 20};
  CHECK_FALSE(is_outside(meant, {110, 110}));
  CHECK(is_outside(meant, {110, 150}));
  CHECK_FALSE(is_outside({}, {110, 150}));
}
