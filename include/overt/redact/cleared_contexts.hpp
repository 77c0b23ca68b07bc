#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include <overt/detail/unless_thrown.hpp>
#include <overt/event/context_ptr.hpp>
#include <overt/event/field.hpp>
#include <overt/event/literal.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/cleared.hpp>

namespace overt::inline v0::redact {

/// One pipeline's own cleared copies of the contexts it met lately. Each context is asked about once; coming
/// back to one of the last eight costs a comparison of pointers.
template <class Chain>
class cleared_contexts {
public:
  struct place {
    context_ptr raw{}; ///< keeps the raw context alive, so that its address stays its own
    context cleared{}; ///< a copy in which only what was disclosed is left
    std::optional<withheld_reason> denied{};
    literal rule{};
    bool verified = false;
    v0::detail::audit_notes notes{}; ///< what policies took out of the copy
  };

  /// The verdict on a place and its cleared copy. Valid until the eighth new place after it.
  [[nodiscard]] place& clear(context_ptr const& raw, Chain const& policies) {
    if (places_[latest_] && places_[latest_]->raw == raw) {
      return *places_[latest_];
    }
    for (std::size_t i = 0; i < places_.size(); ++i) {
      if (places_[i] && places_[i]->raw == raw) {
        latest_ = i;
        return *places_[i];
      }
    }
    latest_ = next_;
    next_ = (next_ + 1) % places_.size();
    auto& fresh = places_[latest_];
    fresh.reset();
    fresh.emplace(place{raw, copy_of(*raw), std::nullopt, {}, false, {}});
    decide(*fresh, policies);
    v0::detail::wipe_undisclosed(fresh->cleared);
    return *fresh;
  }

  /// Calls `use(place&)` for each that is known.
  template <class Use>
  void each(Use&& use) {
    for (auto& one : places_) {
      if (one) {
        use(*one);
      }
    }
  }

private:
  [[nodiscard]] static context copy_of(context const& raw) {
    using v0::detail::guarded_access;
    return {.application = guarded_access::clone(raw.application),
            .title = guarded_access::clone(raw.title),
            .origin = guarded_access::clone(raw.origin),
            .page = guarded_access::clone(raw.page),
            .field = raw.field};
  }

  static void decide(place& fresh, Chain const& policies) {
    auto const failed = v0::detail::unless_thrown(
        [&] {
          v0::detail::gatekeeper::with_keys(
              [&](disclosure const& key, clearance const& look) {
                std::apply(
                    [&](auto const&... policy) {
                      static_cast<void>((denies(policy, fresh, key, look) || ...));
                    },
                    policies.policies);
              },
              &fresh.notes);
          return false;
        },
        [] { return true; });
    if (failed) {
      fresh.denied = withheld_reason::policy_failed;
    }
  }

  template <class Policy>
  [[nodiscard]] static bool denies(Policy const& policy, place& fresh, disclosure const& key,
                                   clearance const& look) {
    if constexpr (detail::takes<Policy, context&, disclosure const&>) {
      fresh.notes.set_rule(literal{policy_name<Policy>()});
      auto const said = detail::ask(policy, fresh.cleared, *fresh.raw, key, look);
      if (said.withholds()) {
        fresh.denied = said.reason();
        fresh.rule = literal{policy_name<Policy>()};
        return true;
      }
    }
    return false;
  }

  std::array<std::optional<place>, 8> places_{};
  std::size_t latest_ = 0;
  std::size_t next_ = 0;
};

} // namespace overt::inline v0::redact
