#include <overt/dataset/dialect/image_space.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

namespace {

using overt::picture_size;
using overt::rectangle;
using overt::screen_point;
using overt::dataset::image_space;
using overt::dataset::picture_point;
using overt::dataset::size_in_patches;

bool is(std::optional<picture_size> found, std::int32_t width, std::int32_t height) {
  return found && found->width == width && found->height == height;
}

} // namespace

TEST_CASE("C1: a point left, right, above or below of the picture is none, and never the edge") {
  image_space const space{{0, 0, 1920, 1080}};
  for (auto const& at :
       {screen_point{2500, 100}, screen_point{-200, 100}, screen_point{100, -1}, screen_point{100, 1080},
        screen_point{1920, 0}, screen_point{INT32_MAX, INT32_MIN}}) {
    CHECK_FALSE(space.pixel(at));
    CHECK_FALSE(space.scaled(at));
    CHECK_FALSE(space.share(at));
  }
  CHECK(space.pixel({0, 0}) == picture_point{0, 0});
  CHECK(space.pixel({1919, 1079}) == picture_point{1919, 1079});
}

TEST_CASE("C1: a monitor to the left has points of its own") {
  image_space const space{{-1280, 200, 1280, 1024}};
  CHECK(space.pixel({-200, 300}) == picture_point{1080, 100});
  CHECK(space.share({-640, 712}) == "x=0.5, y=0.5");
  CHECK_FALSE(space.pixel({0, 300}));
  CHECK_FALSE(image_space{{INT32_MIN, INT32_MIN, 100, 100}}.pixel({INT32_MAX, INT32_MAX}));
}

TEST_CASE("C3: points beyond 16 bits keep their place") {
  image_space const space{{40000, -40000, 1920, 1080}};
  CHECK(space.pixel({40100, -39900}) == picture_point{100, 100});
}

TEST_CASE("C11: width and height are scaled each by its own factor") {
  image_space const space{{0, 0, 1920, 1080}, {1280, 800}};
  CHECK(space.scaled({1782, 571}) == picture_point{1188, 423});
  CHECK(space.share({1782, 571}) == "x=0.9281, y=0.5287");
  image_space const tall{{0, 0, 100, 400}, {400, 100}};
  CHECK(tall.scaled({50, 200}) == picture_point{202, 50});
}

TEST_CASE("scaled points stay in the scaled picture") {
  for (std::int32_t const width : {1, 7, 1366, 4096, 16384}) {
    image_space const space{{0, 0, 1920, 1}, {width, 1}};
    CHECK(space.scaled({0, 0})->x >= 0);
    CHECK(space.scaled({1919, 0})->x == width - 1 - (width > 1920 ? (width / 1920) / 2 : 0));
  }
}

TEST_CASE("shares have four decimals, and no more than Python writes") {
  image_space const space{{0, 0, 1000, 16384}};
  CHECK(space.share({0, 0}) == "x=0.0, y=0.0");
  CHECK(space.share({500, 8192}) == "x=0.5, y=0.5");
  CHECK(space.share({999, 16383}) == "x=0.999, y=0.9999");
  CHECK(space.share({1, 1}) == "x=0.001, y=0.0001");
}

TEST_CASE("pictures are brought to multiples of 28 as Qwen2-VL's processor does") {
  // The sizes that the published `smart_resize` gives.
  CHECK(is(size_in_patches({1920, 1080}), 1932, 1092));
  CHECK(is(size_in_patches({1366, 768}), 1372, 756));
  CHECK(is(size_in_patches({2560, 1440}), 2548, 1428));
  CHECK(is(size_in_patches({42, 700}), 84, 1148)); // 1.5 patches; too small, so it grows
  CHECK(is(size_in_patches({1920, 1080}, 100 * 28 * 28, 1350 * 28 * 28), 1344, 756));
  CHECK_FALSE(size_in_patches({0, 100}));
}
