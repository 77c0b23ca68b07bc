#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>

#include <overt/consent/grants.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/key_times.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/pointer_limits.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// How fine the times in a trace may be at most; 0 is exact, and the largest number there is means that there
/// are none. Resampled times tell in which segment of five seconds something was, and nothing else that is
/// true.
[[nodiscard]] inline std::int64_t finest_grid_ns(consent::receipt const& terms) {
  if (has_all(terms.grants, consent::grants::raw_timing)) {
    return 0;
  }
  switch (terms.keystroke_timing) {
  case consent::key_timing::none: return (std::numeric_limits<std::int64_t>::max)();
  case consent::key_timing::segment_1s: return 1'000'000'000;
  case consent::key_timing::resampled:
  case consent::key_timing::segment_5s:
  case consent::key_timing::raw: break; // exact ones are a grant, which was taken away
  }
  return default_time_grid_ns;
}

/// Times as a message says them.
[[nodiscard]] inline std::string times_in_words(consent::key_timing how, std::int64_t grid_ns) {
  bool const named = how == consent::key_timing::resampled || grid_ns == 0 || grid_ns == 1'000'000'000 ||
                     grid_ns == default_time_grid_ns;
  return named ? '"' + std::string{name_of(how)} + '"'
               : "a grid of " + std::to_string(grid_ns / 1'000'000) + " ms";
}

/// A receipt that allows this many moves a second allows all that a usual mouse makes.
inline constexpr std::uint32_t every_move_hz = 1000;

/// Why the pointer's path is more than was agreed to; nothing when it is not.
[[nodiscard]] inline std::string too_much_pointer(pointer_limits const& limits,
                                                  consent::receipt const& terms) {
  auto const allowed =
      terms.pointer_max_hz >= every_move_hz ? pointer_limits::every_move : terms.pointer_max_hz;
  if (limits.max_hz > allowed) {
    auto const moves = limits.max_hz == pointer_limits::every_move
                           ? std::string{"every move of the pointer"}
                           : std::to_string(limits.max_hz) + " moves of the pointer a second";
    return "the policy writes " + moves + ", and the receipt allows " + std::to_string(allowed) +
           " a second (pointer_max_hz).";
  }
  // 0 and 1 both are exact.
  if (limits.max_hz != 0 && std::max(limits.grid_px, 1u) < std::max(terms.pointer_grid_px, 1u)) {
    return "the policy writes where the pointer is on a grid of " +
           std::to_string(std::max(limits.grid_px, 1u)) + " pixels, and the receipt allows one of " +
           std::to_string(terms.pointer_grid_px) + " or coarser (pointer_grid_px).";
  }
  return {};
}

} // namespace detail

/// Whether a chain is what the person agreed to: the digest is the receipt's, the scope names nothing that
/// the receipt does not, every kind of disclosure was granted, and times and the pointer's path are no finer
/// than was agreed. The error says which of these is not so.
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
  auto const how = key_times_of(policies);
  auto const grid = time_grid_of(policies);
  if (how != consent::key_timing::none && grid < detail::finest_grid_ns(terms)) {
    return refuse(
        "the policy keeps times finer than the receipt allows: " + detail::times_in_words(how, grid) +
        ", and the receipt's keystroke_timing is \"" + std::string{name_of(terms.keystroke_timing)} +
        "\". Use a coarser policy, or ask for a new consent.");
  }
  if (auto const why = detail::too_much_pointer(pointer_limits_of(policies), terms); !why.empty()) {
    return refuse(why + " Use a stricter policy, or ask for a new consent.");
  }
  if (auto const digest = digest_of(policies, indicator); digest != terms.policy_digest) {
    return refuse("the policy is not the one that was agreed to: its digest is " + digest +
                  ", the receipt names " + terms.policy_digest +
                  ". Use the agreed policy, or ask for a new consent.");
  }
  return {};
}

} // namespace overt::inline v0::redact
