#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <tuple>

#include <overt/event/context.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/cleared.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/detect/scan.hpp>

namespace overt::inline v0::redact {

/// The second look at what leaves: everything that policies disclosed is scanned again, and what a detector
/// finds in it is masked. Part of every pipeline, unless its chain says `unverified{}`, or a policy file says
/// so.
class verify {
public:
  explicit verify(detect::detectors which, bool on = true) : detectors_{std::move(which)}, on_{on} {}

  /// Off, nothing is looked at again, by no policy either (`recheck`).
  [[nodiscard]] bool is_on() const noexcept { return on_; }

  /// Calls `text(guarded_text&)` for each disclosed text in a payload or context.
  template <class Value, class Use>
  static void each_disclosed(Value& value, Use&& use) {
    if constexpr (std::same_as<Value, guarded_text>) {
      if (value.state() == guard_state::disclosed) {
        use(value);
      }
    } else if constexpr (!v0::detail::holds_guarded<Value>() || is_guarded<Value>) {
      return;
    } else if constexpr (v0::detail::is_vector<Value>) {
      for (auto& element : value) {
        each_disclosed(element, use);
      }
    } else if constexpr (v0::detail::is_optional<Value>) {
      if (value) {
        each_disclosed(*value, use);
      }
    } else if constexpr (described<Value>) {
      for_each_field(value, [&](auto const&, auto& member) { each_disclosed(member, use); });
    }
  }

  /// Masks what is found in one text. One that could not be looked at is denied.
  void operator()(guarded_text& what, clearance const& look) const {
    auto const all = what.look(look).view();
    if (all.empty()) {
      return;
    }
    detect::findings found;
    detect::scan(detectors_, all, found);
    if (!found.complete()) {
      look.note({}, redaction_action::withheld, bucket_of(all.size()));
      return what.deny(look);
    }
    std::array<byte_range, detect::findings::capacity> ranges;
    std::size_t count = 0;
    for (auto const& one : found.spans()) {
      ranges[count++] = {one.begin, one.end};
      look.note(detect::name_literals[static_cast<std::size_t>(one.type)], redaction_action::masked,
                bucket_of(one.end - one.begin));
    }
    what.mask(look, std::span{ranges}.first(count));
  }

private:
  detect::detectors detectors_;
  bool on_;
};

namespace detail {

template <class Policy>
inline constexpr bool switches_verification_off = requires { requires Policy::switches_verification_off; };

template <class Chain>
inline constexpr bool verifies = true;
template <class... Policies>
inline constexpr bool verifies<chain<Policies...>> = !(switches_verification_off<Policies> || ...);

/// Whether no policy of the chain has switched verification off at run time, as one from a file may.
template <class... Policies>
[[nodiscard]] bool is_verified(chain<Policies...> const& policies) {
  auto const allows = [](auto const& policy) {
    if constexpr (requires {
                    { policy.verifies() } -> std::same_as<bool>;
                  }) {
      return policy.verifies();
    } else {
      return true;
    }
  };
  return std::apply([&](auto const&... policy) { return (allows(policy) && ...); }, policies.policies);
}

/// The detectors of the chain's own policies, with the person's own list; all there are where none has any.
template <class... Policies>
[[nodiscard]] detect::detectors detectors_of(chain<Policies...> const& policies) {
  auto found = detect::all();
  auto const take = [&](auto const& policy) {
    if constexpr (requires {
                    { policy.detectors } -> std::same_as<detect::detectors const&>;
                  }) {
      found = policy.detectors;
    }
  };
  std::apply([&](auto const&... policy) { (take(policy), ...); }, policies.policies);
  return found;
}

} // namespace detail

} // namespace overt::inline v0::redact
