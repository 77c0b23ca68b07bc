#include <overt/event/clock.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt_test/catch.hpp>

namespace {

/// Each reading of the monotonic clock is the next of a list.
struct scripted_clock {
  std::array<std::int64_t, 16> const* readings = nullptr;
  std::size_t* at = nullptr;

  [[nodiscard]] overt::timestamp now() const { return {(*readings)[(*at)++]}; }
  [[nodiscard]] std::int64_t wall_ns() const {
    return 1'700'000'000'000'000'000 + static_cast<std::int64_t>(*at);
  }
};
static_assert(overt::clock_source<scripted_clock>);
static_assert(overt::clock_source<overt::system_clocks>);

} // namespace

TEST_CASE("the anchor is the narrowest of several tries", "[event][clock]") {
  std::array<std::int64_t, 16> const readings{0,    900,  1000, 1500, 2000, 2040, 3000, 3100,
                                              4000, 4900, 5000, 5041, 6000, 6500, 7000, 7900};
  std::size_t at = 0;
  auto const anchor = overt::measure_anchor(scripted_clock{&readings, &at});
  CHECK(anchor.uncertainty_ns == 40);
  CHECK(anchor.monotonic == overt::timestamp{2020});
  CHECK(anchor.wall_ns == 1'700'000'000'000'000'000 + 5); // the reading between the two of that try
  CHECK(at == readings.size());
}

TEST_CASE("the system's clocks do not go back", "[event][clock]") {
  overt::system_clocks const clock;
  auto before = clock.now();
  for (int i = 0; i < 1000; ++i) {
    auto const now = clock.now();
    CHECK(now >= before);
    before = now;
  }
  auto const anchor = overt::measure_anchor(clock);
  CHECK(anchor.uncertainty_ns >= 0);
  CHECK(anchor.wall_ns > 1'600'000'000'000'000'000); // since 1970, in nanoseconds
}
