#include <overt/redact/time_writer.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using overt::input_lane;
using overt::timestamp;
using overt::consent::key_timing;
using overt::redact::time_writer;

constexpr std::int64_t ms = 1'000'000;
constexpr std::int64_t seconds = 1'000'000'000;
constexpr timestamp start{1'000 * seconds};

timestamp at(std::int64_t ns) { return start + ns; }

/// What a writer makes of times, counted from the start.
std::vector<std::int64_t> written(key_timing how, std::vector<std::int64_t> const& times,
                                  std::uint64_t seed = 1, input_lane lane = input_lane::keyboard) {
  time_writer writer{how, start, 5 * seconds, seed};
  std::vector<std::int64_t> out;
  for (auto const time : times) {
    out.push_back(writer.write(at(time), lane).ns);
  }
  return out;
}

/// Key presses of somebody with a rhythm of their own.
std::vector<std::int64_t> rhythm(std::int64_t interval_ns, std::size_t count) {
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < count; ++i) {
    times.push_back(static_cast<std::int64_t>(i) * interval_ns);
  }
  return times;
}

} // namespace

TEST_CASE("L13 without times every event has the same", "[redact][time_writer][L13]") {
  CHECK(written(key_timing::none, {1, 7 * seconds, 3600 * seconds, -5}) ==
        std::vector<std::int64_t>{0, 0, 0, 0});
  time_writer const writer{key_timing::none, start, 5 * seconds, 1};
  CHECK(writer.beside(at(7 * seconds)).ns == 0);
}

TEST_CASE("L13 on a grid times are floored, and exact ones are the clock's", "[redact][time_writer][L13]") {
  CHECK(written(key_timing::segment_5s, {-1, 0, 4'999 * ms, 5 * seconds, 12 * seconds, 11 * seconds}) ==
        std::vector<std::int64_t>{0, 0, 0, 5 * seconds, 10 * seconds, 10 * seconds});
  time_writer second{key_timing::segment_1s, start, seconds, 1};
  CHECK(second.write(at(1'999 * ms)).ns == seconds);
  CHECK(second.beside(at(2'999 * ms)).ns == 2 * seconds);
  time_writer exact{key_timing::raw, start, 0, 1};
  CHECK(exact.write(at(17)).ns == start.ns + 17);
  CHECK(exact.beside(at(18)).ns == start.ns + 18);
}

TEST_CASE("L13 resampled times depend on the segments alone, not on the rhythm",
          "[redact][time_writer][L13]") {
  // Three people type ten keys in each of three segments: evenly, in a burst at its start, at its end.
  std::vector<std::int64_t> even;
  std::vector<std::int64_t> early;
  std::vector<std::int64_t> late;
  for (std::int64_t segment = 0; segment < 3; ++segment) {
    for (std::int64_t key = 0; key < 10; ++key) {
      even.push_back(segment * 5 * seconds + key * 400 * ms);
      early.push_back(segment * 5 * seconds + key * 60 * ms + 123'457);
      late.push_back(segment * 5 * seconds + 4 * seconds + key * 90 * ms + 7);
    }
  }
  auto const first = written(key_timing::resampled, even);
  CHECK(written(key_timing::resampled, early) == first);
  CHECK(written(key_timing::resampled, late) == first);
  CHECK(written(key_timing::resampled, even, 2) != first); // another session, other intervals
  for (std::size_t i = 0; i < first.size(); ++i) {
    CHECK(first[i] / (5 * seconds) == even[i] / (5 * seconds)); // the order of segments stays
  }
}

TEST_CASE("L13 resampled intervals do not correlate with the person's own", "[redact][time_writer][L13]") {
  // A person whose intervals vary a lot: the correlation of what is written with them is that of chance.
  std::vector<std::int64_t> own;
  std::vector<std::int64_t> times;
  std::int64_t now = 0;
  std::uint32_t state = 12345;
  for (int i = 0; i < 4'000; ++i) {
    state = state * 1664525u + 1013904223u;
    own.push_back(80 * ms + static_cast<std::int64_t>(state >> 12) % (400 * ms));
    now += own.back();
    times.push_back(now);
  }
  auto const out = written(key_timing::resampled, times);
  auto const correlation = [&](std::vector<std::int64_t> const& made) {
    double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    for (std::size_t i = 1; i < made.size(); ++i) {
      if (times[i] / (5 * seconds) != times[i - 1] / (5 * seconds)) {
        continue; // across two segments the order of segments shows
      }
      auto const x = static_cast<double>(own[i]) / 1e6;
      auto const y = static_cast<double>(made[i] - made[i - 1]) / 1e6;
      n += 1, a += x, b += y, aa += x * x, bb += y * y, ab += x * y;
    }
    return (n * ab - a * b) / std::sqrt((n * aa - a * a) * (n * bb - b * b));
  };
  CHECK(std::abs(correlation(out)) < 0.06); // 3.6 standard errors of n = 3,700
  CHECK(correlation(times) > 0.99);         // the same measure finds it where it is
}

TEST_CASE("resampled times never go back and never leave their segment", "[redact][time_writer]") {
  for (auto const interval : {1 * ms, 40 * ms, 170 * ms, 3 * seconds, 61 * seconds}) {
    auto const times = rhythm(interval, 500);
    auto const out = written(key_timing::resampled, times);
    for (std::size_t i = 1; i < out.size(); ++i) {
      CHECK(out[i] >= out[i - 1]);
      CHECK(out[i] / (5 * seconds) == times[i] / (5 * seconds));
    }
  }
  // an event that comes late is not earlier than what was written
  auto const out = written(key_timing::resampled, {12 * seconds, 3 * seconds, 12 * seconds});
  CHECK(out[0] == 10 * seconds);
  CHECK(out[1] > out[0]);
  CHECK(out[2] > out[1]);
  CHECK(written(key_timing::resampled, {-9 * seconds, -8 * seconds})[1] > 0);
}

TEST_CASE("resampled intervals are those of the population", "[redact][time_writer]") {
  using overt::redact::interval_source;
  interval_source source{7};
  double sum = 0;
  std::int64_t least = INT64_MAX;
  std::int64_t most = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto const drawn = source.next_ns(input_lane::keyboard);
    sum += static_cast<double>(drawn) / 1e6;
    least = std::min(least, drawn);
    most = std::max(most, drawn);
  }
  CHECK(sum / 20'000 > 235);
  CHECK(sum / 20'000 < 255);
  CHECK(least >= 83 * ms);
  CHECK(most <= 707 * ms);
  CHECK(source.next_ns(input_lane::pointer) >= 226 * ms);
  CHECK(source.next_ns(input_lane::none) == 0);
  CHECK(interval_source{7}.next_ns(input_lane::keyboard) == interval_source{7}.next_ns(input_lane::keyboard));
}

TEST_CASE("a moment beside an event's own is on the grid and not after the event", "[redact][time_writer]") {
  time_writer writer{key_timing::resampled, start, 5 * seconds, 1};
  auto const first = writer.write(at(7 * seconds));
  CHECK(writer.beside(at(7 * seconds)).ns == 5 * seconds);
  CHECK(writer.beside(at(4 * seconds)).ns == 0);
  CHECK(writer.beside(at(60 * seconds)).ns == first.ns);
}

TEST_CASE("two sessions have two seeds", "[redact][time_writer]") {
  CHECK(time_writer::seed_from_system() != time_writer::seed_from_system());
}
