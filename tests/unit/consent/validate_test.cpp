#include <overt/consent/validate.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;
using overt_test::day;
using overt_test::some_day;

namespace {
template <class Change>
bool valid_after(Change change) {
  auto terms = overt_test::some_terms();
  change(terms);
  auto const outcome = validate(terms);
  if (!outcome) {
    CHECK(outcome.error().code == overt::error_code::invalid_input);
    CHECK(outcome.error().message.find("0123456789abcdef") == std::string::npos);
  }
  return outcome.has_value();
}
} // namespace

TEST_CASE("a receipt filled in by hand keeps the rules of a record") {
  CHECK(valid_after([](receipt&) {}));
  CHECK_FALSE(valid_after([](receipt& t) { t = {}; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.principal = "jane@example.org"; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.principal += "0"; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.purposes.clear(); }));
  CHECK_FALSE(valid_after([](receipt& t) { t.policy_digest.clear(); }));
  CHECK_FALSE(valid_after([](receipt& t) { t.retention_days = 0; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.never = never::audio; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.grants = grants::key_raw; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.grants = grants::raw_timing; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.keystroke_timing = key_timing::raw; }));
  CHECK(valid_after([](receipt& t) { t.pointer_max_hz = 10; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.pointer_max_hz = 11; }));
  CHECK(valid_after([](receipt& t) {
    t.pointer_max_hz = 11;
    t.preset = jurisdiction_preset::research_irb;
  }));
  CHECK_FALSE(valid_after([](receipt& t) { t.expires_wall_ns = t.granted_wall_ns; }));
  CHECK(valid_after([](receipt& t) { t.expires_wall_ns = t.granted_wall_ns + 365 * day; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.expires_wall_ns = t.granted_wall_ns + 367 * day; }));
  CHECK_FALSE(valid_after([](receipt& t) { t.expires_wall_ns = INT64_MAX; }));
}

TEST_CASE("whether a consent holds at a time") {
  auto terms = overt_test::some_terms();
  CHECK(holds_at(terms, some_day));
  CHECK(holds_at(terms, terms.granted_wall_ns));
  CHECK_FALSE(holds_at(terms, terms.granted_wall_ns - 1));
  CHECK(holds_at(terms, terms.expires_wall_ns - 1));
  CHECK_FALSE(holds_at(terms, terms.expires_wall_ns));
  CHECK(holds_at(terms, terms.granted_wall_ns - 1).error().message.find("future") != std::string::npos);
  for (auto const state : {consent_event::requested, consent_event::refused, consent_event::withdrawn,
                           consent_event::expired, consent_event::invalidated}) {
    terms.latest = state;
    auto const held = holds_at(terms, some_day);
    REQUIRE_FALSE(held);
    CHECK(held.error().code == overt::error_code::consent_missing);
  }
  terms.latest = consent_event::renewed;
  CHECK(holds_at(terms, some_day));
}
