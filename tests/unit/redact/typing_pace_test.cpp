#include <overt/redact/typing_pace.hpp>

#include <cstdint>

#include <overt_test/catch.hpp>

namespace {

constexpr std::int64_t ms = 1'000'000;

/// How long `keys` keys of `each` take on the clock.
std::int64_t took(int keys, std::int64_t each) {
  overt::redact::typing_pace pace;
  overt::timestamp now{1'000'000'000};
  pace.passed(now);
  auto const begin = pace.of(now);
  for (int i = 0; i < keys; ++i) {
    now = now + each;
    pace.typed(now, true);
  }
  return pace.of(now) - begin;
}

} // namespace

TEST_CASE("L13 how long a text took depends on its length alone", "[redact][times][leak]") {
  CHECK(took(100, 80 * ms) == took(100, 400 * ms));
  CHECK(took(100, 80 * ms) == 100 * overt::redact::typing_pace::usual_ns);
  CHECK(took(200, 80 * ms) > took(100, 80 * ms));
}

TEST_CASE("between other things time passes as it did", "[redact][times]") {
  overt::redact::typing_pace pace;
  CHECK(pace.of({5}) == overt::timestamp{5});
  pace.passed({1'000 * ms});
  pace.typed({1'100 * ms}, true);
  auto const typed = pace.of({1'100 * ms});
  CHECK(pace.of({9'100 * ms}) - typed == 8'000 * ms);
  CHECK(pace.of({2'000 * ms}) == pace.of({9'100 * ms})); // it never goes back
}

TEST_CASE("a long pause is no typing, and corrections take no time", "[redact][times]") {
  overt::redact::typing_pace pace;
  pace.passed({});
  pace.typed({700'000 * ms}, true);
  CHECK(pace.of({700'000 * ms}) == overt::timestamp{700'000 * ms});
  pace.typed({700'500 * ms}, false);
  CHECK(pace.of({700'500 * ms}) == overt::timestamp{700'000 * ms});
}

TEST_CASE("earlier moments are found again", "[redact][times]") {
  overt::redact::typing_pace pace;
  overt::timestamp now{};
  pace.passed(now);
  for (int i = 0; i < 100; ++i) {
    now = now + 1'000 * ms;
    pace.typed(now, true);
  }
  auto const was = pace.was({50'000 * ms});
  CHECK(was <= overt::timestamp{50 * overt::redact::typing_pace::usual_ns});
  CHECK(was >= overt::timestamp{45 * overt::redact::typing_pace::usual_ns});
}
