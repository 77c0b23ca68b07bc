#include <overt/capture/atspi/fitted_lines.hpp>

#include <deque>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;
using overt::rectangle;

namespace {

shown_object text_at(rectangle box, std::vector<rectangle> const& lines,
                     accessible_role role = accessible_role::paragraph) {
  shown_object one;
  one.what.role = static_cast<std::uint32_t>(role);
  one.what.bounds = box;
  for (auto const& line : lines) {
    one.lines.push_back({line, overt::arena_string{"words"}, false});
  }
  return one;
}

} // namespace

TEST_CASE("lines in their objects stay where they are") {
  std::deque<shown_object> all;
  all.push_back(text_at({10, 100, 300, 40}, {{10, 100, 290, 20}, {10, 120, 200, 20}}));
  fit_lines(all);
  CHECK(all[0].lines[0].where == rectangle{10, 100, 290, 20});
  CHECK(all[0].lines[1].where == rectangle{10, 120, 200, 20});
}

TEST_CASE("lines that are told at twice their places are put back into their objects") {
  std::deque<shown_object> all;
  all.push_back(text_at({10, 100, 300, 40}, {{20, 200, 580, 40}, {20, 240, 400, 40}}));
  all.push_back(text_at({10, 200, 300, 20}, {{20, 400, 100, 40}}));
  // It would lie in its object as it is told, too.
  all.push_back(text_at({0, 0, 1000, 700}, {{20, 40, 100, 40}}));
  fit_lines(all);
  CHECK(all[0].lines[0].where == rectangle{10, 100, 290, 20});
  CHECK(all[1].lines[0].where == rectangle{10, 200, 50, 20});
  CHECK(all[2].lines[0].where == rectangle{10, 20, 50, 20});
}

TEST_CASE("a line that sticks out is as large as it and its object, one without a place as the object") {
  std::deque<shown_object> all;
  all.push_back(text_at({10, 100, 100, 20}, {{10, 100, 400, 20}, {}}));
  fit_lines(all);
  CHECK(all[0].lines[0].where == rectangle{10, 100, 400, 20});
  CHECK(all[0].lines[1].where == rectangle{10, 100, 100, 20});
}

TEST_CASE("lines that were scrolled out of a field do not show, unless the scale leaves that in doubt") {
  rectangle const box{10, 100, 300, 40};
  std::vector<rectangle> const lines{{12, 102, 50, 15}, {12, 130, 50, 15}, {12, 160, 50, 15}};
  std::deque<shown_object> all;
  all.push_back(text_at(box, lines, accessible_role::entry));
  fit_lines(all);
  REQUIRE(all[0].lines.size() == 2);
  CHECK(all[0].lines[1].where == rectangle{12, 130, 50, 15});

  all.clear();
  all.push_back(text_at(box, lines, accessible_role::entry));
  all[0].scale = 120;
  fit_lines(all);
  REQUIRE(all[0].lines.size() == 3);
  CHECK(all[0].lines[2].where == box);
}
