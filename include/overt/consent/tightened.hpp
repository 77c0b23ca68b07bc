#pragma once

#include <algorithm>

#include <overt/consent/grants.hpp>
#include <overt/consent/preset.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/terms.hpp>

namespace overt::inline v0::consent {

/// A receipt under the rules of a preset: less or the same in every field, never more. What was taken away is
/// in `denied_by_preset`. A receipt for pictures whose mode is "none" grants none, and the other way round.
[[nodiscard]] inline receipt tightened(receipt terms, preset_rules const& rules) {
  terms.retention_days = std::min(terms.retention_days, rules.retention_days);
  terms.denied_by_preset = terms.denied_by_preset | (terms.grants & rules.denied);
  terms.grants = without(terms.grants, rules.denied);
  if (terms.screenshots == screenshot_mode::none) {
    terms.grants = without(terms.grants, grants::screenshot);
  }
  if (!has_all(terms.grants, grants::screenshot)) {
    terms.screenshots = screenshot_mode::none;
  }
  if (!has_all(terms.grants, grants::raw_timing) && terms.keystroke_timing == key_timing::raw) {
    terms.keystroke_timing = key_timing::none;
  }
  return terms;
}

} // namespace overt::inline v0::consent
