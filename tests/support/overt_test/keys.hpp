#pragma once

#include <utility>

#include <overt/event/clearance.hpp>

/// The two keys, for tests of what they open. Only tests may take them from the gatekeeper like this.
namespace overt_test {

/// Calls `use(disclosure const&)` and returns what it returns.
template <class Use>
decltype(auto) with_disclosure(Use&& use) {
  return overt::detail::gatekeeper::with_keys(
      [&](overt::disclosure const& strong, overt::clearance const&) -> decltype(auto) {
        return use(strong);
      });
}

/// Calls `use(clearance const&)` with a key that cannot disclose.
template <class Use>
decltype(auto) with_clearance(Use&& use) {
  return overt::detail::gatekeeper::with_keys(
      [&](overt::disclosure const&, overt::clearance const& weak) -> decltype(auto) { return use(weak); });
}

} // namespace overt_test
