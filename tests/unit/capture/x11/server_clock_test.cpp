#include <overt/capture/x11/server_clock.hpp>

#include <overt_test/catch.hpp>

using overt::timestamp;
using overt::capture::x11::server_clock;

namespace {
constexpr std::int64_t ms = 1'000'000;
constexpr std::int64_t wrap = std::int64_t{1} << 32; // in milliseconds: 49.7 days
} // namespace

TEST_CASE("A3: a stamp is the moment nearest to now") {
  server_clock const clock;
  CHECK(clock.at(5000, timestamp{5001 * ms + 7}) == timestamp{5000 * ms});
  CHECK(clock.at(5003, timestamp{5001 * ms}) == timestamp{5003 * ms});
}

TEST_CASE("A4: 32 bits of milliseconds wrap, and stamps from both sides of it fit") {
  server_clock const clock;
  for (std::int64_t round : {1, 2, 700}) {
    auto const turn = round * wrap;
    CHECK(clock.at(3, timestamp{(turn + 5) * ms}) == timestamp{(turn + 3) * ms});
    // Late: it was stamped before the wrap and arrives after it.
    CHECK(clock.at(0xffff'fff0u, timestamp{(turn + 5) * ms}) == timestamp{(turn - 16) * ms});
    // Early by rounding: the server is a tick ahead of our reading.
    CHECK(clock.at(0, timestamp{turn * ms - 1}) == timestamp{turn * ms});
  }
}

TEST_CASE("A4: stamps that go back a little stay where they are") {
  server_clock const clock;
  auto const now = timestamp{wrap * ms + 900 * ms};
  CHECK(clock.at(800, now) > clock.at(799, now));
  CHECK(clock.at(799, now) == timestamp{(wrap + 799) * ms});
}

TEST_CASE("a server on this machine has our clock, and the difference of another one is taken away") {
  auto const before = timestamp{10'000 * ms};
  auto const after = timestamp{10'001 * ms};
  CHECK(server_clock::measured(10'000, before, after).ahead_ms() == 0);
  CHECK(server_clock::measured(9'998, before, after).ahead_ms() == 0);
  auto const far = server_clock::measured(75'000, before, timestamp{10'020 * ms});
  CHECK(far.ahead_ms() == 75'000 - 10'010);
  CHECK(far.at(75'100, timestamp{10'115 * ms}) == timestamp{10'110 * ms});
  auto const behind = server_clock::measured(0xffff'0000u, before, after);
  CHECK(behind.at(0xffff'0000u, before) == timestamp{10'000 * ms});
  // A slow line explains as much as it took.
  CHECK(server_clock::measured(10'900, before, timestamp{12'000 * ms}).ahead_ms() == 0);
}
