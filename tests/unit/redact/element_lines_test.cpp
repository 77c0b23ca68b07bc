#include <overt/redact/element_lines.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/masked_frames.hpp>

using namespace overt;
using overt_test::element;
using redact::element_line;

namespace {

std::vector<screen_element> words(std::vector<rectangle> const& places) {
  std::vector<screen_element> all;
  for (auto const& place : places) {
    all.push_back(element(place, screen_part::text, "word"));
  }
  return all;
}

bool has(std::vector<element_line> const& lines, element_line const& wanted) {
  return std::ranges::find(lines, wanted) != lines.end();
}

} // namespace

TEST_CASE("what stands side by side is read from the left", "[redact][pictures]") {
  auto const all = words({{100, 52, 30, 10}, {10, 50, 30, 12}, {50, 48, 30, 16}, {10, 90, 30, 10}});
  auto const lines = redact::element_lines(all);
  CHECK(has(lines, {1, 2, 0}));
  CHECK_FALSE(has(lines, {1, 2, 0, 3}));
}

TEST_CASE("what stands one below the other from the same edge is read downwards", "[redact][pictures]") {
  auto const lines = redact::element_lines(words({{12, 90, 30, 10}, {10, 50, 90, 10}, {10, 70, 30, 10}}));
  CHECK(has(lines, {1, 2, 0}));
  CHECK(lines.size() == 1);
}

TEST_CASE("lines of one text keep their order, wherever they are", "[redact][pictures]") {
  auto all = words({{10, 50, 30, 10}, {200, 10, 30, 10}, {90, 300, 30, 10}});
  all[0].group = all[2].group = 7;
  auto const lines = redact::element_lines(all);
  CHECK(lines == std::vector<element_line>{{0, 2}});
}

TEST_CASE("one alone, and one without words, belong to nothing", "[redact][pictures]") {
  CHECK(redact::element_lines({}).empty());
  CHECK(redact::element_lines(words({{10, 50, 30, 10}})).empty());
  auto all = words({{10, 50, 30, 10}});
  all.push_back(element({50, 50, 30, 10}, screen_part::image));
  CHECK(redact::element_lines(all).empty());
}
