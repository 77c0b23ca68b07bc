#include <overt/event/screen_picture.hpp>

#include <cstdint>
#include <memory>
#include <utility>

#include <overt_test/catch.hpp>

using namespace overt;

TEST_CASE("a picture begins black and has the size of what it covers", "[event][pictures]") {
  auto const one = screen_picture::black({-10, 20, 7, 5});
  REQUIRE(one);
  CHECK(one->pixels().size() == 35);
  for (auto const pixel : one->pixels()) {
    CHECK(pixel == 0);
  }
  CHECK(one->row(4).size() == 7);
}

TEST_CASE("a size that makes no sense is refused", "[event][pictures]") {
  CHECK_FALSE(screen_picture::black({0, 0, 0, 5}));
  CHECK_FALSE(screen_picture::black({0, 0, 5, -1}));
  CHECK_FALSE(screen_picture::black({0, 0, screen_picture::longest_side + 1, 5}));
}

TEST_CASE("filling stays within the picture, with coordinates of the desktop", "[event][pictures]") {
  auto one = *screen_picture::black({-10, 20, 8, 4});
  one.fill({-12, 18, 4, 4}, 7);
  CHECK(one.row(0)[0] == 7);
  CHECK(one.row(1)[1] == 7);
  CHECK(one.row(2)[0] == 0);
  CHECK(one.row(0)[2] == 0);
  one.fill({INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX}, 8); // ends left of it
  CHECK(one.row(0)[0] == 7);
  one.fill({-100, -100, 1'000, 1'000}, 9);
  for (auto const pixel : one.pixels()) {
    CHECK(pixel == 9);
  }
}

TEST_CASE("a picture moves, and what is left holds nothing", "[event][pictures]") {
  auto one = *screen_picture::black({0, 0, 4, 4});
  one.elements().push_back({.text = arena_string{"Tuesday"}});
  screen_picture const other{std::move(one)};
  CHECK(other.has_pixels());
  CHECK_FALSE(one.has_pixels());
  CHECK(one.elements().empty());
  CHECK(one.covers() == rectangle{});
}

TEST_CASE("a copy has the pixels and not what they were judged by", "[event][pictures]") {
  auto one = *screen_picture::black({0, 0, 4, 4});
  one.fill({1, 1, 2, 2}, 5);
  one.elements().push_back({.text = arena_string{"Tuesday"}});
  auto const copy = one.copy();
  CHECK(copy.row(1)[1] == 5);
  CHECK(copy.elements().empty());
  auto const far = screen_picture::elsewhere({4, 3}).copy();
  CHECK_FALSE(far.has_pixels());
  CHECK(far.size().height == 3);
}

TEST_CASE("whoever made a picture can tell when its pixels are gone", "[event][pictures]") {
  auto token = std::make_shared<int const>(0);
  auto one = *screen_picture::black({0, 0, 4, 4});
  one.carry(token);
  CHECK(token.use_count() == 2);
  auto const other = std::move(one);
  CHECK(token.use_count() == 2);
  one = screen_picture{};
  CHECK(token.use_count() == 2);
  auto last = other.copy();
  CHECK(token.use_count() == 2);
  last.wipe();
  CHECK(token.use_count() == 2);
}
