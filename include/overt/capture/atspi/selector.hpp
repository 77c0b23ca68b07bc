#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/guarded.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether an identifier was written by a programmer rather than made from data: short, in the characters of
/// identifiers, with few digits. An account number, an address or a hash in it would name a person.
[[nodiscard]] constexpr bool is_stable_identifier(std::string_view id) noexcept {
  if (id.empty() || id.size() > 64) {
    return false;
  }
  std::size_t digits = 0;
  std::size_t run_of_digits = 0;
  std::size_t word = 0; // letters and digits without a sign between them
  std::size_t word_digits = 0;
  for (char const c : id) {
    bool const digit = c >= '0' && c <= '9';
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!digit && !letter && c != '-' && c != '_' && c != '.' && c != ':') {
      return false;
    }
    digits += digit ? 1 : 0;
    run_of_digits = digit ? run_of_digits + 1 : 0;
    word = digit || letter ? word + 1 : 0;
    word_digits = word == 0 ? 0 : word_digits + (digit ? 1 : 0);
    if (run_of_digits >= 5 || digits > 8 || (word >= 16 && word_digits >= 3)) {
      return false;
    }
  }
  return true;
}

/// Another way to find an element again: `#save` for its identifier, `[name="city"]` for the name of its
/// field in a form, else the roles from the window down, with its place among its siblings at the end:
/// `window/menu_bar/menu/menu_item[4]`.
[[nodiscard]] inline guarded_text selector_of(element const& what) {
  if (auto const id = what.attribute_named("id"); is_stable_identifier(id)) {
    return guarded_text{arena_string{std::string{"#"}.append(id)}};
  }
  if (auto const id = what.attribute_named("html-input-name"); is_stable_identifier(id)) {
    return guarded_text{arena_string{std::string{"[name=\""}.append(id).append("\"]")}};
  }
  if (auto const id = what.attribute_named("automation-id"); is_stable_identifier(id)) {
    return guarded_text{arena_string{std::string{"#"}.append(id)}};
  }
  // Roles and numbers are no content, so a plain string may put them together.
  std::string path;
  auto const step = [&path](std::uint32_t role) {
    if (!path.empty()) {
      path += '/';
    }
    path += name_of(ui_role_of(role));
  };
  for (auto const& one : what.path) {
    step(one.role);
  }
  step(what.role);
  if (what.index_in_parent >= 0) {
    path.append("[").append(std::to_string(what.index_in_parent)).append("]");
  }
  return guarded_text{arena_string{path}};
}

} // namespace overt::inline v0::capture::atspi
