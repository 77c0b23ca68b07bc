#include <overt/sink/png/palette.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <overt_test/catch.hpp>

TEST_CASE("a palette has each colour once, up to 256", "[sink][png]") {
  overt::sink::detail::palette palette;
  std::mt19937 random{3};
  for (std::size_t const count : {1U, 2U, 100U, 255U, 256U, 257U, 1000U}) {
    std::vector<std::uint32_t> colours;
    for (std::uint32_t i = 0; i < count; ++i) {
      colours.push_back(i * 0x1234567U & 0xffffffU);
    }
    auto pixels = colours;
    for (int i = 0; i < 5000; ++i) {
      pixels.push_back(colours[random() % count] | 0xab000000U); // what is above the colour does not count
    }
    INFO(count);
    REQUIRE(palette.collect(pixels) == (count <= 256));
    if (count <= 256) {
      REQUIRE(palette.colours().size() == count);
      for (auto const pixel : pixels) {
        REQUIRE(palette.colours()[palette.place_of(pixel)] == (pixel & 0xffffffU));
      }
    }
  }
}
