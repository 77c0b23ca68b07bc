#pragma once

#include <overt/consent/controls.hpp>
#include <overt/consent/exemptions.hpp>
#include <overt/event/clearance.hpp>
#include <overt/event/context.hpp>

namespace overt::inline v0::redact {

/// Whether a place was taken out of the scope by the person.
[[nodiscard]] inline bool is_exempt(consent::exemptions const& exempt, context const& where) {
  return v0::detail::gatekeeper::with_keys([&](disclosure const&, clearance const& look) {
    return exempt.cover(where.application.look(look).view(), where.origin.look(look).view());
  });
}

/// Exempts the application of a place: the person pointed at it, and nobody named it.
inline void exempt_application_of(context const& where, consent::controls const& asked) {
  v0::detail::gatekeeper::with_keys([&](disclosure const&, clearance const& look) {
    static_cast<void>(asked.exempt_application(where.application.look(look).view()));
  });
}

} // namespace overt::inline v0::redact
