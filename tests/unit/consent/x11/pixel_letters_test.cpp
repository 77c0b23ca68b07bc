#include <overt/consent/x11/pixel_letters.hpp>

#include <set>
#include <string>

#include <overt_test/catch.hpp>

using namespace overt::consent::x11::detail;

TEST_CASE("each letter and digit looks like no other", "[consent][x11]") {
  std::set<pixel_letter> seen;
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    CHECK(seen.insert(pixel_letter_of(letter)).second);
    CHECK(pixel_letter_of(letter) == pixel_letter_of(static_cast<char>(letter - 'A' + 'a')));
  }
  for (char digit = '0'; digit <= '9'; ++digit) {
    CHECK(seen.insert(pixel_letter_of(digit)).second);
  }
  CHECK(seen.insert(pixel_letter_of(':')).second);
  CHECK(pixel_letter_of(' ') == pixel_letter{});
  CHECK(pixel_letter_of('\n') == pixel_letter{});
}

TEST_CASE("the dots of a text stand side by side within its width", "[consent][x11]") {
  CHECK(pixel_text_width("", 2) == 0);
  CHECK(pixel_text_width("I", 2) == 10);
  CHECK(pixel_text_width("II", 2) == 22);
  auto const dots = pixel_text_at("TT", 100, 50, 2);
  CHECK(dots.size() == 2 * 11);
  for (auto const& dot : dots) {
    CHECK(dot.width == 2);
    CHECK(dot.height == 2);
    CHECK(dot.x >= 100);
    CHECK(dot.x + dot.width <= 100 + pixel_text_width("TT", 2));
    CHECK(dot.y >= 50);
    CHECK(dot.y + dot.height <= 64);
  }
}
