#pragma once

#include <concepts>

#include <overt/consent/receipt.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Decides whether a receipt is really the person's. `activate` asks it last; its failure says what to do.
template <class Check>
concept signature_check = requires(Check const& check, receipt const& terms) {
  { check(terms) } -> std::same_as<result<void>>;
};

/// Takes a receipt for the person's without a look at its signature: whoever can write the file can write a
/// consent. For tests, and for programs whose user is the person and answers in the program itself.
struct accept_unsigned {
  [[nodiscard]] result<void> operator()(receipt const&) const { return {}; }
};

} // namespace overt::inline v0::consent
