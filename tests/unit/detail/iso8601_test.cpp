#include <overt/detail/iso8601.hpp>

#include <chrono>

#include <overt_test/catch.hpp>

using namespace overt::detail;

namespace {
constexpr std::int64_t s = 1'000'000'000;
static_assert(parse_date_time("1970-01-01T00:00:00Z") == 0);
static_assert(days_of({2000, 3, 1}) == 11017);
std::int64_t at(char const* text) { return parse_date_time(text).value(); }
} // namespace

TEST_CASE("a date-time is read in UTC") {
  CHECK(at("2026-11-22T09:00:10Z") == 1795338010 * s);
  CHECK(at("2026-11-22T09:00:10.25Z") == 1795338010 * s + s / 4);
  CHECK(at("2026-11-22T09:00:10.1234567891Z") == 1795338010 * s + 123'456'789);
  CHECK(at("2026-11-22T10:30:10+01:30") == 1795338010 * s);
  CHECK(at("2026-11-22T07:00:10-02:00") == 1795338010 * s);
  CHECK(at("1969-12-31T23:59:59.5Z") == -s / 2);
  CHECK(at("2024-02-29T00:00:00Z") == 1709164800 * s);
}

TEST_CASE("anything else is not a date-time") {
  for (auto const* text : {"",
                           "2026-11-22",
                           "2026-11-22T09:00:10",
                           "2026-11-22 09:00:10Z",
                           "2026-11-22T09:00:10z",
                           "2026-11-22t09:00:10Z",
                           "2026-02-29T00:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-01-00T00:00:00Z",
                           "2026-01-01T24:00:00Z",
                           "2026-01-01T00:60:00Z",
                           "2026-01-01T00:00:60Z",
                           "2026-01-01T00:00:00.Z",
                           "2026-01-01T00:00:00ZZ",
                           "2026-01-01T00:00:00+1:00",
                           "2026-01-01T00:00:00+24:00",
                           "1500-01-01T00:00:00Z",
                           "9999-01-01T00:00:00Z",
                           "+026-01-01T00:00:00Z",
                           "2026-01-01T00:00:00+0100",
                           "2026-01-01T-1:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date_time(text).has_value());
  }
}

TEST_CASE("days and dates agree with the standard's calendar") {
  for (std::int64_t day = -110'000; day < 110'000; day += 13) {
    std::chrono::year_month_day const known{std::chrono::sys_days{std::chrono::days{day}}};
    auto const date = date_of(day);
    REQUIRE(date.year == static_cast<int>(known.year()));
    REQUIRE(date.month == static_cast<unsigned>(known.month()));
    REQUIRE(date.day == static_cast<unsigned>(known.day()));
    REQUIRE(days_of(date) == day);
  }
}

TEST_CASE("a moment is written to the second and read back") {
  CHECK(format_date_time(0) == "1970-01-01T00:00:00Z");
  CHECK(format_date_time(-1) == "1969-12-31T23:59:59Z");
  for (std::int64_t seconds = -9'000'000'000; seconds < 9'000'000'000; seconds += 12'345'677) {
    REQUIRE(at(format_date_time(seconds * s).c_str()) == seconds * s);
  }
}

TEST_CASE("a period is years, months and days in this order") {
  auto const is = [](char const* text, std::int64_t months, std::int64_t days) {
    auto const period = parse_period(text);
    return period && period->months == months && period->days == days;
  };
  CHECK(is("P6M", 6, 0));
  CHECK(is("P30D", 0, 30));
  CHECK(is("P1Y2M3D", 14, 3));
  CHECK(is("P", 0, 0));
  CHECK(is("P99999999999999999999D", 0, 1'000'000));
  for (auto const* text :
       {"", "6M", "PM", "P6", "P6m", "P3D6M", "P1M1M", "P1W", "PT1H", "P-1D", "P1.5D", "P6M "}) {
    CAPTURE(text);
    CHECK_FALSE(parse_period(text).has_value());
  }
}

TEST_CASE("a period is added on the calendar") {
  CHECK(format_date_time(add_period(at("2026-11-22T09:00:10Z"), {.months = 6})) == "2027-05-22T09:00:10Z");
  CHECK(format_date_time(add_period(at("2026-08-31T00:00:00Z"), {.months = 6})) == "2027-02-28T00:00:00Z");
  CHECK(format_date_time(add_period(at("2027-08-31T00:00:00Z"), {.months = 6})) == "2028-02-29T00:00:00Z");
  CHECK(format_date_time(add_period(at("2026-12-31T23:59:59Z"), {.days = 1})) == "2027-01-01T23:59:59Z");
  CHECK(add_period(at("2026-12-31T23:59:59Z"), {.months = 1'000'000}) == INT64_MAX);
}
