#include <overt/sink/picture_encoder.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <overt/trace/picture/tiles.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/pictures.hpp>

namespace {

namespace sink = overt::sink;
using overt::screen_picture;
using sink::picture_kind;
using encoder = sink::picture_encoder<overt_test::raw_pictures>;

screen_picture grey(std::int32_t width, std::int32_t height, overt::rectangle at = {}) {
  auto made = *screen_picture::black({at.x, at.y, width, height});
  made.fill(made.covers(), 0x808080);
  return made;
}

picture_kind kind_of(encoder& of, screen_picture const& picture, bool whole = false) {
  static std::uint64_t sequence = 0;
  auto const made = of.encode(++sequence, picture, whole);
  REQUIRE(made);
  return (*made)->kind;
}

} // namespace

TEST_CASE("the first picture is whole, the same one again is nothing, a change is its tiles",
          "[sink][picture]") {
  encoder of;
  auto picture = grey(640, 200);
  auto made = of.encode(5, picture);
  REQUIRE(made);
  CHECK((*made)->kind == picture_kind::key);
  CHECK((*made)->key_sequence == 5);
  CHECK((*made)->format == "raw");
  CHECK((*made)->size.width == 640);

  made = of.encode(7, picture);
  REQUIRE(made);
  CHECK((*made)->kind == picture_kind::same);
  CHECK((*made)->key_sequence == 5);
  CHECK((*made)->image.empty());
  CHECK((*made)->tiles.empty());

  picture.fill({63, 0, 2, 1}, 1);    // two tiles
  picture.fill({639, 199, 1, 1}, 2); // the last, which is lower than others
  made = of.encode(9, picture);
  REQUIRE(made);
  CHECK((*made)->kind == picture_kind::tiles);
  CHECK((*made)->key_sequence == 5);
  CHECK((*made)->tile_side == 64);
  CHECK((*made)->tiles == std::vector<std::uint32_t>{0, 1, 39});
  screen_picture column;
  REQUIRE(overt_test::raw_pictures{}.decode((*made)->image, column));
  CHECK(column.width() == 64);
  CHECK(column.height() == 3 * 64);
  CHECK(column.row(0)[63] == 1);
  CHECK(column.row(64)[0] == 1);
  CHECK(column.row(128 + 7)[63] == 2);
  CHECK(column.row(128 + 8)[0] == 0); // below the picture

  // Against the key picture, and not against the last one.
  picture.fill({63, 0, 2, 1}, 0x808080);
  made = of.encode(10, picture);
  REQUIRE(made);
  CHECK((*made)->tiles == std::vector<std::uint32_t>{39});
}

TEST_CASE("a picture is whole again where another size or place is covered", "[sink][picture]") {
  encoder of;
  CHECK(kind_of(of, grey(100, 100)) == picture_kind::key);
  CHECK(kind_of(of, grey(100, 100)) == picture_kind::same);
  CHECK(kind_of(of, grey(100, 101)) == picture_kind::key);
  CHECK(kind_of(of, grey(100, 101)) == picture_kind::same);
  CHECK(kind_of(of, grey(100, 101, {5, 0})) == picture_kind::key);
  CHECK(kind_of(of, grey(100, 101, {5, 0}), true) == picture_kind::key);
  CHECK(kind_of(of, grey(100, 100)) == picture_kind::key); // a whole one ends what others refer to
  of.forget();
  CHECK(kind_of(of, grey(100, 101, {5, 0})) == picture_kind::key);
}

TEST_CASE("each of four monitors has a key picture of its own", "[sink][picture]") {
  encoder of;
  auto const monitor = [](std::int32_t number) { return grey(100, 100, {number * 100, 0}); };
  for (std::int32_t number = 0; number < 4; ++number) {
    CHECK(kind_of(of, monitor(number)) == picture_kind::key);
  }
  for (std::int32_t number = 3; number >= 0; --number) {
    CHECK(kind_of(of, monitor(number)) == picture_kind::same);
  }
  CHECK(kind_of(of, monitor(4)) == picture_kind::key); // in place of the one that was seen first
  CHECK(kind_of(of, monitor(0)) == picture_kind::same);
  CHECK(kind_of(of, monitor(3)) == picture_kind::key);
  auto const made = of.encode(1000, monitor(4));
  REQUIRE(made);
  CHECK((*made)->kind == picture_kind::same);
  CHECK((*made)->key_sequence < 1000);
}

