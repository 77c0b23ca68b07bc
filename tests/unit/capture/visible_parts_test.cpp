#include <overt/capture/visible_parts.hpp>

#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include <overt_test/catch.hpp>

using overt::rectangle;
using overt::capture::visible_parts;

TEST_CASE("what nothing lies over is seen whole", "[capture][pictures]") {
  rectangle const whole{10, 20, 30, 40};
  CHECK(visible_parts(whole, {}) == std::vector{whole});
  std::array const beside{rectangle{40, 20, 10, 10}};
  CHECK(visible_parts(whole, beside) == std::vector{whole});
  CHECK(visible_parts({0, 0, 0, 5}, {}).empty());
}

TEST_CASE("what is covered is not seen", "[capture][pictures]") {
  std::array const over{rectangle{0, 0, 100, 100}};
  CHECK(visible_parts({10, 20, 30, 40}, over).empty());
}

TEST_CASE("the parts are exactly the points that nothing covers, each once", "[capture][pictures]") {
  std::mt19937 random{7};
  auto const some = [&](int most) {
    return static_cast<std::int32_t>(random() % static_cast<unsigned>(most));
  };
  for (int round = 0; round < 500; ++round) {
    rectangle const whole{some(10), some(10), 1 + some(12), 1 + some(12)};
    std::vector<rectangle> over;
    for (int i = some(4); i > 0; --i) {
      over.push_back({some(20) - 4, some(20) - 4, some(12), some(12)});
    }
    auto const parts = visible_parts(whole, over);
    for (std::int32_t y = -5; y < 30; ++y) {
      for (std::int32_t x = -5; x < 30; ++x) {
        bool seen = whole.contains(x, y);
        for (auto const& one : over) {
          seen = seen && !one.contains(x, y);
        }
        int count = 0;
        for (auto const& part : parts) {
          count += part.contains(x, y) ? 1 : 0;
        }
        REQUIRE(count == (seen ? 1 : 0));
      }
    }
  }
}
