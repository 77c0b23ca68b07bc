#include <overt/trace/may_be_read.hpp>

#include <overt/consent/kept_until.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using overt::consent::purpose;
using overt::trace::may_be_read;
using overt_test::day;

TEST_CASE("G8: nobody reads a trace after its time, whether or not anything removed it", "[trace]") {
  overt_test::manual_clock clock;
  overt::session_info session;
  session.kept_until_wall_ns = overt::consent::kept_until(clock.wall_ns(), 3);
  CHECK(may_be_read(session, clock.wall_ns()));
  clock.pass(3 * day - 1);
  CHECK(may_be_read(session, clock.wall_ns()));
  clock.pass(1);
  auto const refused = may_be_read(session, clock.wall_ns());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::consent_missing);
  clock.pass(1000 * day);
  CHECK_FALSE(may_be_read(session, clock.wall_ns()));
  CHECK(may_be_read({}, clock.wall_ns())); // of an earlier version
}

TEST_CASE("a trace is read for a purpose that was agreed to, and no other", "[trace]") {
  overt_test::manual_clock clock;
  overt::session_info session;
  session.purposes = {purpose::train_computer_use_model};
  CHECK(may_be_read(session, purpose::train_computer_use_model, clock.wall_ns()));
  auto const refused = may_be_read(session, purpose::academic_research, clock.wall_ns());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == overt::error_code::consent_mismatch);
  CHECK_FALSE(may_be_read({}, purpose::academic_research, clock.wall_ns()));
  session.kept_until_wall_ns = clock.wall_ns();
  CHECK_FALSE(may_be_read(session, purpose::train_computer_use_model, clock.wall_ns()));
}

TEST_CASE("G4: a trace of a consent that was withdrawn is read for nothing", "[trace]") {
  overt_test::manual_clock clock;
  auto agreed = overt_test::some_terms();
  CHECK(may_be_read(agreed, purpose::train_computer_use_model, {}, clock.wall_ns()));
  CHECK_FALSE(may_be_read(agreed, purpose::academic_research, {}, clock.wall_ns()));
  agreed.latest = overt::consent::consent_event::withdrawn;
  CHECK_FALSE(may_be_read(agreed, purpose::train_computer_use_model, {}, clock.wall_ns()));
}
