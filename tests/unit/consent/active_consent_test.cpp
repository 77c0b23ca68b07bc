#include <overt/consent/active_consent.hpp>

#include <thread>
#include <type_traits>
#include <vector>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;
using overt::consent_state;
using overt_test::day;
using overt_test::manual_clock;
using overt_test::second;

static_assert(!std::is_default_constructible_v<active_consent>);
static_assert(!std::is_copy_constructible_v<active_consent> && !std::is_copy_assignable_v<active_consent>);
static_assert(std::is_nothrow_move_constructible_v<active_consent>);
static_assert(!std::is_constructible_v<active_consent, receipt>);
static_assert(!std::is_constructible_v<active_consent, receipt, overt::timestamp>);
static_assert(!std::is_trivially_copyable_v<active_consent>);
static_assert(!std::is_aggregate_v<active_consent>);

namespace {
active_consent some_consent(manual_clock const& clock) {
  auto agreed = activate(overt_test::some_terms(), clock, accept_unsigned{});
  REQUIRE(agreed);
  return *std::move(agreed);
}
consent_state state_at(active_consent& consent, manual_clock const& clock) {
  return consent.state(clock.now(), clock.wall_ns());
}
} // namespace

TEST_CASE("a consent holds until it expires, and not again") {
  manual_clock clock;
  auto consent = some_consent(clock);
  CHECK(consent.terms().covers_application("org.gnome.TextEditor"));
  CHECK(state_at(consent, clock) == consent_state::active);
  clock.pass(100 * day - 1);
  CHECK(state_at(consent, clock) == consent_state::active);
  clock.pass(1);
  CHECK(state_at(consent, clock) == consent_state::expired);
  clock.pass(-50 * day);
  CHECK(state_at(consent, clock) == consent_state::expired);
}

TEST_CASE("setting the wall clock back does not make a consent last longer") {
  manual_clock clock;
  auto consent = some_consent(clock);
  clock.pass(99 * day);
  clock.wall -= 90 * day;
  CHECK(state_at(consent, clock) == consent_state::active);
  clock.pass(day);
  CHECK(state_at(consent, clock) == consent_state::expired);
}

TEST_CASE("a wall clock that passes the end, or goes back before the grant, ends it") {
  manual_clock clock;
  auto late = some_consent(clock);
  auto early = some_consent(clock);
  clock.wall += 100 * day; // after a sleep, say, that the monotonic clock did not see
  CHECK(state_at(late, clock) == consent_state::expired);
  clock.wall = overt_test::some_day - day - 1;
  CHECK(state_at(early, clock) == consent_state::expired);
}

TEST_CASE("only a receipt that holds is activated") {
  manual_clock clock;
  auto terms = overt_test::some_terms();
  terms.latest = consent_event::withdrawn;
  CHECK(activate(terms, clock, accept_unsigned{}).error().code == overt::error_code::consent_missing);
  terms = overt_test::some_terms();
  clock.wall = terms.granted_wall_ns - 1;
  CHECK(activate(terms, clock, accept_unsigned{}).error().code == overt::error_code::consent_missing);
  clock.wall = terms.expires_wall_ns;
  CHECK(activate(terms, clock, accept_unsigned{}).error().code == overt::error_code::consent_missing);
  CHECK(activate(receipt{}, manual_clock{}, accept_unsigned{}).error().code ==
        overt::error_code::invalid_input);
}

TEST_CASE("a withdrawal ends it from any thread, wherever the consent went") {
  manual_clock clock;
  auto consent = some_consent(clock);
  auto const withdraw = consent.withdraw_later();
  auto moved = std::move(consent);
  CHECK(state_at(moved, clock) == consent_state::active);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back(withdraw);
  }
  while (state_at(moved, clock) == consent_state::active) {}
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(state_at(moved, clock) == consent_state::withdrawn);
  clock.pass(1000 * day);
  CHECK(state_at(moved, clock) == consent_state::withdrawn);
  CHECK(state_at(consent, clock) != consent_state::active); // NOLINT: that it was moved from is the point
  consent.withdraw();

  auto other = some_consent(manual_clock{});
  other.withdraw();
  CHECK(state_at(other, manual_clock{}) == consent_state::withdrawn);
}

TEST_CASE("a watched file that changes ends it") {
  overt_test::temporary_folder const folder;
  auto const file = folder.path / "policy";
  overt_test::write(file, "one");
  manual_clock const clock;
  auto consent = some_consent(clock);
  auto watch = file_watch::on(file);
  REQUIRE(watch);

  SECTION("for good, as invalidated") {
    consent.watch(*std::move(watch));
    CHECK(state_at(consent, clock) == consent_state::active);
    overt_test::write(file, "two");
    CHECK(state_at(consent, clock) == consent_state::invalidated);
    overt_test::write(file, "one");
    CHECK(state_at(consent, clock) == consent_state::invalidated);
  }
  SECTION("with the meaning of what it says now") {
    consent.watch(*std::move(watch), [](std::string_view content) {
      CHECK(content == "two");
      return consent_state::withdrawn;
    });
    overt_test::write(file, "two");
    CHECK(state_at(consent, clock) == consent_state::withdrawn);
  }
  SECTION("even when its reader sees no harm") {
    consent.watch(*std::move(watch), [](std::string_view) { return consent_state::active; });
    overt_test::write(file, "two");
    CHECK(state_at(consent, clock) == consent_state::invalidated);
  }
}
