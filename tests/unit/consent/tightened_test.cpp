#include <overt/consent/tightened.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <overt/consent/receipt_changes.hpp>

#include <overt_test/catch.hpp>
#include <overt_test/consent_sample.hpp>

using namespace overt::consent;

namespace {
using random_source = std::mt19937_64;

receipt any_receipt(random_source& from) {
  auto made = overt_test::some_terms();
  made.grants = static_cast<grants>(from() % 1024);
  made.never = static_cast<never>(from() % 256);
  made.screenshots = static_cast<screenshot_mode>(from() % 3);
  made.keystroke_timing = static_cast<key_timing>(from() % 5);
  made.pointer_max_hz = static_cast<std::uint32_t>(from() % 2000);
  made.pointer_grid_px = static_cast<std::uint32_t>(from() % 100);
  made.retention_days = static_cast<std::int32_t>(1 + from() % 800);
  made.expires_wall_ns = made.granted_wall_ns + static_cast<std::int64_t>(1 + from() % 365) * overt_test::day;
  made.preset = static_cast<jurisdiction_preset>(from() % 9);
  made.purposes.clear();
  for (unsigned i = 0; i < 4; ++i) {
    if (from() % 2 == 0) {
      made.purposes.push_back(static_cast<purpose>(i));
    }
  }
  made.apps.assign(from() % 4, "app");
  made.sites.assign(from() % 4, "https://a.example");
  made.recipients.assign(from() % 3, {"them", {}});
  made.storage = {from() % 2 == 0 ? "local:device" : "remote:there"};
  return made;
}
} // namespace

TEST_CASE("G12: a preset and the base are never looser than the base, in any field") {
  random_source from{12};
  for (int round = 0; round < 20'000; ++round) {
    auto const base = any_receipt(from);
    auto const rules = rules_of(static_cast<jurisdiction_preset>(from() % 9));
    auto const under = tightened(base, rules);
    for (auto const& change : changes_between(base, under)) {
      REQUIRE(change.way == direction::tighter);
    }
    // Field by field, so that it does not hang on the comparison.
    REQUIRE((under.grants & base.grants) == under.grants);
    REQUIRE((under.grants & rules.denied) == grants::none);
    REQUIRE(under.retention_days <= std::min(base.retention_days, rules.retention_days));
    REQUIRE(detail::extent_of(under.screenshots) <= detail::extent_of(base.screenshots));
    REQUIRE(detail::fineness_of(under.keystroke_timing) <= detail::fineness_of(base.keystroke_timing));
    REQUIRE((under.denied_by_preset & base.grants) == under.denied_by_preset);
    auto rest = under; // and what is left is as it was
    rest.grants = base.grants;
    rest.retention_days = base.retention_days;
    rest.screenshots = base.screenshots;
    rest.keystroke_timing = base.keystroke_timing;
    rest.denied_by_preset = base.denied_by_preset;
    REQUIRE(rest == base);
    auto const again = tightened(under, rules);
    REQUIRE(again == under);
  }
}

TEST_CASE("G12: of two presets, one after the other, the order does not matter for what is left") {
  random_source from{13};
  for (int round = 0; round < 5'000; ++round) {
    auto const base = any_receipt(from);
    auto const one = rules_of(static_cast<jurisdiction_preset>(from() % 9));
    auto const other = rules_of(static_cast<jurisdiction_preset>(from() % 9));
    auto a = tightened(tightened(base, one), other);
    auto const b = tightened(tightened(base, other), one);
    a.denied_by_preset = b.denied_by_preset;
    REQUIRE(a == b);
  }
}

TEST_CASE("pictures need their grant and their mode") {
  auto terms = overt_test::some_terms();
  terms.grants = grants::screenshot;
  CHECK(tightened(terms, {}).grants == grants::none);
  terms.grants = grants::none;
  terms.screenshots = screenshot_mode::allowlisted_window_masked;
  CHECK(tightened(terms, {}).screenshots == screenshot_mode::none);
}
