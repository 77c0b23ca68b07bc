#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/consent/grants.hpp>
#include <overt/consent/terms.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/composed_texts.hpp>
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

  using memory = typename detail::memory_of_policy<Policy>::type;
  static constexpr bool composes = detail::composes<Policy>;

  template <class What>
    requires detail::takes_with_memory<Policy, What&, disclosure const&>
  [[nodiscard]] verdict operator()(What& what, memory& kept, occasion const& at,
                                   disclosure const& key) const {
    return on ? detail::ask_with_memory(policy, what, kept, at, key, key) : verdict::pass();
  }

  void missed(memory& kept, occasion const& at, withheld_reason why, disclosure const& key) const
    requires requires { policy.missed(kept, at, why, key); }
  {
    if (on) {
      policy.missed(kept, at, why, key);
    }
  }
  void advance(memory& kept, timestamp now, disclosure const& key, composed_texts& out) const
    requires requires { policy.advance(kept, now, key, out); }
  {
    if (on) {
      policy.advance(kept, now, key, out);
    }
  }
  void pause(memory& kept, disclosure const& key) const
    requires requires { policy.pause(kept, key); }
  {
    if (on) {
      policy.pause(kept, key);
    }
  }
  void finish(memory& kept, bool revoked, disclosure const& key, composed_texts& out) const
    requires requires { policy.finish(kept, revoked, key, out); }
  {
    if (on) {
      policy.finish(kept, revoked, key, out);
    }
  }
  void recheck(memory& kept, guarded_text& what, clearance const& look) const
    requires requires { policy.recheck(kept, what, look); }
  {
    if (on) {
      policy.recheck(kept, what, look);
    }
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

  [[nodiscard]] std::optional<consent::key_timing> key_times() const
    requires requires { policy.key_times(); }
  {
    return on ? std::optional{policy.key_times()} : std::nullopt;
  }

  [[nodiscard]] std::uint32_t pointer_max_hz() const
    requires requires { policy.pointer_max_hz(); }
  {
    return policy.pointer_max_hz();
  }
  [[nodiscard]] std::uint32_t pointer_grid_px() const
    requires requires { policy.pointer_grid_px(); }
  {
    return policy.pointer_grid_px();
  }

  [[nodiscard]] std::string describe() const { return on ? redact::describe(policy) : std::string{}; }
};

} // namespace overt::inline v0::redact
