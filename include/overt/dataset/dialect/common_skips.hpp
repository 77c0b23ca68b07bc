#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <overt/dataset/action.hpp>
#include <overt/dataset/dialect/image_space.hpp>
#include <overt/dataset/export/export_terms.hpp>

namespace overt::inline v0::dataset::detail {

/// What no dialect says.
[[nodiscard]] inline std::optional<skip_reason> common_skip(action const& what) {
  if (what.flaw != action_flaw::none) {
    return skip_reason::flawed;
  }
  if (what.get_if<focus_action>() != nullptr) {
    return skip_reason::not_an_act;
  }
  if (what.get_if<told_action>() != nullptr) {
    return skip_reason::no_input;
  }
  return std::nullopt;
}

/// Modifiers that change what a button or the wheel does.
[[nodiscard]] constexpr modifiers without_locks(modifiers held) noexcept {
  return without(held, modifiers::caps_lock | modifiers::num_lock);
}

/// Seconds as JSON and Python write them, exactly.
[[nodiscard]] inline std::string seconds_text(std::int64_t ns) {
  auto text = std::to_string(ns / 1'000'000'000);
  auto const rest = ns % 1'000'000'000;
  if (rest > 0) {
    auto digits = std::to_string(1'000'000'000 + rest).substr(1);
    while (digits.back() == '0') {
      digits.pop_back();
    }
    text += '.' + digits;
  }
  return text;
}

} // namespace overt::inline v0::dataset::detail
