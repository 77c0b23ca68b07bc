#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <tuple>

#include <overt/consent/grants.hpp>
#include <overt/redact/chain.hpp>

namespace overt::inline v0::redact {

/// How much of the pointer's path a chain lets out at most, for comparing with a receipt.
struct pointer_limits {
  std::uint32_t max_hz = 0; ///< moves a second; the largest number there is means every move
  std::uint32_t grid_px = (std::numeric_limits<std::uint32_t>::max)(); ///< 0 or 1 is exact

  static constexpr std::uint32_t every_move = (std::numeric_limits<std::uint32_t>::max)();
};

namespace detail {

template <class Policy>
void widen(pointer_limits& limits, Policy const& policy) {
  if (!has_all(needs_of_one(policy), consent::grants::pointer_path)) {
    return;
  }
  if constexpr (requires {
                  { policy.pointer_max_hz() } -> std::same_as<std::uint32_t>;
                  { policy.pointer_grid_px() } -> std::same_as<std::uint32_t>;
                }) {
    limits.max_hz = std::max(limits.max_hz, policy.pointer_max_hz());
    limits.grid_px = std::min(limits.grid_px, policy.pointer_grid_px());
  } else {
    limits = {pointer_limits::every_move, 0};
  }
}

} // namespace detail

/// The limits of a chain. A policy that needs `pointer.path` and has no functions `pointer_max_hz()` and
/// `pointer_grid_px()` that return `std::uint32_t` lets everything out.
template <class... Policies>
[[nodiscard]] pointer_limits pointer_limits_of(chain<Policies...> const& policies) {
  pointer_limits limits;
  std::apply([&](auto const&... policy) { (detail::widen(limits, policy), ...); }, policies.policies);
  return limits;
}

} // namespace overt::inline v0::redact
