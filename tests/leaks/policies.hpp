#pragma once

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/presets.hpp>

namespace leaks {

/// The chains under test, all for the applications "editor" and "notes".
[[nodiscard]] inline overt::redact::only scope() { return {"editor", "notes"}; }

/// `my_data`: the person's own list.
[[nodiscard]] inline auto balanced_chain(std::vector<std::string> const& my_data) {
  auto policies = overt::redact::balanced(scope());
  auto& looks_for = std::get<overt::redact::typed_text>(policies.policies).detectors;
  looks_for = overt::detect::with_my_data(looks_for, my_data);
  return policies;
}

[[nodiscard]] inline auto strict_chain() { return overt::redact::strict(scope()); }

/// Everything leaves: with this the harness has to find what was planted.
[[nodiscard]] inline auto open_chain() { return overt::redact::research(scope()); }

} // namespace leaks
