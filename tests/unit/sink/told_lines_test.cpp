#include <overt/sink/told_lines.hpp>

#include <string>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/recorded_trace.hpp>

namespace {

using overt::key_class;
using overt::sink::told_line;

std::vector<told_line> told(overt_test::recorded_trace const& trace) {
  overt::sink::told_lines lines;
  std::vector<told_line> made;
  auto const use = [&](told_line const& line) { made.push_back(line); };
  for (auto const& each : trace.events) {
    lines.push(each, each.head().where ? &*each.head().where : nullptr, use);
  }
  lines.finish(use);
  lines.finish(use); // nothing more
  return made;
}

} // namespace

TEST_CASE("typing and moves become one line each, and the rest a line of its own", "[sink][told_lines]") {
  overt_test::recorded_trace trace;
  trace.application = "editor";
  trace.move(1, 2);
  trace.after(5).move(3, 4);
  trace.after(5).press(3, 4);
  trace.type("to");
  trace.after(7).tap(key_class::navigation, 0xff1b);
  trace.move(9, 9);
  auto const lines = told(trace);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0].text == "moves the pointer to 3,4 (2 points)");
  CHECK(lines[0].first == 1);
  CHECK(lines[0].last == 2);
  CHECK(lines[0].ended - lines[0].began == 5);
  CHECK(lines[0].payload == "pointer_move");
  CHECK(lines[0].place == overt::sink::told_place{"editor", ""});
  CHECK(lines[1].text == "presses left at 3,4");
  CHECK(lines[2].text == "types \"to\"");
  CHECK(lines[2].events == 2);
  CHECK(lines[3].text == "presses Escape");
  CHECK(lines[4].text == "moves the pointer to 9,9 (1 points)");
}

TEST_CASE("a run ends where the place changes", "[sink][told_lines]") {
  overt_test::recorded_trace trace;
  trace.application = "editor";
  trace.type("a");
  trace.application = "mail";
  trace.type("b");
  auto const lines = told(trace);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].text == "types \"a\"");
  CHECK(lines[0].place.name() == "editor");
  CHECK(lines[1].text == "types \"b\"");
  CHECK(lines[1].place.name() == "mail");
}
