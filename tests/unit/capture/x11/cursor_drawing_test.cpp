#include <overt/capture/x11/cursor_drawing.hpp>

#include <cstdint>
#include <vector>

#include <overt_test/catch.hpp>

using overt::rectangle;
using overt::screen_picture;
using overt::capture::x11::draw_cursor;
using overt::capture::x11::over;

TEST_CASE("colours with their alpha lie over others") {
  STATIC_REQUIRE(over(0xff102030, 0xffffff) == 0x102030);
  CHECK(over(0, 0x123456) == 0x123456);
  CHECK(over(0x80800000, 0x0000ff) == 0x80007f);
  CHECK(over(0x00ffffff, 0xffffff) == 0xffffff); // not multiplied: no overflow into other colours
}

TEST_CASE("a cursor is drawn over the parts only") {
  auto picture = screen_picture::black({10, 10, 4, 4});
  REQUIRE(picture);
  std::vector<std::uint32_t> const image(9, 0xff0000ff);
  rectangle const part[] = {{10, 10, 2, 4}};
  draw_cursor(*picture, image, {11, 9, 3, 3}, part);
  CHECK(picture->row(0)[0] == 0);
  CHECK(picture->row(0)[1] == 0xff);
  CHECK(picture->row(1)[1] == 0xff);
  CHECK(picture->row(0)[2] == 0);
  CHECK(picture->row(2)[1] == 0);
  draw_cursor(*picture, image, {10, 10, 30, 30}, part); // says more than it has
  CHECK(picture->row(0)[0] == 0);
  draw_cursor(*picture, image, {500, 500, 3, 3}, part);
  draw_cursor(*picture, image, {10, 10, 0, 0}, part);
  CHECK(picture->row(3)[0] == 0);
}
