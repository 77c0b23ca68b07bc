#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include <overt/consent/grants.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/only.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// How fine the times in a trace may be at most; 0 is exact.
[[nodiscard]] inline std::int64_t finest_grid_ns(consent::receipt const& terms) {
  if (has_all(terms.grants, consent::grants::raw_timing)) {
    return 0;
  }
  return terms.keystroke_timing == consent::key_timing::segment_1s ? 1'000'000'000 : default_time_grid_ns;
}

/// A receipt that allows this many moves a second allows all that a usual mouse makes. Policies that thin
/// paths to fewer are still to come; until then fewer means none.
inline constexpr std::uint32_t every_move_hz = 1000;

} // namespace detail

/// Whether a chain is what the person agreed to: the digest is the receipt's, the scope names nothing that
/// the receipt does not, every kind of disclosure was granted, and times are no finer than was agreed. The
/// error says which of these is not so.
template <policy_chain Chain>
[[nodiscard]] result<void> check_agreement(Chain const& policies, consent::receipt const& terms,
                                           std::string_view indicator = {}) {
  auto const refuse = [](std::string message) {
    return failure{error_code::consent_mismatch, std::move(message) + " Nothing was recorded."};
  };
  auto const& scope = std::get<only>(policies.policies);
  for (auto const& application : scope.applications) {
    if (!terms.covers_application(application)) {
      return refuse(
          "the policy records the application \"" + application +
          "\", which the receipt does not name. Take it out of the policy, or ask for a new consent.");
    }
  }
  for (auto const& origin : scope.origins) {
    if (!terms.covers_site(origin)) {
      return refuse(
          "the policy records the site \"" + origin +
          "\", which the receipt does not name. Take it out of the policy, or ask for a new consent.");
    }
  }
  auto const missing = without(needs_of(policies), terms.grants);
  if (missing != consent::grants{}) {
    auto const by_preset = missing & terms.denied_by_preset;
    auto const why = by_preset == consent::grants{} ? std::string{}
                                                    : " (the preset \"" + std::string{name_of(terms.preset)} +
                                                          "\" took away " + consent::list_of(by_preset) + ")";
    return refuse("the policy discloses what the receipt does not grant: " + consent::list_of(missing) + why +
                  ". Use a stricter policy, or ask for a new consent.");
  }
  if (time_grid_of(policies) < detail::finest_grid_ns(terms)) {
    return refuse(
        "the policy keeps times finer than the receipt allows. Use a coarser policy, or ask for a new "
        "consent.");
  }
  if (has_all(needs_of(policies), consent::grants::pointer_path) &&
      terms.pointer_max_hz < detail::every_move_hz) {
    return refuse("the policy writes every move of the pointer, and the receipt allows " +
                  std::to_string(terms.pointer_max_hz) +
                  " a second. Use a stricter policy, or ask for a new consent.");
  }
  if (auto const digest = digest_of(policies, indicator); digest != terms.policy_digest) {
    return refuse("the policy is not the one that was agreed to: its digest is " + digest +
                  ", the receipt names " + terms.policy_digest +
                  ". Use the agreed policy, or ask for a new consent.");
  }
  return {};
}

} // namespace overt::inline v0::redact
