#include <overt/redact/policy_changes.hpp>

#include <string>

#include <overt/redact/agreement.hpp>
#include <overt/redact/file_chain.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/policy_samples.hpp>
#include <overt_test/session.hpp>

namespace {

namespace redact = overt::redact;
using overt::consent::grants;

constexpr std::size_t samples = 400;

/// A receipt that agrees to exactly this chain, as fine as it is.
overt::consent::receipt agreed_to(redact::file_chain const& policies) {
  auto terms = overt_test::receipt_for(policies, {});
  auto const limits = redact::pointer_limits_of(policies);
  terms.pointer_max_hz = limits.max_hz == redact::pointer_limits::every_move ? 1000 : limits.max_hz;
  terms.pointer_grid_px = limits.grid_px;
  return terms;
}

/// Whether a receipt would do for a chain, were its digest the right one.
bool does_for(overt::consent::receipt terms, redact::file_chain const& policies) {
  terms.policy_digest = redact::digest_of(policies);
  return bool{redact::check_agreement(policies, terms)};
}

} // namespace

TEST_CASE("G12 tightening needs no more of a receipt, whatever the policy",
          "[redact][policy_changes][property]") {
  overt_test::random random{41};
  std::size_t tried = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    auto const all = overt_test::any_settings(random);
    auto const before = redact::chain_from(all);
    auto const terms = agreed_to(before);
    REQUIRE(does_for(terms, before));
    for (std::size_t way = 0; way < overt_test::ways_to_tighten; ++way) {
      auto stricter = all;
      if (!overt_test::tighten(stricter, way)) {
        continue;
      }
      CAPTURE(i, way);
      ++tried;
      auto const after = redact::chain_from(stricter);
      CHECK(without(redact::needs_of(after), redact::needs_of(before)) == grants::none);
      CHECK(does_for(terms, after));
      for (auto const& change : redact::changes_between(all, stricter)) {
        CAPTURE(change.member);
        CHECK_FALSE(change.looser);
        CHECK(change.needs == grants::none);
      }
      CHECK_FALSE(redact::changes_between(all, stricter).empty());
      bool const nothing_looks = !all.verify && all.text != redact::typing_detail::cleared;
      if (way < 16 || !nothing_looks) { // detectors, where none looks, are no difference
        CHECK(redact::digest_of(after) != redact::digest_of(before));
      }
    }
  }
  CHECK(tried > samples * 4);
}

TEST_CASE("every loosening needs what it says, and a receipt without that is refused",
          "[redact][policy_changes][property]") {
  overt_test::random random{42};
  std::size_t loosenings = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    auto const looser = overt_test::any_settings(random);
    for (std::size_t way = 0; way < overt_test::ways_to_tighten; ++way) {
      auto stricter = looser;
      if (!overt_test::tighten(stricter, way)) {
        continue;
      }
      auto const chain = redact::chain_from(looser);
      for (auto const& change : redact::changes_between(stricter, looser)) {
        CAPTURE(i, way, change.member);
        CHECK(change.looser);
        CHECK(has_all(redact::needs_of(chain), change.needs));
        ++loosenings;
        for (unsigned bit = 0; bit < 10; ++bit) {
          auto const one = static_cast<grants>(1u << bit);
          if (!has_all(change.needs, one)) {
            continue;
          }
          auto terms = agreed_to(chain);
          terms.grants = without(terms.grants, one);
          auto const refused = redact::check_agreement(chain, terms);
          REQUIRE_FALSE(refused);
          CHECK(
              (refused.error().message.find(list_of(one)) != std::string::npos || one == grants::raw_timing));
        }
      }
    }
  }
  CHECK(loosenings > samples * 4);
}

TEST_CASE("each loosening of strict by name", "[redact][policy_changes]") {
  auto const strict = redact::settings_of(redact::policy_preset::strict, {"editor"});
  auto const needs_after = [&](auto&& change) {
    auto looser = strict;
    change(looser);
    auto const changes = redact::changes_between(strict, looser);
    REQUIRE_FALSE(changes.empty());
    for (auto const& one : changes) {
      CHECK(one.looser);
    }
    return redact::needs_of(redact::chain_from(looser));
  };
  using redact::policy_settings;
  CHECK(has_all(needs_after([](policy_settings& to) { to.text = redact::typing_detail::cleared; }),
                grants::key_semantic));
  CHECK(has_all(needs_after([](policy_settings& to) { to.text = redact::typing_detail::raw; }),
                grants::key_raw));
  CHECK(has_all(needs_after([](policy_settings& to) { to.unobserved = redact::unobserved_fields::accept; }),
                grants::key_raw));
  CHECK(has_all(needs_after([](policy_settings& to) { to.verify = false; }), grants::key_raw));
  CHECK(has_all(needs_after([](policy_settings& to) { to.detectors.threshold_percent = 60; }),
                grants::key_raw));
  CHECK(has_all(needs_after([](policy_settings& to) {
                  to.detectors.types &= ~(1u << static_cast<unsigned>(overt::detect::entity::phone));
                }),
                grants::key_raw));
  CHECK(has_all(needs_after([](policy_settings& to) { to.names = redact::names_detail::raw; }),
                grants::ui_element));
  CHECK(has_all(needs_after([](policy_settings& to) { to.pointer = redact::pointer_detail::paths; }),
                grants::pointer_path));
  CHECK(has_all(needs_after([](policy_settings& to) { to.pages = redact::pages_detail::raw; }),
                grants::key_raw | grants::window_focus));
  CHECK(has_all(needs_after([](policy_settings& to) { to.times = overt::consent::key_timing::raw; }),
                grants::raw_timing));
}

TEST_CASE("presets are in order: strict, balanced, research", "[redact][policy_changes]") {
  auto const strict = redact::settings_of(redact::policy_preset::strict);
  auto const balanced = redact::settings_of(redact::policy_preset::balanced);
  auto const research = redact::settings_of(redact::policy_preset::research);
  for (auto const& change : redact::changes_between(strict, balanced)) {
    CHECK(change.looser);
  }
  for (auto const& change : redact::changes_between(balanced, research)) {
    CHECK(change.looser);
  }
  CHECK(redact::changes_between(balanced, balanced).empty());
}
