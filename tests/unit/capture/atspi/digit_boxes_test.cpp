#include <overt/capture/atspi/digit_boxes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <overt_test/catch.hpp>

using namespace overt::capture::atspi;

namespace {

constexpr auto entry = static_cast<std::uint32_t>(accessible_role::entry);
constexpr auto label = static_cast<std::uint32_t>(accessible_role::label);

std::vector<neighbour> row_of(int count, std::int32_t width, std::int32_t height, std::int32_t gap = 8) {
  std::vector<neighbour> fields;
  for (int i = 0; i < count; ++i) {
    fields.push_back({.role = entry, .bounds = {100 + i * (width + gap), 300, width, height}});
  }
  return fields;
}

bool all_in_boxes(std::vector<neighbour> const& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].role == entry && !in_digit_boxes({fields, i})) {
      return false;
    }
  }
  return true;
}

bool none_in_boxes(std::vector<neighbour> const& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (in_digit_boxes({fields, i})) {
      return false;
    }
  }
  return true;
}

} // namespace

TEST_CASE("narrow fields of one size in a row are a number in boxes", "[atspi][digit_boxes]") {
  CHECK(all_in_boxes(row_of(4, 40, 48)));
  CHECK(all_in_boxes(row_of(6, 80, 40)));
  CHECK(none_in_boxes(row_of(3, 40, 48)));
  CHECK(none_in_boxes(row_of(6, 120, 40)));
  auto uneven = row_of(6, 40, 48);
  uneven[2].bounds.y += 2; // a border that shows the focus
  uneven[2].bounds.width += 2;
  CHECK(all_in_boxes(uneven));
  auto parted = row_of(6, 40, 48);
  parted.insert(parted.begin() + 3, {.role = label, .bounds = {230, 300, 10, 48}, .name = "–"});
  CHECK(all_in_boxes(parted));
}

TEST_CASE("fields below each other or of different sizes are no such number", "[atspi][digit_boxes]") {
  auto column = row_of(5, 40, 48);
  for (std::size_t i = 0; i < column.size(); ++i) {
    column[i].bounds.y += static_cast<std::int32_t>(i) * 60;
  }
  CHECK(none_in_boxes(column));
  auto form = row_of(5, 40, 30);
  for (std::size_t i = 0; i < form.size(); ++i) {
    form[i].bounds.width += static_cast<std::int32_t>(i) * 60;
  }
  CHECK(none_in_boxes(form));
  std::vector<neighbour> const unplaced(5, neighbour{.role = entry});
  CHECK(none_in_boxes(unplaced));
  std::vector<neighbour> buttons = row_of(10, 40, 48);
  for (auto& one : buttons) {
    one.role = static_cast<std::uint32_t>(accessible_role::push_button);
  }
  CHECK(none_in_boxes(buttons));
}

TEST_CASE("fields that take one character each are a number in boxes wherever they are",
          "[atspi][digit_boxes]") {
  std::vector<neighbour> fields(4, neighbour{.role = entry, .longest = 1});
  CHECK(all_in_boxes(fields));
  fields.pop_back();
  CHECK(none_in_boxes(fields));
  fields.push_back({.role = entry, .longest = 20});
  CHECK(none_in_boxes(fields));
}

TEST_CASE("fields that are named by the places of a number are one", "[atspi][digit_boxes]") {
  struct row {
    std::array<char const*, 4> names;
    bool expected;
  };
  auto const rows = std::to_array<row>({
      {{"Digit 1", "Digit 2", "Digit 3", "Digit 4"}, true},
      {{"digit 1 of 4", "digit 2 of 4", "digit 3 of 4", "digit 4 of 4"}, true},
      {{"1 of 6", "2 of 6", "3 of 6", "4 of 6"}, true},
      {{"1/4", "2/4", "3/4", "4/4"}, true},
      {{"Ziffer 1 von 4", "Ziffer 2 von 4", "Ziffer 3 von 4", "Ziffer 4 von 4"}, true},
      {{"1桁目", "2桁目", "3桁目", "4桁目"}, true},
      {{"第1位", "第2位", "第3位", "第4位"}, true},
      {{"digit-0", "digit-1", "digit-2", "digit-3"}, true},
      {{"Character 1", "Character 4", "Character 7", "Character 9"}, true},
      {{"Line 1", "Line 2", "Line 3", "Line 4"}, false},
      {{"Q1", "Q2", "Q3", "Q4"}, false},
      {{"Monday", "Tuesday", "Wednesday", "Thursday"}, false},
      {{"", "", "", ""}, false},
  });
  for (auto const& one : rows) {
    INFO(one.names[0]);
    std::vector<neighbour> fields;
    for (auto const* const name : one.names) {
      fields.push_back({.role = entry, .name = name});
    }
    CHECK(all_in_boxes(fields) == one.expected);
    CHECK(none_in_boxes(fields) != one.expected);
  }
}

TEST_CASE("L7 four boxes of four digits are the number of a card", "[atspi][digit_boxes]") {
  auto boxes = row_of(4, 120, 40);
  CHECK(none_in_boxes(boxes));
  for (auto& one : boxes) {
    one.numeric = true;
  }
  CHECK(all_in_boxes(boxes));
  boxes.push_back({.role = entry, .bounds = {900, 300, 300, 40}, .name = "Name"});
  CHECK(in_digit_boxes({boxes, 0}));
  CHECK_FALSE(in_digit_boxes({boxes, 4}));
  std::vector<neighbour> fours(4, neighbour{.role = entry, .longest = 4});
  CHECK(all_in_boxes(fours));
  fours.push_back(fours.front());
  CHECK(none_in_boxes(fours));
}

TEST_CASE("an element whose neighbours are not known is in no boxes", "[atspi][digit_boxes]") {
  auto const fields = row_of(6, 40, 48);
  CHECK_FALSE(in_digit_boxes({}));
  CHECK_FALSE(in_digit_boxes({fields, 6}));
  CHECK_FALSE(in_digit_boxes({fields}));
  auto extreme = row_of(4, 40, 48);
  extreme[1].bounds = {INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX}; // what a menu that is gone reports
  extreme[2].bounds = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
  CHECK(none_in_boxes(extreme));
}
