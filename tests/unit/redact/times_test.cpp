#include <overt/redact/times.hpp>

#include <overt/redact/digest.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/secrets.hpp>
#include <overt_test/catch.hpp>

namespace redact = overt::redact;
using overt::consent::key_timing;
using redact::times;

TEST_CASE("L13 a chain's grid is that of its times, and nothing is finer than five seconds unasked",
          "[redact][times][L13]") {
  auto const grid = [](key_timing how) {
    return time_grid_of(redact::only{} | redact::secrets{} | times{how});
  };
  CHECK(grid(key_timing::raw) == 0);
  CHECK(grid(key_timing::segment_1s) == 1'000'000'000);
  CHECK(grid(key_timing::segment_5s) == 5'000'000'000);
  CHECK(grid(key_timing::resampled) == 5'000'000'000);
  CHECK(grid(key_timing::none) == 5'000'000'000);
  CHECK(grid(static_cast<key_timing>(99)) == 5'000'000'000);
  CHECK(times{}.how == key_timing::segment_5s);
}

TEST_CASE("L13 only raw times need the receipt to grant them", "[redact][times][L13]") {
  using overt::consent::grants;
  for (auto const how :
       {key_timing::none, key_timing::resampled, key_timing::segment_5s, key_timing::segment_1s}) {
    CHECK(times{how}.needs() == grants::none);
  }
  CHECK(times{key_timing::raw}.needs() == grants::raw_timing);
  CHECK(times{key_timing::raw}.time_grid_ns() == 0);
}

TEST_CASE("how times are written is part of the digest", "[redact][times]") {
  CHECK(redact::describe(times{key_timing::resampled}) == R"({"how":"resampled","policy":"times"})");
}
