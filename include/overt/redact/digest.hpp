#pragma once

#include <string>
#include <string_view>

#include <overt/detail/hexadecimal.hpp>
#include <overt/detail/sha256.hpp>
#include <overt/redact/chain.hpp>

namespace overt::inline v0::redact {

/// The policy digest that a receipt names and a trace carries: SHA-256 over the canonical description (RFC
/// 8785) of the chain, 64 hexadecimal digits. Any change of a policy, of its parameters or of their order
/// changes it.
template <class... Policies>
[[nodiscard]] std::string digest_of(chain<Policies...> const& policies, std::string_view indicator = {}) {
  return v0::detail::to_hex(v0::detail::sha256(describe(policies, indicator)));
}

} // namespace overt::inline v0::redact
