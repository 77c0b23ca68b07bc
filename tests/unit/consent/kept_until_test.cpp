#include <overt/consent/kept_until.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

std::string until(std::string_view start, std::int32_t days) {
  auto const kept = overt::consent::kept_until(*overt::detail::parse_date_time(start), days);
  return kept == 0 ? std::string{} : overt::detail::format_date_time(kept);
}

} // namespace

TEST_CASE("G8: how long a trace is kept is rounded down, to a day or from two weeks on to a week",
          "[consent]") {
  CHECK(until("2026-11-26T16:02:10Z", 1) == "2026-11-27T00:00:00Z");
  CHECK(until("2026-11-26T16:02:10Z", 13) == "2026-12-09T00:00:00Z");
  CHECK(until("2026-11-26T16:02:10Z", 14) == "2026-12-07T00:00:00Z"); // a Monday
  CHECK(until("2026-11-26T16:02:10Z", 30) == "2026-12-21T00:00:00Z");
  CHECK(until("2026-11-30T00:00:00Z", 14) == "2026-12-14T00:00:00Z"); // Monday to Monday
  CHECK(until("1969-12-01T05:00:00Z", 20) == "1969-12-15T00:00:00Z");
  CHECK(until("2026-11-26T16:02:10Z", 0).empty());
  CHECK(until("2026-11-26T16:02:10Z", -1).empty());
  CHECK(until("2026-11-26T16:02:10Z", (std::numeric_limits<std::int32_t>::max)()) == "2260-12-31T00:00:00Z");
}

TEST_CASE("L28: the date in a trace tells the week and no more, and is never later than was agreed",
          "[consent]") {
  auto const start = *overt::detail::parse_date_time("2026-11-26T16:02:10Z");
  constexpr auto day = overt::detail::iso::day_ns;
  for (std::int32_t days = 1; days < 100; ++days) {
    auto const kept = overt::consent::kept_until(start, days);
    CHECK(kept <= start + days * day);
    CHECK(kept > start);
    CHECK(kept % day == 0);
    CHECK((days < 14 || kept / day % 7 == 4));
    CHECK(overt::consent::kept_until(start + 3'600'000'000'000, days) == kept); // an hour later, the same
  }
}
