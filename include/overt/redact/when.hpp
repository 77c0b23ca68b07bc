#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <overt/consent/grants.hpp>
#include <overt/event/payload.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/description.hpp>
#include <overt/redact/occasion.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// Text as a template argument: `when<overt::text, "hide_tickets">`.
template <std::size_t Size>
struct template_text {
  char bytes[Size]{};

  // Not explicit, on purpose: a string literal becomes one.
  consteval template_text(char const (&text)[Size]) noexcept { std::copy_n(text, Size, bytes); }
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes, Size - 1}; }
};

/// Whether a policy takes this payload in any of the forms that `policy.hpp` and `occasion.hpp` name.
template <class Policy, class Payload, class Key>
inline constexpr bool takes_payload =
    takes<Policy, Payload&, Key> || takes_with_memory<Policy, Payload&, Key>;

template <class Policy>
struct memory_of_when {};
template <remembers Policy>
struct memory_of_when<Policy> {
  using memory = typename Policy::memory;
};

} // namespace detail

/// A policy that is asked about one payload only, whatever else it could be asked about. Made by `when`.
template <payload Payload, class Policy>
struct when_policy : detail::memory_of_when<Policy> {
  static_assert(detail::takes_payload<Policy, Payload, disclosure const&>,
                "overt: when<Payload>(policy): the policy has nothing to say about this payload");
  static_assert(!detail::is_near_miss<Policy, Payload>(),
                "overt: when<Payload>(policy): the policy takes the payload by `&`, then optionally `context "
                "const&`, then `clearance const&` or `disclosure const&`, and is const");

  explicit when_policy(Policy wrapped) : policy{std::move(wrapped)} {}

  Policy policy;

  static constexpr std::string_view name = policy_name<Policy>();
  [[nodiscard]] std::string describe() const {
    std::string text = R"({"of":)";
    detail::append_json_string(text, Payload::name);
    return text + R"(,"policy":"when","then":)" + redact::describe(policy) + '}';
  }
  [[nodiscard]] consent::grants needs() const { return detail::needs_of_one(policy); }

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

  // The weaker key where the policy takes it, so that one that asks to look cannot disclose.
  auto operator()(Payload& what, context const& where, clearance const& key) const
    requires detail::takes<Policy, Payload&, clearance const&>
  {
    return ask(what, where, key);
  }
  auto operator()(Payload& what, context const& where, disclosure const& key) const
    requires(detail::takes<Policy, Payload&, disclosure const&> &&
             !detail::takes<Policy, Payload&, clearance const&>)
  {
    return ask(what, where, key);
  }
  template <class Memory>
    requires(detail::callable<Policy const&, Payload&, Memory&, occasion const&, clearance const&>)
  auto operator()(Payload& what, Memory& kept, occasion const& at, clearance const& key) const {
    return policy(what, kept, at, key);
  }
  template <class Memory>
    requires(detail::callable<Policy const&, Payload&, Memory&, occasion const&, disclosure const&> &&
             !detail::callable<Policy const&, Payload&, Memory&, occasion const&, clearance const&>)
  auto operator()(Payload& what, Memory& kept, occasion const& at, disclosure const& key) const {
    return policy(what, kept, at, key);
  }

private:
  template <class Key>
  auto ask(Payload& what, context const& where, Key const& key) const {
    if constexpr (detail::callable<Policy const&, Payload&, context const&, Key const&>) {
      return policy(what, where, key);
    } else {
      return policy(what, key);
    }
  }
};

namespace detail {

/// A function with a name, as a policy. The name stands for it in digests and in the audit.
template <template_text Name, class Function>
struct named_function {
  static_assert(std::is_empty_v<Function> && std::is_default_constructible_v<Function>,
                "overt: a function in when<Payload, \"name\">(function) captures nothing: two with different "
                "captures would have the same digest. Write a policy with fields() instead");
  static constexpr std::string_view name = Name.view();

  template <class... Arguments>
    requires detail::callable<Function const&, Arguments...>
  auto operator()(Arguments&&... arguments) const {
    return Function{}(std::forward<Arguments>(arguments)...);
  }
};

} // namespace detail

/// Applies a policy to one payload only:
///
///     only({...}) | secrets{} | when<overt::ui_action>(redact::file_paths{}) | elements{}
template <payload Payload, policy_like Policy>
[[nodiscard]] when_policy<Payload, std::remove_cvref_t<Policy>> when(Policy policy) {
  return when_policy<Payload, std::remove_cvref_t<Policy>>{std::move(policy)};
}

/// A policy in a line, for one payload. Its name goes into the digest and the audit; change it when what it
/// does changes. It captures nothing.
///
///     auto const hide = redact::when<overt::text, "hide_tickets">(
///         [](overt::text& what, overt::clearance const& key) {
///           auto const at = what.value.look(key).view().find("T-");
///           if (at != std::string_view::npos) {
///             what.value.mask(key, {{overt::byte_range{at, at + 6}}});
///           }
///         });
template <payload Payload, detail::template_text Name, class Function>
[[nodiscard]] auto when(Function) {
  return when<Payload>(detail::named_function<Name, Function>{});
}

} // namespace overt::inline v0::redact
