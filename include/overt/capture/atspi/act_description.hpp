#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/element_label.hpp>
#include <overt/capture/atspi/input_numbers.hpp>
#include <overt/capture/atspi/keypad_keys.hpp>
#include <overt/capture/atspi/menu_path.hpp>
#include <overt/capture/atspi/selector.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::capture::atspi {

/// What is told of a value: nothing, when it was not seen, or is longer than a text may be.
[[nodiscard]] inline guarded_text guarded_value(std::optional<std::string_view> seen) {
  return seen && seen->size() <= text_arena::longest_text ? guarded_text{arena_string{*seen}}
                                                          : guarded_text{};
}

/// The same for a key on the screen: that one was pressed. Its name, its place, and its number among its
/// siblings would say which.
[[nodiscard]] inline ui_action describe_key(ui_act act) {
  return ui_action{.act = act, .role = ui_role::button};
}

/// Puts an act into words. `called` is what the element is called where its own name says nothing: the text
/// in a list item that has none.
[[nodiscard]] inline ui_action describe(ui_act act, element const& what, input_numbers const& from,
                                        std::optional<std::string_view> before = std::nullopt,
                                        std::optional<std::string_view> after = std::nullopt,
                                        std::string_view called = {}) {
  if (is_key_on_screen(what) ||
      (is_role(what.role, accessible_role::push_button) && label_of(what).empty() && names_a_key(called))) {
    return describe_key(act);
  }
  auto label = label_of(what);
  if (label.empty() && is_label(called, what.role)) {
    label = called;
  }
  return ui_action{.act = act,
                   .role = ui_role_of(what.role),
                   .label = label.empty() ? guarded_text{} : guarded_text{arena_string{label}},
                   .path = path_of(what, label),
                   .before = guarded_value(before),
                   .after = guarded_value(after),
                   .bounds = what.bounds,
                   .selector = selector_of(what),
                   .observed = what.observed,
                   .made_of = from.all()};
}

/// The same for a secret field: that something was done in one, and nothing else. How many presses it took
/// would tell something too.
[[nodiscard]] inline ui_action describe_secret(ui_act act) {
  return ui_action{.act = act, .role = ui_role::password_field};
}

} // namespace overt::inline v0::capture::atspi
