#include <overt/redact/pointer_thinned.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/redact/chain.hpp>
#include <overt/redact/pointer_paths.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/left_by.hpp>

namespace {

namespace redact = overt::redact;
using overt_test::has;
using redact::pointer_thinned;

constexpr std::int64_t ms = 1'000'000;

struct outcome {
  std::string bytes;
  std::size_t written = 0;
  std::uint64_t folded = 0;
  std::uint64_t withheld = 0;
};

/// Moves at these times (ns), one pixel to the right each time.
template <class... Policies>
outcome moved(std::vector<std::int64_t> const& times, Policies... policies) {
  auto chain = redact::chain<redact::only, redact::secrets, Policies...>{
      {redact::only{"editor"}, redact::secrets{}, policies...}};
  overt_test::bytes_sink sink;
  redact::pipeline<overt::event, decltype(chain), overt_test::bytes_sink> out{std::move(chain), sink, {}};
  auto const here = overt_test::place();
  std::int32_t x = 0;
  for (auto const time : times) {
    out.push(overt_test::happened(time, here, overt_test::move(x++, -1)));
  }
  out.finish();
  auto const& counts = out.counts()[overt::event::index<overt::pointer_move>];
  CHECK(counts.written + counts.folded + counts.withheld == times.size());
  return {sink.text(), overt_test::count_of(sink.text(), "\"type\":\"pointer_move\""), counts.folded,
          counts.withheld};
}

std::vector<std::int64_t> every(std::int64_t interval, std::size_t count) {
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < count; ++i) {
    times.push_back(static_cast<std::int64_t>(i) * interval);
  }
  return times;
}

/// Where one move ends up.
overt::screen_point thinned(std::int32_t x, std::int32_t y, std::uint32_t grid) {
  auto const bytes =
      overt_test::left_of(overt_test::move(x, y), pointer_thinned{.max_hz = 4, .grid_px = grid});
  auto const number = [&](std::string_view name) {
    auto const begin = bytes.find(name) + name.size();
    return static_cast<std::int32_t>(std::stol(bytes.substr(begin)));
  };
  return {.x = number("\"x\":"), .y = number("\"y\":")};
}

} // namespace

TEST_CASE("at most so many moves a second leave", "[redact][pointer_thinned]") {
  CHECK(moved(every(1 * ms, 2'000), pointer_thinned{.max_hz = 4}).written == 8);
  CHECK(moved(every(1 * ms, 2'000), pointer_thinned{.max_hz = 10}).written == 20);
  CHECK(moved(every(1 * ms, 2'000), pointer_thinned{.max_hz = 7}).written <= 14);
  CHECK(moved(every(250 * ms, 8), pointer_thinned{.max_hz = 4}).written == 8);
  CHECK(moved(every(249 * ms, 8), pointer_thinned{.max_hz = 4}).written == 4);
  CHECK(moved(every(1 * ms, 100), pointer_thinned{.max_hz = 0}).written == 0);
  CHECK(moved({0, 0, 0, -5 * ms, 1 * ms}, pointer_thinned{.max_hz = 1'000}).written == 2);
  CHECK(moved({0, 1}, pointer_thinned{.max_hz = UINT32_MAX}).written == 2);
}

TEST_CASE("moves in between are folded, and nothing in the trace counts them", "[redact][pointer_thinned]") {
  auto const out = moved(every(1 * ms, 1'000), pointer_thinned{.max_hz = 4});
  CHECK(out.folded == 996);
  CHECK(out.withheld == 0);
  CHECK_FALSE(has(out.bytes, "\"type\":\"redaction\""));
  CHECK_FALSE(has(out.bytes, "\"type\":\"gap\""));
}

TEST_CASE("a policy that lets every move through does not undo it", "[redact][pointer_thinned]") {
  CHECK(moved(every(1 * ms, 1'000), pointer_thinned{.max_hz = 4}, redact::pointer_paths{}).written == 4);
  CHECK(moved(every(1 * ms, 1'000), redact::pointer_paths{}).written == 1'000);
}

TEST_CASE("points are on the grid, to the left and above the origin too", "[redact][pointer_thinned]") {
  CHECK(thinned(100, 31, 32).x == 96);
  CHECK(thinned(100, 31, 32).y == 0);
  CHECK(thinned(-1, -32, 32).x == -32);
  CHECK(thinned(-1, -32, 32).y == -32);
  CHECK(thinned(-33, 32, 32).x == -64);
  CHECK(thinned(-33, 32, 32).y == 32);
  CHECK(thinned(-7, 7, 1).x == -7);
  CHECK(thinned(-7, 7, 0).y == 7);
  CHECK(thinned(INT32_MIN, INT32_MAX, 7).x == INT32_MIN);
  CHECK(thinned(INT32_MIN, INT32_MAX, 32).y == INT32_MAX - 31);
}

TEST_CASE("relative moves do not leave, since their sum is the path", "[redact][pointer_thinned]") {
  CHECK_FALSE(has(overt_test::left_of(overt::pointer_delta{.dx = 5}, pointer_thinned{}),
                  "\"type\":\"pointer_delta\""));
  CHECK(has(overt_test::left_of(overt::pointer_delta{.dx = 5}, redact::pointer_paths{}),
            "\"type\":\"pointer_delta\""));
}

TEST_CASE("its parameters can be compared with the receipt and are in the digest",
          "[redact][pointer_thinned]") {
  pointer_thinned const policy{.max_hz = 3, .grid_px = 64};
  CHECK(policy.pointer_max_hz() == 3);
  CHECK(policy.pointer_grid_px() == 64);
  CHECK(policy.needs() == overt::consent::grants::pointer_path);
  CHECK(redact::describe(policy) == R"({"grid_px":64,"max_hz":3,"policy":"pointer_thinned"})");
}
