#pragma once

#include <utility>

#include <overt/redact/chain.hpp>
#include <overt/redact/elements.hpp>
#include <overt/redact/exact_times.hpp>
#include <overt/redact/navigation_keys.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/pointer_paths.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/shortcuts.hpp>
#include <overt/redact/structure.hpp>
#include <overt/redact/typed_characters.hpp>

namespace overt::inline v0::redact {

/// What was done, not what was typed: shortcuts, keys that move about, and structure. The default.
[[nodiscard]] inline auto strict(only scope) {
  return std::move(scope) | secrets{} | shortcuts{} | navigation_keys{} | structure{};
}

/// Everything, as exactly as it was observed, including what is typed into fields that no source could judge.
/// Only under a receipt that names `key.raw`, `pointer.path`, `ui.element` and raw timing, which the schema
/// allows for approved research and for reproducing one's own work.
[[nodiscard]] inline auto research(only scope) {
  return std::move(scope) | secrets{unobserved_fields::accept} | shortcuts{} | navigation_keys{} |
         structure{} | elements{} | typed_characters{} | pointer_paths{} | exact_times{};
}

} // namespace overt::inline v0::redact
