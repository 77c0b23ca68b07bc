#pragma once

#include <overt/event/clearance.hpp>
#include <overt/event/context.hpp>
#include <overt/redact/only.hpp>

namespace overt::inline v0::redact {

/// Whether a place lies within a scope: the verdict that a backend which takes pictures is handed, because it
/// has to know before there is an event.
[[nodiscard]] inline bool covers(only const& scope, context& where) {
  return v0::detail::gatekeeper::with_keys(
      [&](disclosure const& key, clearance const&) { return !scope(where, key).withholds(); });
}

} // namespace overt::inline v0::redact
