#include <overt/trace/mcap/picture_message.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <overt_test/catch.hpp>

namespace {

namespace pictures = overt::sink::mcap_pictures;
using overt::sink::encoded_picture;
using overt::sink::picture_kind;
using overt::trace::read_picture_message;

encoded_picture some_tiles() {
  return {.kind = picture_kind::tiles,
          .size = {1000, 500},
          .key_sequence = 1ull << 40,
          .tiles = {0, 3, 127},
          .format = "png",
          .image = "an image"};
}

std::string tiles_of(encoded_picture const& picture) {
  std::string out;
  pictures::append_tiles(out, (1ull << 40) + 7, picture);
  return out;
}

auto read_tiles(std::string_view bytes) { return read_picture_message(pictures::tiles_topic, bytes); }
auto read_key(std::string_view bytes) { return read_picture_message(pictures::key_topic, bytes); }

} // namespace

TEST_CASE("a key picture is the message of ROS 1, byte by byte", "[trace][picture]") {
  std::string out;
  pictures::append_key(out, 0x1'0000'0102, 1'700'000'000'000'000'007, {.format = "png", .image = "IMG"});
  std::string const expected{"\x02\x01\0\0"   // header.seq
                             "\0\xf1\x53\x65" // header.stamp
                             "\x07\0\0\0"
                             "\x0a\0\0\0"
                             "4294967554" // header.frame_id
                             "\x03\0\0\0"
                             "png" // format
                             "\x03\0\0\0"
                             "IMG", // data
                             40};
  CHECK(out == expected);
  auto const read = read_key(out);
  REQUIRE(read);
  CHECK(read->sequence == 0x1'0000'0102);
  CHECK(read->key_sequence == read->sequence);
  CHECK(read->kind == picture_kind::key);
  CHECK(read->format == "png");
  CHECK(read->image == "IMG");
}

TEST_CASE("a key picture that is cut off, too long or of two numbers is none", "[trace][picture]") {
  std::string out;
  pictures::append_key(out, 77, 1, {.format = "png", .image = "IMG"});
  REQUIRE(read_key(out));
  for (std::size_t size = 0; size < out.size(); ++size) {
    CHECK_FALSE(read_key(std::string_view{out}.substr(0, size)));
  }
  CHECK_FALSE(read_key(out + 'x'));
  out[0] = 78;
  CHECK_FALSE(read_key(out));
}

TEST_CASE("tiles come back as they were", "[trace][picture]") {
  auto const bytes = tiles_of(some_tiles());
  auto const read = read_tiles(bytes);
  REQUIRE(read);
  CHECK(read->sequence == (1ull << 40) + 7);
  CHECK(read->kind == picture_kind::tiles);
  CHECK(read->size.width == 1000);
  CHECK(read->size.height == 500);
  CHECK(read->key_sequence == 1ull << 40);
  CHECK(read->tile_side == 64);
  CHECK(read->tiles == std::vector<std::uint32_t>{0, 3, 127});
  CHECK(read->format == "png");
  CHECK(read->image == "an image");

  auto same = some_tiles();
  same.kind = picture_kind::same;
  auto const nothing = tiles_of(same);
  auto const again = read_tiles(nothing);
  REQUIRE(again);
  CHECK(again->kind == picture_kind::same);
  CHECK(again->tiles.empty());
  CHECK(again->image.empty());
}

TEST_CASE("tiles that cannot be are none", "[trace][picture]") {
  auto const bytes = tiles_of(some_tiles());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(read_tiles(std::string_view{bytes}.substr(0, size)));
  }
  CHECK_FALSE(read_tiles(bytes + 'x'));
  auto const with = [](auto change) {
    auto picture = some_tiles();
    change(picture);
    return read_tiles(tiles_of(picture)).has_value();
  };
  CHECK(with([](auto&) {}));
  CHECK_FALSE(with([](auto& of) { of.tiles = {3, 0}; }));
  CHECK_FALSE(with([](auto& of) { of.tiles = {3, 3}; }));
  CHECK_FALSE(with([](auto& of) { of.tiles = {128}; })); // of 16 by 8
  CHECK_FALSE(with([](auto& of) { of.tiles = {}; }));
  CHECK_FALSE(with([](auto& of) { of.size = {0, 500}; }));
  CHECK_FALSE(with([](auto& of) { of.size = {16385, 500}; }));
  CHECK_FALSE(with([](auto& of) { of.tile_side = 0; }));
  CHECK_FALSE(with([](auto& of) { of.tile_side = 16000; })); // three of them are too high
  CHECK_FALSE(with([](auto& of) { of.size = {-1, 500}; }));
  CHECK_FALSE(with([](auto& of) { of.format = ""; }));
  CHECK_FALSE(with([](auto& of) { of.format = "a name that no codec has"; }));
  CHECK_FALSE(with([](auto& of) { of.format = "../png"; }));
}
