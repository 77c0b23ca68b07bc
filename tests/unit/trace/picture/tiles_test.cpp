#include <overt/trace/picture/tiles.hpp>

#include <cstdint>
#include <utility>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/pictures.hpp>

namespace {

using overt::screen_picture;
using overt::trace::put_tiles;
using overt::trace::stored_picture;

screen_picture filled(std::int32_t width, std::int32_t height, std::uint32_t colour) {
  auto made = *screen_picture::black({0, 0, width, height});
  made.fill(made.covers(), colour);
  return made;
}

} // namespace

TEST_CASE("tiles are put where they belong, and cut at the edges", "[trace][picture]") {
  auto onto = filled(10, 6, 9);
  auto column = filled(4, 8, 1);
  column.fill({0, 4, 4, 4}, 2);
  REQUIRE(put_tiles(onto, {.size = {10, 6}, .tile_side = 4, .tiles = {1, 5}}, column));
  for (std::int32_t y = 0; y < 6; ++y) {
    for (std::int32_t x = 0; x < 10; ++x) {
      auto const expected = x >= 4 && x < 8 && y < 4 ? 1U : x >= 8 && y >= 4 ? 2U : 9U;
      CHECK(onto.row(static_cast<std::size_t>(y))[static_cast<std::size_t>(x)] == expected);
    }
  }
}

TEST_CASE("tiles that do not fit change nothing", "[trace][picture]") {
  auto const fits = [](stored_picture const& difference, screen_picture const& column) {
    auto onto = filled(10, 6, 9);
    bool const put = put_tiles(onto, difference, column);
    CHECK((put || overt_test::same_pixels(onto, filled(10, 6, 9))));
    return put;
  };
  CHECK(fits({.size = {10, 6}, .tile_side = 4, .tiles = {0}}, filled(4, 4, 1)));
  CHECK_FALSE(fits({.size = {10, 7}, .tile_side = 4, .tiles = {0}}, filled(4, 4, 1)));
  CHECK_FALSE(fits({.size = {10, 6}, .tile_side = 4, .tiles = {0, 1}}, filled(4, 4, 1)));
  CHECK_FALSE(fits({.size = {10, 6}, .tile_side = 4, .tiles = {0}}, filled(5, 4, 1)));
  CHECK_FALSE(fits({.size = {10, 6}, .tile_side = 4, .tiles = {0, 6}}, filled(4, 8, 1)));
  CHECK_FALSE(fits({.size = {10, 6}, .tile_side = 0, .tiles = {}}, screen_picture{}));
  auto none = screen_picture::elsewhere({10, 6});
  CHECK_FALSE(put_tiles(none, {.size = {10, 6}, .tile_side = 4, .tiles = {0}}, filled(4, 4, 1)));
}
