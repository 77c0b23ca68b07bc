#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/key.hpp>
#include <overt/redact/policy.hpp>

namespace overt::inline v0::redact {

/// Discloses the keys that move about: arrows, Home and End, Page Up and Down, Tab, Escape, and Enter.
/// Backspace and Delete are not among them: how often somebody pressed them says something about what they
/// typed.
struct navigation_keys {
  static constexpr std::string_view name = "navigation_keys";

  [[nodiscard]] consent::grants needs() const { return consent::grants::key_semantic; }

  [[nodiscard]] verdict operator()(key& what, disclosure const& unlock) const {
    if (what.kind != key_class::navigation && what.kind != key_class::enter) {
      return verdict::pass();
    }
    what.symbol.disclose(unlock);
    return verdict::release(unlock);
  }
};

} // namespace overt::inline v0::redact
