#pragma once

#include <string>
#include <utility>
#include <vector>

#include <overt/consent/terms.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/element_names.hpp>
#include <overt/redact/elements.hpp>
#include <overt/redact/navigation_keys.hpp>
#include <overt/redact/only.hpp>
#include <overt/redact/page_addresses.hpp>
#include <overt/redact/page_routes.hpp>
#include <overt/redact/pointer_paths.hpp>
#include <overt/redact/secrets.hpp>
#include <overt/redact/shortcuts.hpp>
#include <overt/redact/structure.hpp>
#include <overt/redact/times.hpp>
#include <overt/redact/typed_characters.hpp>
#include <overt/redact/typed_text.hpp>
#include <overt/redact/unverified.hpp>
#include <overt/redact/window_titles.hpp>

namespace overt::inline v0::redact {

/// What was done, not what was typed: shortcuts, keys that move about, structure, and that something was
/// typed: roughly how much, and how long it took. No names, no titles, no addresses. The default.
[[nodiscard]] inline auto strict(only scope) {
  return std::move(scope) | secrets{} | typed_text{.tell = typed_value::amount} | shortcuts{} |
         navigation_keys{} | structure{};
}

/// And what was typed, with a placeholder for everything personal that is found in it; what controls are
/// called where that says something about the program; and what kind of page it was.
[[nodiscard]] inline auto balanced(only scope) {
  return std::move(scope) | secrets{} | typed_text{} | shortcuts{} | navigation_keys{} | structure{} |
         element_names{} | page_routes{};
}

/// The same, looking also for what stands on the person's own list: names, addresses, numbers that no rule
/// knows, of three characters or more each.
[[nodiscard]] inline auto balanced(only scope, std::vector<std::string> my_data) {
  auto const look_for = detect::with_my_data(detect::all(), std::move(my_data));
  return std::move(scope) | secrets{} | typed_text{.detectors = look_for} | shortcuts{} | navigation_keys{} |
         structure{} | element_names{.look_for = look_for} | page_routes{.look_for = look_for};
}

/// Everything, as exactly as it was observed, including what is typed into fields that no source could judge.
/// Only under a receipt that names `key.raw`, `pointer.path`, `ui.element` and raw timing, which the schema
/// allows for approved research and for reproducing one's own work.
[[nodiscard]] inline auto research(only scope) {
  return std::move(scope) | secrets{unobserved_fields::accept} | shortcuts{} | navigation_keys{} |
         structure{} | elements{} | page_addresses{} | window_titles{} | typed_characters{} |
         pointer_paths{} | times{consent::key_timing::raw} | unverified{};
}

} // namespace overt::inline v0::redact
