#pragma once

#include <cstddef>
#include <string_view>

#include <overt/event/enumerators.hpp>
#include <overt/event/replacement.hpp>
#include <overt/event/ui_action.hpp>
#include <overt/redact/enumerator_literal.hpp>

namespace overt::inline v0::redact {

/// A selector in its parts: "#save" and `[name="city"]` hold a name, and only a path of roles holds none.
struct selector_parts {
  enum class kind : unsigned char { other, identifier, form_name, roles };

  kind what = kind::other;
  std::string_view name{}; ///< what stands behind the "#" or between the quotes
};

namespace detail {

/// `window/menu_bar/menu/menu_item[4]`: roles of the vocabulary, and a place of four digits at most. A longer
/// number could be one that names somebody.
[[nodiscard]] constexpr bool is_path_of_roles(std::string_view text) noexcept {
  if (text.ends_with(']')) {
    auto const open = text.rfind('[');
    auto const digits = open == std::string_view::npos ? 0 : text.size() - open - 2;
    if (digits < 1 || digits > 4 ||
        text.substr(open + 1, digits).find_first_not_of("0123456789") != std::string_view::npos) {
      return false;
    }
    text = text.substr(0, open);
  }
  while (true) {
    auto const slash = text.find('/');
    auto role = ui_role::unknown;
    if (!value_named(text.substr(0, slash), role)) {
      return false;
    }
    if (slash == std::string_view::npos) {
      return true;
    }
    text.remove_prefix(slash + 1);
  }
}

} // namespace detail

[[nodiscard]] constexpr selector_parts split_selector(std::string_view text) noexcept {
  constexpr std::string_view open = "[name=\"";
  constexpr std::string_view close = "\"]";
  if (text.starts_with('#')) {
    return {selector_parts::kind::identifier, text.substr(1)};
  }
  if (text.starts_with(open) && text.ends_with(close) && text.size() >= open.size() + close.size()) {
    return {selector_parts::kind::form_name,
            text.substr(open.size(), text.size() - open.size() - close.size())};
  }
  return {detail::is_path_of_roles(text) ? selector_parts::kind::roles : selector_parts::kind::other, text};
}

/// The roles from the window down to the element: a way to find it again that names nothing.
[[nodiscard]] inline replacement path_of_roles(ui_action const& what) {
  replacement made;
  bool first = true;
  auto const add = [&](ui_role role) {
    if (!first) {
      made.put("/");
    }
    first = false;
    made.put(literal_of(role));
  };
  for (auto const& step : what.path) {
    add(step.role);
  }
  if (what.path.empty() || what.path.back().role != what.role) {
    add(what.role);
  }
  return made;
}

} // namespace overt::inline v0::redact
