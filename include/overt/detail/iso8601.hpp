#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace overt::inline v0::detail {

/// A date of the Gregorian calendar, in UTC.
struct civil_date {
  std::int64_t year = 1970;
  std::int64_t month = 1; ///< 1 to 12
  std::int64_t day = 1;
};

/// Days since 1970-01-01 and back, by eras of 400 years that begin on 1 March (so that a leap day is the last
/// day of its year); after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
[[nodiscard]] constexpr std::int64_t days_of(civil_date date) noexcept {
  auto const year = date.year - (date.month <= 2 ? 1 : 0);
  auto const era = (year >= 0 ? year : year - 399) / 400;
  auto const year_of_era = year - era * 400;
  auto const day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

[[nodiscard]] constexpr civil_date date_of(std::int64_t days) noexcept {
  days += 719468;
  auto const era = (days >= 0 ? days : days - 146096) / 146097;
  auto const day_of_era = days - era * 146097;
  auto const year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  auto const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  auto const shifted = (5 * day_of_year + 2) / 153;
  auto const month = shifted + (shifted < 10 ? 3 : -9);
  return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
          .month = month,
          .day = day_of_year - (153 * shifted + 2) / 5 + 1};
}

[[nodiscard]] constexpr std::int64_t days_in_month(std::int64_t year, std::int64_t month) noexcept {
  return days_of({month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1}) - days_of({year, month, 1});
}

/// Months and days, as in "P6M" or "P1Y2M3D" (years become months). Saturates at a million of each.
struct calendar_period {
  std::int64_t months = 0;
  std::int64_t days = 0;
};

namespace iso {
inline constexpr std::int64_t second_ns = 1'000'000'000;
inline constexpr std::int64_t day_ns = 86'400 * second_ns;

/// Exactly `count` digits at `text[at]`, or -1.
[[nodiscard]] constexpr std::int64_t digits(std::string_view text, std::size_t at,
                                            std::size_t count) noexcept {
  if (text.size() < at + count) {
    return -1;
  }
  std::int64_t value = 0;
  for (auto const digit : text.substr(at, count)) {
    if (digit < '0' || digit > '9') {
      return -1;
    }
    value = value * 10 + (digit - '0');
  }
  return value;
}
} // namespace iso

/// An RFC 3339 date-time ("2026-11-22T09:00:10Z", "…:10.25+01:00") as nanoseconds since 1970-01-01 UTC.
/// Nothing for any other form, for days that do not exist, for leap seconds and for years outside 1678–2261.
[[nodiscard]] constexpr std::optional<std::int64_t> parse_date_time(std::string_view text) noexcept {
  auto const year = iso::digits(text, 0, 4);
  auto const month = iso::digits(text, 5, 2);
  auto const day = iso::digits(text, 8, 2);
  auto const hour = iso::digits(text, 11, 2);
  auto const minute = iso::digits(text, 14, 2);
  auto const second = iso::digits(text, 17, 2);
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || year < 1678 || year > 2261 || month < 1 || month > 12 || day < 1 ||
      day > days_in_month(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 59) {
    return std::nullopt;
  }
  auto rest = text.substr(19);
  std::int64_t fraction = 0;
  if (rest.front() == '.') {
    std::size_t used = 1;
    for (auto scale = iso::second_ns / 10; used < rest.size() && iso::digits(rest, used, 1) >= 0; ++used) {
      fraction += iso::digits(rest, used, 1) * scale;
      scale /= 10;
    }
    if (used == 1) {
      return std::nullopt;
    }
    rest.remove_prefix(used);
  }
  std::int64_t offset = 0;
  if (rest != "Z") {
    auto const hours = iso::digits(rest, 1, 2);
    auto const minutes = iso::digits(rest, 4, 2);
    if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':' || hours < 0 || hours > 23 ||
        minutes < 0 || minutes > 59) {
      return std::nullopt;
    }
    offset = (rest[0] == '-' ? -60 : 60) * (hours * 60 + minutes);
  }
  auto const seconds = days_of({year, month, day}) * 86'400 + hour * 3600 + minute * 60 + second - offset;
  return seconds * iso::second_ns + fraction;
}

/// The moment in UTC, to the second: "2026-11-22T09:00:10Z".
[[nodiscard]] inline std::string format_date_time(std::int64_t wall_ns) {
  auto days = wall_ns / iso::day_ns;
  auto in_day = wall_ns % iso::day_ns;
  if (in_day < 0) {
    in_day += iso::day_ns;
    --days;
  }
  auto const seconds = in_day / iso::second_ns;
  auto const date = date_of(days);
  std::string text;
  auto const put = [&](std::int64_t value, std::int64_t scale, char after) {
    for (; scale > 0; scale /= 10) {
      text += static_cast<char>('0' + value / scale % 10);
    }
    text += after;
  };
  put(date.year, 1000, '-');
  put(date.month, 10, '-');
  put(date.day, 10, 'T');
  put(seconds / 3600, 10, ':');
  put(seconds / 60 % 60, 10, ':');
  put(seconds % 60, 10, 'Z');
  return text;
}

/// A duration in years, months and days, in this order, each at most once: "P6M", "P30D", "P1Y6M". Nothing
/// for any other form; "P" alone is a period of nothing.
[[nodiscard]] constexpr std::optional<calendar_period> parse_period(std::string_view text) noexcept {
  constexpr std::int64_t most = 1'000'000;
  if (!text.starts_with('P')) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  calendar_period period;
  for (std::string_view units = "YMD"; !text.empty();) {
    std::int64_t value = 0;
    std::size_t used = 0;
    for (; iso::digits(text, used, 1) >= 0; ++used) {
      value = value * 10 + iso::digits(text, used, 1);
      value = value < most ? value : most;
    }
    auto const unit = used == 0 || used == text.size() ? std::string_view::npos : units.find(text[used]);
    if (unit == std::string_view::npos) {
      return std::nullopt;
    }
    switch (units[unit]) {
    case 'Y': period.months += value * 12; break;
    case 'M': period.months += value; break;
    default: period.days += value;
    }
    units.remove_prefix(unit + 1);
    text.remove_prefix(used + 1);
  }
  period.months = period.months < most ? period.months : most;
  return period;
}

/// `wall_ns` and a period later, on the calendar: the same time of day, in a month that is too short its last
/// day. The largest moment there is when it would be after that.
[[nodiscard]] constexpr std::int64_t add_period(std::int64_t wall_ns, calendar_period period) noexcept {
  auto days = wall_ns / iso::day_ns;
  auto in_day = wall_ns % iso::day_ns;
  if (in_day < 0) {
    in_day += iso::day_ns;
    --days;
  }
  auto date = date_of(days);
  auto const months = date.month - 1 + period.months;
  date.year += months / 12;
  date.month = months % 12 + 1;
  auto const last = days_in_month(date.year, date.month);
  date.day = date.day < last ? date.day : last;
  days = days_of(date) + period.days;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return days >= most / iso::day_ns ? most : days * iso::day_ns + in_day;
}

} // namespace overt::inline v0::detail
