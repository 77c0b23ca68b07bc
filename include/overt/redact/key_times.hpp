#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <tuple>

#include <overt/consent/terms.hpp>
#include <overt/redact/chain.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// Takes what a policy says about times: `key_times()`, or a grid alone. One that is switched off says
/// nothing.
template <class Policy>
void take_key_times(consent::key_timing& how, Policy const& policy) {
  if constexpr (requires {
                  { policy.key_times() } -> std::convertible_to<std::optional<consent::key_timing>>;
                }) {
    how = std::optional<consent::key_timing>{policy.key_times()}.value_or(how);
  } else if constexpr (requires {
                         { policy.time_grid_ns() } -> std::same_as<std::int64_t>;
                       }) {
    auto const grid = policy.time_grid_ns();
    if (grid >= 0) {
      how = grid == 0                     ? consent::key_timing::raw
            : grid < default_time_grid_ns ? consent::key_timing::segment_1s
                                          : consent::key_timing::segment_5s;
    }
  }
}

} // namespace detail

/// The form of the times that a chain writes: that of the last policy that has one. For those with a grid,
/// `time_grid_of` says which.
template <class... Policies>
[[nodiscard]] consent::key_timing key_times_of(chain<Policies...> const& policies) {
  auto how = consent::key_timing::segment_5s;
  std::apply([&](auto const&... policy) { (detail::take_key_times(how, policy), ...); }, policies.policies);
  return how;
}

} // namespace overt::inline v0::redact
