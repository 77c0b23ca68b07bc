#include <overt/capture/x11/pixel_layout.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include <overt_test/catch.hpp>

using overt::capture::x11::pixel_layout;

namespace {
constexpr bool little = std::endian::native == std::endian::little;
} // namespace

TEST_CASE("pixels of 32 bits with eight for each colour are read, and no others") {
  CHECK(pixel_layout::of(24, 32, 0xff0000, 0xff00, 0xff, little) == pixel_layout{});
  CHECK(pixel_layout::of(32, 32, 0xff0000, 0xff00, 0xff, little) == pixel_layout{});
  CHECK_FALSE(pixel_layout::of(24, 24, 0xff0000, 0xff00, 0xff, little));
  CHECK_FALSE(pixel_layout::of(16, 16, 0xf800, 0x07e0, 0x1f, little));
  CHECK_FALSE(pixel_layout::of(30, 32, 0x3ff00000, 0xffc00, 0x3ff, little));
  CHECK_FALSE(pixel_layout::of(24, 32, 0x7f0000, 0xff00, 0xff, little));
  CHECK_FALSE(pixel_layout::of(24, 32, 0, 0xff00, 0xff, little));
}

TEST_CASE("colours come out as red, green, blue, and alpha is dropped") {
  CHECK(pixel_layout{}.colour(0x80102030) == 0x102030);
  auto const turned = pixel_layout::of(24, 32, 0xff, 0xff00, 0xff0000, little);
  REQUIRE(turned);
  CHECK(turned->colour(0x00302010) == 0x102030);
  auto const swapped = pixel_layout::of(24, 32, 0xff0000, 0xff00, 0xff, !little);
  REQUIRE(swapped);
  CHECK(swapped->colour(0x30201000) == 0x102030);
}

TEST_CASE("rows are converted from bytes at any address") {
  std::array<std::uint32_t, 3> const pixels{0xff010203, 0x80040506, 0x00070809};
  std::array<std::byte, 13> bytes{};
  std::memcpy(bytes.data() + 1, pixels.data(), 12);
  std::array<std::uint32_t, 3> row{};
  pixel_layout{}.convert(bytes.data() + 1, row);
  CHECK(row == std::array<std::uint32_t, 3>{0x010203, 0x040506, 0x070809});
  pixel_layout{.red = 0, .green = 8, .blue = 16}.convert(bytes.data() + 1, row);
  CHECK(row == std::array<std::uint32_t, 3>{0x030201, 0x060504, 0x090807});
}
