#include <overt/sink/picture_folder.hpp>

#include <filesystem>
#include <string>

#include <overt_test/catch.hpp>
#include <overt_test/storage_systems.hpp>

namespace {
overt::sink::encoded_picture key() { return {.format = "png", .image = "bytes"}; }
} // namespace

TEST_CASE("pictures are files of their owner in a folder beside the trace", "[sink][picture]") {
  using enum std::filesystem::perms;
  overt_test::own_folder const folder;
  overt::sink::picture_folder to{folder / "t.jsonl"};
  CHECK_FALSE(std::filesystem::exists(folder / "t.jsonl.pictures"));
  REQUIRE(to.write(12, key()));
  REQUIRE(to.write(4'000'000'000'000, key()));
  CHECK(overt_test::content_of(folder / "t.jsonl.pictures/12.png") == "bytes");
  CHECK(overt_test::content_of(folder / "t.jsonl.pictures/4000000000000.png") == "bytes");
  CHECK(std::filesystem::status(folder / "t.jsonl.pictures").permissions() == owner_all);
  CHECK(std::filesystem::status(folder / "t.jsonl.pictures/12.png").permissions() ==
        (owner_read | owner_write));
  CHECK_FALSE(to.write(12, key())); // never overwrites
}

TEST_CASE("a folder of pictures that is there already is not used", "[sink][picture]") {
  overt_test::own_folder const folder;
  REQUIRE(std::filesystem::create_directory(folder / "t.pictures"));
  overt::sink::picture_folder to{folder / "t"};
  CHECK_FALSE(to.write(1, key()));
  CHECK_FALSE(std::filesystem::exists(folder / "t.pictures/1.png"));
}

TEST_CASE("a folder takes whole pictures alone", "[sink][picture]") {
  overt_test::own_folder const folder;
  overt::sink::picture_folder to{folder / "t"};
  auto const tiles = to.write(1, {.kind = overt::sink::picture_kind::tiles});
  REQUIRE_FALSE(tiles);
  CHECK(tiles.error().code == overt::error_code::misuse);
}