TEST_CASE("a picture is whole where more than two fifths of the tiles changed", "[sink][picture]") {
  encoder of;
  auto picture = grey(640, 64);
  CHECK(kind_of(of, picture) == picture_kind::key);
  picture.fill({0, 0, 4 * 64, 1}, 1);
  CHECK(kind_of(of, picture) == picture_kind::tiles);
  picture.fill({4 * 64, 0, 1, 1}, 1);
  CHECK(kind_of(of, picture) == picture_kind::key);
  CHECK(kind_of(of, picture) == picture_kind::same);
}

TEST_CASE("an image of tiles is never higher than a picture may be", "[sink][picture]") {
  encoder of;
  auto picture = grey(16384, 192); // 768 tiles: two fifths are 307
  CHECK(kind_of(of, picture) == picture_kind::key);
  for (std::int32_t tile = 0; tile < 256; ++tile) {
    picture.fill({tile * 64, 0, 1, 1}, 1);
  }
  CHECK(kind_of(of, picture) == picture_kind::tiles);
  picture.fill({0, 64, 1, 1}, 1);
  CHECK(kind_of(of, picture) == picture_kind::key);
}

TEST_CASE("every so many pictures one is whole", "[sink][picture]") {
  encoder of;
  auto const picture = grey(100, 100);
  for (int i = 0; i < 200; ++i) {
    INFO(i);
    CHECK(kind_of(of, picture) == (i % 64 == 0 ? picture_kind::key : picture_kind::same));
  }
}

TEST_CASE("what was used is wiped, and a failure makes the next one whole", "[sink][picture]") {
  encoder of;
  auto picture = grey(100, 100);
  auto made = of.encode(1, picture);
  REQUIRE(made);
  auto const* const bytes = (*made)->image.data();
  auto const size = (*made)->image.size();
  CHECK(std::string_view{bytes, size}.find('\x80') != std::string_view::npos);
  of.done();
  CHECK(std::string_view{bytes, size}.find_first_not_of('\0') ==
        std::string_view::npos); // its memory is kept
  CHECK_FALSE(of.encode(2, screen_picture::elsewhere({100, 100})));

  encoder failing{overt_test::raw_pictures{.fails = true}};
  CHECK_FALSE(failing.encode(1, picture));
  CHECK_FALSE(failing.encode(2, picture)); // had it taken the first for a key picture, this were `same`
}

TEST_CASE("any sequence of pictures comes back as it was", "[sink][picture]") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    overt_test::changing_screen screen{seed};
    encoder of{{}, {.key_every = 2 + seed % 9}};
    std::map<std::uint64_t, screen_picture> keys;
    std::set<picture_kind> kinds;
    for (std::uint64_t sequence = 1; sequence <= 60; ++sequence) {
      auto const& picture = screen.next();
      auto const made = of.encode(sequence, picture);
      REQUIRE(made);
      auto const& what = **made;
      kinds.insert(what.kind);
      screen_picture image;
      if (what.kind != picture_kind::same) {
        REQUIRE(overt_test::raw_pictures{}.decode(what.image, image));
      }
      if (what.kind == picture_kind::key) {
        REQUIRE(overt_test::same_pixels(image, picture));
        keys.insert_or_assign(sequence, std::move(image));
        continue;
      }
      auto back = keys.at(what.key_sequence).copy();
      if (what.kind == picture_kind::tiles) {
        REQUIRE(overt::trace::put_tiles(
            back, {.size = what.size, .tile_side = what.tile_side, .tiles = what.tiles}, image));
      }
      REQUIRE(overt_test::same_pixels(back, picture));
    }
    CHECK(kinds.size() >= 2);
  }
}
