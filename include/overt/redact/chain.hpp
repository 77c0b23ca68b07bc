#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include <overt/consent/grants.hpp>
#include <overt/redact/description.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

struct only;
struct secrets;

/// Policies in the order in which they are asked: plain data, resolved while compiling. `a | b | c` makes
/// one.
template <class... Policies>
struct chain {
  std::tuple<Policies...> policies;
};

template <class Type>
inline constexpr bool is_chain = false;
template <class... Policies>
inline constexpr bool is_chain<chain<Policies...>> = true;

namespace detail {

template <class Chain, std::size_t Position, class Policy>
inline constexpr bool policy_at = false;
template <class First, class... Rest, class Policy>
inline constexpr bool policy_at<chain<First, Rest...>, 0, Policy> = std::same_as<First, Policy>;
template <class First, class Second, class... Rest, class Policy>
inline constexpr bool policy_at<chain<First, Second, Rest...>, 1, Policy> = std::same_as<Second, Policy>;

template <class Part>
[[nodiscard]] auto policies_of(Part&& part) {
  if constexpr (is_chain<std::remove_cvref_t<Part>>) {
    return std::forward<Part>(part).policies;
  } else {
    return std::tuple<std::remove_cvref_t<Part>>{std::forward<Part>(part)};
  }
}

} // namespace detail

/// Nothing is asked before the scope: what was not agreed to is not looked at.
template <class Chain>
concept scope_comes_first = is_chain<Chain> && detail::policy_at<Chain, 0, only>;

/// Nothing that could disclose is asked before secret fields are out.
template <class Chain>
concept secrets_come_second = is_chain<Chain> && detail::policy_at<Chain, 1, secrets>;

/// A chain that a recorder takes.
template <class Chain>
concept policy_chain = scope_comes_first<Chain> && secrets_come_second<Chain>;

/// `scope | secrets | what may leave`.
template <class Left, class Right>
  requires(is_chain<std::remove_cvref_t<Left>> || std::same_as<std::remove_cvref_t<Left>, only>) &&
          policy_like<std::remove_cvref_t<Right>>
[[nodiscard]] auto operator|(Left&& left, Right&& right) {
  return std::apply(
      [](auto&&... policy) {
        return chain<std::remove_cvref_t<decltype(policy)>...>{{std::move(policy)...}};
      },
      std::tuple_cat(detail::policies_of(std::forward<Left>(left)),
                     detail::policies_of(std::forward<Right>(right))));
}

namespace detail {

/// What one policy needs: a function or a constant called `needs`. One of another type would be ignored, so
/// it does not compile.
template <class Policy>
[[nodiscard]] consent::grants needs_of_one(Policy const& policy) {
  if constexpr (requires {
                  { policy.needs() } -> std::same_as<consent::grants>;
                }) {
    return policy.needs();
  } else if constexpr (requires {
                         requires std::same_as<std::remove_cvref_t<decltype(policy.needs)>, consent::grants>;
                       }) {
    return policy.needs;
  } else {
    static_assert(
        !requires { &Policy::needs; },
        "overt: needs of a policy is a consent::grants, or a const function that returns one");
    return {};
  }
}

} // namespace detail

/// What a receipt has to grant before this chain may be used: the union of what its policies need.
template <class... Policies>
[[nodiscard]] consent::grants needs_of(chain<Policies...> const& policies) {
  auto all = consent::grants{};
  auto const add = [&](auto const& policy) { all = all | detail::needs_of_one(policy); };
  std::apply([&](auto const&... policy) { (add(policy), ...); }, policies.policies);
  return all;
}

/// Unless a policy says otherwise, times are written on a grid of five seconds from the start of the session:
/// exact times of typing and pointing tell who somebody is.
inline constexpr std::int64_t default_time_grid_ns = 5'000'000'000;

/// The grid of a chain: that of the last policy that has one. 0 is exact.
template <class... Policies>
[[nodiscard]] std::int64_t time_grid_of(chain<Policies...> const& policies) {
  auto grid = default_time_grid_ns;
  auto const take = [&](auto const& policy) {
    if constexpr (requires {
                    { policy.time_grid_ns() } -> std::same_as<std::int64_t>;
                  }) {
      if (policy.time_grid_ns() >= 0) {
        grid = policy.time_grid_ns();
      }
    }
  };
  std::apply([&](auto const&... policy) { (take(policy), ...); }, policies.policies);
  return grid;
}

/// The canonical description of a chain (RFC 8785). Its SHA-256 is the policy digest that a receipt names.
/// `indicator` is named when it is not one of the library's own.
template <class... Policies>
[[nodiscard]] std::string describe(chain<Policies...> const& policies, std::string_view indicator = {}) {
  std::string out = "{\"chain\":[";
  bool first = true;
  auto const add = [&](auto const& policy) {
    auto const text = describe(policy);
    out += first || text.empty() ? "" : ",";
    first = first && text.empty();
    out += text;
  };
  std::apply([&](auto const&... policy) { (add(policy), ...); }, policies.policies);
  out += ']';
  if (!indicator.empty()) {
    out += ",\"indicator\":";
    detail::append_json_string(out, indicator);
  }
  return out + ",\"overt_policy\":1}";
}

} // namespace overt::inline v0::redact
