#include <overt/capture/x11/unpainted_region.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

using overt::rectangle;
using overt::capture::x11::unpainted_region;

namespace {
bool holds(unpainted_region const& region, std::int32_t x, std::int32_t y) {
  return region.touches({x, y, 1, 1});
}
} // namespace

TEST_CASE("a region is what was added and not removed") {
  unpainted_region region;
  CHECK(region.empty());
  region.add({0, 0, 0, 10});
  CHECK(region.empty());
  region.add({0, 0, 100, 100});
  region.remove({40, 40, 20, 20});
  CHECK(region.pieces().size() == 4);
  CHECK_FALSE(region.touches({40, 40, 20, 20}));
  CHECK(holds(region, 39, 40));
  CHECK(holds(region, 60, 59));
  CHECK(holds(region, 40, 39));
  CHECK(holds(region, 59, 60));
  region.add({40, 40, 20, 20});
  CHECK(holds(region, 50, 50));
  region.remove({-10, -10, 500, 500});
  CHECK(region.empty());
}

TEST_CASE("regions agree with a map of points") {
  unpainted_region region;
  bool points[24][24] = {};
  std::uint32_t number = 1;
  auto const draw = [&number](std::uint32_t below) {
    number = number * 1664525 + 1013904223;
    return static_cast<std::int32_t>((number >> 8) % below);
  };
  for (int step = 0; step < 300; ++step) {
    rectangle const part{draw(24), draw(24), draw(9), draw(9)};
    bool const add = draw(2) == 0;
    add ? region.add(part) : region.remove(part);
    bool same = true;
    for (int y = 0; y < 24; ++y) {
      for (int x = 0; x < 24; ++x) {
        points[y][x] = part.contains(x, y) ? add : points[y][x];
        same = same && points[y][x] == holds(region, x, y);
      }
    }
    REQUIRE(same);
  }
}

TEST_CASE("regions move, are cut and taken from each other") {
  unpainted_region region;
  region.add({10, 10, 10, 10});
  region.move(5, -5);
  CHECK(region.pieces().front() == rectangle{15, 5, 10, 10});
  region.clip({0, 0, 20, 100});
  CHECK(region.pieces().front() == rectangle{15, 5, 5, 10});
  unpainted_region other;
  other.add(region);
  other.add({100, 100, 5, 5});
  region.remove(other);
  CHECK(region.empty());
  other.clip({0, 0, 1, 1});
  CHECK(other.empty());
}

TEST_CASE("a region of very many pieces becomes larger, not smaller") {
  unpainted_region region;
  region.add({0, 0, 1000, 1000});
  for (std::int32_t i = 0; i < 40; ++i) {
    for (std::int32_t j = 0; j < 40; ++j) {
      region.remove({i * 20, j * 20, 10, 10});
    }
  }
  CHECK(region.pieces().size() <= unpainted_region::most_pieces);
  CHECK(holds(region, 15, 15));
  CHECK(holds(region, 999, 999));
}
