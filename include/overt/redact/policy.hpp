#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include <overt/event/basic_event.hpp>
#include <overt/event/clearance.hpp>
#include <overt/event/context.hpp>
#include <overt/redact/occasion.hpp>
#include <overt/redact/verdict.hpp>

/// A policy is a small aggregate with a `const` call operator that returns `void` or `verdict`:
///
///     void operator()(overt::text& what, overt::clearance const& key) const;                          //
///     look, mask, deny verdict operator()(overt::key& what, overt::context const& where, overt::disclosure
///     const& key) const; // and disclose
///
/// The first argument is one payload, any event (`template <any_event Event> … (Event&, …)`), or `context&`,
/// which is asked once for each place. Several overloads may stand side by side. A signature that is almost
/// right (by value, `const&`, a key that is not `const&`, not `const` itself) is an error, not ignored.
///
/// A policy that remembers something between events has a nested type `memory`, and takes `memory&, occasion
/// const&` before the key (see `occasion.hpp`).
namespace overt::inline v0::redact {

namespace detail {

/// Whether the call compiles. Asked some thousand times for a chain: `std::is_invocable`, which also looks
/// for pointers to members, made a fifth of what compiling a recorder costs.
template <class Policy, class... Arguments>
concept callable = requires(Policy&& policy, Arguments&&... given) {
  static_cast<Policy&&>(policy)(static_cast<Arguments&&>(given)...);
};

/// Whether a policy takes `What` with its memory.
template <class Policy, class What, class Key>
inline constexpr bool takes_with_memory = false;
template <remembers Policy, class What, class Key>
inline constexpr bool takes_with_memory<Policy, What, Key> =
    callable<Policy const&, What, typename Policy::memory&, occasion const&, Key>;

template <class Policy, class What, class Key>
inline constexpr bool takes =
    callable<Policy const&, What, Key> || callable<Policy const&, What, context const&, Key>;

template <class Policy, class What, class Key>
inline constexpr bool takes_if_mutable =
    callable<Policy&, What, Key> || callable<Policy&, What, context const&, Key>;

/// No policy names this type, so one that accepts it is a template over everything.
struct unrelated {};

/// Binds where `What const&` binds, and is no payload itself, so that no template takes it.
template <class What>
struct derived_from : What {
  derived_from() = delete;
};

/// Takes `What` by value or `const&`: then it could not change it, and was probably meant to.
template <class Policy, class What>
consteval bool takes_a_copy() {
  if constexpr (takes<Policy, unrelated&, disclosure const&>) {
    return false;
  } else if constexpr (std::is_final_v<What>) {
    return takes<Policy, What&&, disclosure const&>;
  } else {
    return takes<Policy, What&&, disclosure const&> ||
           takes<Policy, derived_from<What> const&, disclosure const&>;
  }
}

/// No key, a context that is not `const&`, or the arguments in another order.
template <class Policy, class What>
inline constexpr bool takes_other_arguments =
    callable<Policy&, What&> || callable<Policy&, What&, context&, disclosure const&> ||
    callable<Policy&, What&, context const&> || callable<Policy&, What&, disclosure const&, context const&>;

template <class Policy, class What>
consteval bool is_near_miss() {
  if constexpr (takes<Policy, What&, disclosure const&>) {
    return takes_a_copy<Policy, What>();
  } else {
    return takes_a_copy<Policy, What>() || takes_other_arguments<Policy, What> ||
           takes_if_mutable<Policy, What&, disclosure&> ||
           takes_if_mutable<Policy, What&, disclosure const&> || takes<Policy, What&, disclosure&>;
  }
}

/// Calls the policy with the weakest key that it takes, so that one that asks to look cannot turn its key
/// into more.
template <class Policy, class What>
[[nodiscard]] verdict ask(Policy const& policy, What& what, context const& where, disclosure const& key,
                          clearance const& look) {
  auto const with = [&](auto const& given) -> verdict {
    using given_key = decltype(given);
    if constexpr (callable<Policy const&, What&, context const&, given_key>) {
      using answer = decltype(policy(what, where, given));
      static_assert(std::same_as<answer, void> || std::same_as<answer, verdict>,
                    "overt: a policy returns void or verdict");
      if constexpr (std::same_as<answer, void>) {
        policy(what, where, given);
        return verdict::pass();
      } else {
        return policy(what, where, given);
      }
    } else {
      using answer = decltype(policy(what, given));
      static_assert(std::same_as<answer, void> || std::same_as<answer, verdict>,
                    "overt: a policy returns void or verdict");
      if constexpr (std::same_as<answer, void>) {
        policy(what, given);
        return verdict::pass();
      } else {
        return policy(what, given);
      }
    }
  };
  if constexpr (takes<Policy, What&, clearance const&>) {
    return with(look);
  } else {
    return with(key);
  }
}

/// What a policy remembers; nothing for one that has no memory.
struct no_memory {};
template <class Policy>
struct memory_of_policy {
  using type = no_memory;
};
template <remembers Policy>
struct memory_of_policy<Policy> {
  using type = typename Policy::memory;
};

/// Whether a policy makes texts out of what it takes in: it says `static constexpr bool composes = true;`.
template <class Policy>
inline constexpr bool composes = requires { requires Policy::composes; };

/// The same for a policy with a memory.
template <class Policy, class What, class Memory>
[[nodiscard]] verdict ask_with_memory(Policy const& policy, What& what, Memory& kept, occasion const& at,
                                      disclosure const& key, clearance const& look) {
  auto const with = [&](auto const& given) {
    using answer = decltype(policy(what, kept, at, given));
    static_assert(std::same_as<answer, void> || std::same_as<answer, verdict>,
                  "overt: a policy returns void or verdict");
    if constexpr (std::same_as<answer, void>) {
      policy(what, kept, at, given);
      return verdict::pass();
    } else {
      return policy(what, kept, at, given);
    }
  };
  if constexpr (takes_with_memory<Policy, What&, clearance const&>) {
    return with(look);
  } else {
    return with(key);
  }
}

template <class Policy, class Event>
struct policy_traits;

template <class Policy, class... Payloads>
struct policy_traits<Policy, basic_event<Payloads...>> {
  using event_type = basic_event<Payloads...>;
  static constexpr bool has_near_miss = (is_near_miss<Policy, Payloads>() || ...) ||
                                        is_near_miss<Policy, event_type>() || is_near_miss<Policy, context>();
  static constexpr bool applies =
      (takes<Policy, Payloads&, disclosure const&> || ...) || takes<Policy, event_type&, disclosure const&> ||
      (takes_with_memory<Policy, Payloads&, disclosure const&> || ...) ||
      takes<Policy, context&, disclosure const&> || requires { Policy::switches_verification_off; } ||
      requires(Policy const& policy) {
        { policy.time_grid_ns() } -> std::same_as<std::int64_t>;
      };
};

} // namespace detail

/// A policy that has something to say about events of this type.
template <class Policy, class Event>
concept policy_for = std::move_constructible<Policy> && detail::policy_traits<Policy, Event>::applies &&
                     !detail::policy_traits<Policy, Event>::has_near_miss;

/// A policy of a program's own, or ours: something that can stand in a chain.
template <class Policy>
concept policy_like = std::is_class_v<Policy> && std::move_constructible<Policy>;

} // namespace overt::inline v0::redact
