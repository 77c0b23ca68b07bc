#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include <overt/detail/unless_thrown.hpp>
#include <overt/event/audit_notes.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/gap.hpp>
#include <overt/event/source.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/occasion.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// What a chain says about an event.
struct decision {
  std::optional<withheld_reason> withheld{}; ///< nothing: it may leave
  literal rule{};
  bool folded = false; ///< a policy took it in
};

/// The policies of a chain, what they remember, and the asking of one after the other. One for each pipeline;
/// one thread.
template <any_event Event, class Chain>
class chain_run {
public:
  explicit chain_run(Chain given) : policies{std::move(given)} { check(policies); }

  Chain policies;

  /// What the policies noted about the last event.
  v0::detail::audit_notes notes{};

  /// The sequence number of the event that left last, for policies that say after what something began.
  std::uint64_t written = 0;

  static constexpr std::size_t policy_count = std::tuple_size_v<decltype(Chain::policies)>;

  template <class Policies>
  struct memories_of;
  template <class... Policies>
  struct memories_of<std::tuple<Policies...>> {
    using type = std::tuple<typename detail::memory_of_policy<Policies>::type...>;
    static constexpr std::size_t composing() {
      constexpr std::array<bool, sizeof...(Policies) + 1> makes{detail::composes<Policies>..., false};
      for (std::size_t i = 0; i < sizeof...(Policies); ++i) {
        if (makes[i]) {
          return i + 1;
        }
      }
      return sizeof...(Policies);
    }
  };
  /// The policies that are asked about a composed text: those behind the one that made it.
  static constexpr std::size_t first_after_composing = memories_of<decltype(Chain::policies)>::composing();

  /// Asks the policies from number `First` on.
  template <std::size_t First = 0>
  [[nodiscard]] decision ask(Event& what, context const& where, bool released = false) {
    notes.clear();
    return v0::detail::unless_thrown(
        [&] {
          return v0::detail::gatekeeper::with_keys(
              [&](disclosure const& key, clearance const& look) {
                return what.visit([&](auto& payload) {
                  return ask_each<First>(what, payload, where, released, key, look);
                });
              },
              &notes);
        },
        [] { return decision{withheld_reason::policy_failed, {}}; });
  }

  template <std::size_t First, class Payload>
  [[nodiscard]] decision ask_each(Event& what, Payload& payload, context const& where, bool released,
                                  disclosure const& key, clearance const& look) {
    decision made{withheld_reason::not_disclosed, {}};
    if (released) {
      made.withheld.reset();
    }
    if constexpr (std::same_as<Payload, gap> || std::same_as<Payload, source>) {
      made.withheld.reset(); // what a backend lost or cannot see is told, unless a policy withholds it
    }
    bool decided = false;
    auto const hear = [&](verdict said, literal rule) {
      if (what.is_moved_from()) {
        made = {withheld_reason::policy_failed, rule};
        decided = true;
      } else if (said.folds()) {
        made = {std::nullopt, rule, true};
        decided = true;
      } else if (said.withholds()) {
        made = {said.reason(), rule};
        decided = true;
      } else if (said.releases()) {
        made.withheld.reset();
      }
    };
    auto const consult = [&]<std::size_t Number>(std::integral_constant<std::size_t, Number>) {
      auto const& policy = std::get<Number>(policies.policies);
      using policy_type = std::remove_cvref_t<decltype(policy)>;
      constexpr literal rule{policy_name<policy_type>()};
      if constexpr (Number >= First) {
        notes.set_rule(rule);
        if constexpr (detail::takes_with_memory<policy_type, Payload&, disclosure const&>) {
          hear(detail::ask_with_memory(policy, payload, std::get<Number>(*memories_),
                                       occasion{what.header, where, written}, key, look),
               rule);
        } else if constexpr (detail::takes<policy_type, Payload&, disclosure const&>) {
          hear(detail::ask(policy, payload, where, key, look), rule);
        } else if constexpr (detail::takes<policy_type, Event&, disclosure const&>) {
          hear(detail::ask(policy, what, where, key, look), rule);
        }
      }
      return decided;
    };
    [&]<std::size_t... Number>(std::index_sequence<Number...>) {
      static_cast<void>((consult(std::integral_constant<std::size_t, Number>{}) || ...));
    }(std::make_index_sequence<policy_count>{});
    return made;
  }

  /// Calls `use(policy, its memory, key)` for each policy that has one. One that throws has decided nothing.
  template <class Use>
  void each_memory(Use&& use, v0::detail::audit_notes* into = nullptr) {
    auto const one = [&]<std::size_t Number>(std::integral_constant<std::size_t, Number>) {
      using policy_type = std::tuple_element_t<Number, decltype(Chain::policies)>;
      if constexpr (remembers<policy_type>) {
        static_cast<void>(v0::detail::unless_thrown(
            [&] {
              if (into != nullptr) {
                constexpr literal rule{policy_name<policy_type>()};
                into->set_rule(rule);
              }
              v0::detail::gatekeeper::with_keys(
                  [&](disclosure const& key, clearance const&) {
                    use(std::get<Number>(policies.policies), std::get<Number>(*memories_), key);
                  },
                  into);
              return true;
            },
            [] { return false; }));
      }
    };
    [&]<std::size_t... Number>(std::index_sequence<Number...>) {
      (one(std::integral_constant<std::size_t, Number>{}), ...);
    }(std::make_index_sequence<policy_count>{});
  }

private:
  template <class... Policies>
  static void check(chain<Policies...> const&) {
    static_assert(
        (policy_for<Policies, Event> && ...),
        "overt: policy_for<Policy, Event> does not hold: a policy takes a payload, an event or context by "
        "`&`, "
        "then optionally `context const&`, then `clearance const&` or `disclosure const&`, and is const");
  }

  std::unique_ptr<typename memories_of<decltype(Chain::policies)>::type> memories_ =
      std::make_unique<typename memories_of<decltype(Chain::policies)>::type>();
};

} // namespace overt::inline v0::redact
