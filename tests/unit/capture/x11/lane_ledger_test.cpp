#include <overt/capture/x11/lane_ledger.hpp>

#include <utility>
#include <vector>

#include <overt_test/catch.hpp>

using overt::context;
using overt::context_ptr;
using overt::timestamp;
using overt::capture::x11::lane_ledger;

namespace {
struct answers {
  std::vector<std::pair<std::int64_t, context_ptr>> given{};
  void operator()(timestamp time, context_ptr where) { given.emplace_back(time.ns, std::move(where)); }
};
constexpr std::int64_t ms = 1'000'000;
} // namespace

TEST_CASE("each stretch is answered for its own time") {
  context_ptr const a{context{}};
  context_ptr const b{context{}};
  context_ptr const c{context{}};
  lane_ledger ledger;
  CHECK_FALSE(ledger.waiting());
  CHECK(ledger.note(a, timestamp{10 * ms}) == timestamp{10 * ms});
  CHECK(ledger.note(a, timestamp{20 * ms}) == timestamp{20 * ms});
  CHECK(ledger.note(b, timestamp{30 * ms}) == timestamp{30 * ms});
  CHECK(ledger.waiting());
  answers all;
  ledger.confirm(c, timestamp{40 * ms}, [&](auto time, auto where) { all(time, std::move(where)); });
  REQUIRE(all.given.size() == 3);
  CHECK(all.given[0] == std::pair{20 * ms, a});
  CHECK(all.given[1] == std::pair{30 * ms, b});
  CHECK(all.given[2] == std::pair{40 * ms, c});
  CHECK_FALSE(ledger.waiting());
}

TEST_CASE("a question that was sent before the input does not answer for later") {
  context_ptr const a{context{}};
  lane_ledger ledger;
  auto const time = ledger.note(a, timestamp{20 * ms});
  answers all;
  ledger.confirm(a, timestamp{15 * ms}, [&](auto when, auto where) { all(when, std::move(where)); });
  REQUIRE(all.given.size() == 1);
  CHECK(all.given[0] == std::pair{time.ns, a});
}

TEST_CASE("stretches within one tick of the clock stay apart") {
  context_ptr const a{context{}};
  context_ptr const b{context{}};
  lane_ledger ledger;
  answers all;
  auto const answer = [&](auto when, auto where) { all(when, std::move(where)); };
  CHECK(ledger.note(a, timestamp{20 * ms}).ns == 20 * ms);
  CHECK(ledger.note(b, timestamp{20 * ms}).ns == 20 * ms + 1);
  CHECK(ledger.note(b, timestamp{20 * ms}).ns == 20 * ms + 1);
  ledger.confirm(b, timestamp{0}, answer);
  CHECK(ledger.note(a, timestamp{20 * ms}).ns == 20 * ms + 2); // also after an answer
  CHECK(ledger.note(a, timestamp{21 * ms}).ns == 21 * ms);
  CHECK(ledger.note(b, timestamp{5 * ms}).ns == 5 * ms); // late by more than a tick: that is its time
}

TEST_CASE("a reply that does not fit confirms nothing") {
  context_ptr const a{context{}};
  lane_ledger ledger;
  auto const time = ledger.note(a, timestamp{50 * ms});
  answers all;
  ledger.refuse(timestamp{40 * ms}, [&](auto when, auto where) { all(when, std::move(where)); });
  REQUIRE(all.given.size() == 1);
  CHECK(all.given[0].first == time.ns);
  CHECK_FALSE(all.given[0].second);
}

TEST_CASE("answers never go back in time") {
  context_ptr const a{context{}};
  lane_ledger ledger;
  std::int64_t last = 0;
  auto const answer = [&](timestamp when, context_ptr const&) {
    CHECK(when.ns >= last);
    last = when.ns;
  };
  for (std::int64_t const time : {50, 20, 60, 10, 70}) {
    CHECK(ledger.note(time % 20 == 0 ? a : context_ptr{}, timestamp{time * ms}).ns >= time * ms);
    ledger.confirm(a, timestamp{(time - 5) * ms}, answer);
  }
}

TEST_CASE("more stretches than fit lose the oldest answer, and only that") {
  lane_ledger ledger;
  std::vector<context_ptr> places;
  for (int i = 0; i < 20; ++i) {
    places.emplace_back(context{});
    CHECK(ledger.note(places.back(), timestamp{i * ms}).ns == i * ms);
  }
  answers all;
  ledger.confirm(places.back(), timestamp{}, [&](auto when, auto where) { all(when, std::move(where)); });
  REQUIRE(all.given.size() == 16);
  CHECK(all.given.front() == std::pair{4 * ms, places[4]});
  CHECK(all.given.back() == std::pair{19 * ms, places[19]});
}
