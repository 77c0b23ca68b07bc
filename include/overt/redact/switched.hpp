#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <overt/consent/grants.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// A policy that is on or off, decided when the chain is made: what a policy file does. Off, it has no
/// opinion, needs nothing and is not part of the description, so that a chain from a file has the digest of
/// the same chain in code.
template <class Policy>
struct switched {
  Policy policy{};
  bool on = false;

  static constexpr std::string_view name = policy_name<Policy>();

  template <class What>
    requires detail::takes<Policy, What&, disclosure const&>
  [[nodiscard]] verdict operator()(What& what, context const& where, disclosure const& key) const {
    return on ? detail::ask(policy, what, where, key, key) : verdict::pass();
  }

  [[nodiscard]] consent::grants needs() const {
    if constexpr (requires { policy.needs(); }) {
      return on ? policy.needs() : consent::grants{};
    } else {
      return {};
    }
  }

  [[nodiscard]] std::int64_t time_grid_ns() const {
    if constexpr (requires { policy.time_grid_ns(); }) {
      return on ? policy.time_grid_ns() : -1;
    } else {
      return -1;
    }
  }

  [[nodiscard]] std::string describe() const { return on ? redact::describe(policy) : std::string{}; }
};

} // namespace overt::inline v0::redact
