#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <overt/capture/atspi/digit_boxes.hpp>
#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/folded_text.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/secret_words.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/context.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0::capture::atspi {

namespace detail {

/// Whether a text has no characters but those that stand for hidden ones. A single "*" marks what must be
/// filled in, so it takes two of them.
[[nodiscard]] constexpr bool is_bullets(std::string_view text) noexcept {
  constexpr std::u32string_view bullets = U"•●∙⋅·◦○⚫⬤⚪■▪█✱∗⁎＊・";
  int stars = 0;
  int dots = 0;
  while (!text.empty()) {
    auto const one = overt::detail::decode_utf8(text);
    if (one.size == 0) {
      return false;
    }
    if (one.character == '*') {
      ++stars;
    } else if (bullets.find(static_cast<char32_t>(one.character)) != std::u32string_view::npos) {
      ++dots;
    } else if (one.character != ' ') {
      return false;
    }
    text.remove_prefix(one.size);
  }
  return dots > 0 || stars > 1;
}

[[nodiscard]] constexpr char lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Whether `text` has `wanted` (lower case) in it, in capitals or not.
[[nodiscard]] constexpr bool holds(std::string_view text, std::string_view wanted) noexcept {
  auto const same = [](char a, char b) { return lower(a) == b; };
  return !std::ranges::search(text, wanted, same).empty();
}

[[nodiscard]] constexpr bool same_beginning(std::string_view text, std::string_view wanted) noexcept {
  return text.size() >= wanted.size() && holds(text.substr(0, wanted.size()), wanted);
}

/// The number that a text begins with; 0: none, or more than a thousand.
[[nodiscard]] constexpr int small_number(std::string_view text) noexcept {
  int value = 0;
  for (auto const digit : text) {
    if (digit < '0' || digit > '9' || value > 1000) {
      break;
    }
    value = value * 10 + (digit - '0');
  }
  return value > 1000 ? 0 : value;
}

/// What an attribute says outright: the types of inputs and the words for what a browser may fill in (WHATWG
/// HTML, "autofill": `cc-` for all of a card), and a style that hides what is typed.
[[nodiscard]] constexpr bool declares_a_secret(std::string_view key, std::string_view value) noexcept {
  if (holds(key, "text-security") || holds(value, "text-security")) {
    return !holds(value, "none");
  }
  bool word_begins = true;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (word_begins &&
        (same_beginning(value.substr(i), "cc-") || same_beginning(value.substr(i), "one-time-"))) {
      return true;
    }
    word_begins = value[i] == ' ';
  }
  return holds(value, "password");
}

/// Whether a button beside a field shows and hides what is in it, as far as one word tells. A longer label
/// ("Show password") is for `names_a_secret`.
[[nodiscard]] constexpr bool reveals(std::string_view name) noexcept {
  constexpr auto words = in_order(std::to_array<phrase>(
      {{U"show"},       {U"hide"},      {U"reveal"},     {U"unmask"},   {U"anzeigen"}, {U"zeigen"},
       {U"einblenden"}, {U"verbergen"}, {U"ausblenden"}, {U"afficher"}, {U"masquer"},  {U"voir"},
       {U"mostrar"},    {U"ocultar"},   {U"esconder"},   {U"mostra"},   {U"nascondi"}, {U"tonen"},
       {U"toon"},       {U"verbergen"}, {U"pokaz"},      {U"ukryj"},    {U"показать"}, {U"скрыть"},
       {U"goster"},     {U"gizle"},     {U"表示"},       {U"非表示"},   {U"显示"},     {U"隐藏"},
       {U"顯示"},       {U"隱藏"}}));
  auto const behind = behind_any(words, name);
  return behind.data() != nullptr && behind.empty() && name.size() <= 24 &&
         name.find(' ') == std::string_view::npos;
}

[[nodiscard]] constexpr bool is_beside_a_reveal_button(neighbours around) noexcept {
  if (around.self >= around.all.size()) {
    return false;
  }
  auto const behind = around.all.subspan(around.self + 1);
  for (auto const& one : behind.first(std::min<std::size_t>(behind.size(), 2))) {
    if (takes_text(one)) {
      return false; // the button, if there is one, belongs to that field
    }
    auto const what = ui_role_of(one.role);
    bool const is_switch =
        what == ui_role::button || what == ui_role::toggle_button || what == ui_role::check_box;
    bool const may_be_one = is_switch || what == ui_role::image || what == ui_role::link;
    // Not a link with many words: "Forgot your password?" stands beside the name of the user.
    if ((may_be_one && reveals(one.name)) || (is_switch && names_a_secret(one.name))) {
      return true;
    }
  }
  return false;
}

/// Whether anything about a field that takes text says that the text is a secret.
[[nodiscard]] inline bool is_suspicious(element const& what, neighbours around) noexcept {
  auto const says = [](std::string_view text) { return is_bullets(text) || names_a_secret(text); };
  if (says(what.name.view()) || says(what.label.view()) || says(what.description.view()) ||
      is_bullets(what.value.view())) {
    return true;
  }
  for (auto const& one : what.attributes) {
    auto const value = one.value.view();
    // Whatever the attribute: id, class, name, placeholder, and what a later browser calls them.
    if (declares_a_secret(one.key, value) || says(value)) {
      return true;
    }
  }
  return small_number(what.attribute_named("maxlength")) == 1 || in_digit_boxes(around) ||
         is_beside_a_reveal_button(around);
}

/// Whether the element takes text: by its role, or because its states say so. (That it has the interface for
/// editing says little in a page, where nearly everything has it.)
[[nodiscard]] inline bool is_text_field(element const& what, role_nature nature, input_lane lane) noexcept {
  if (has_state(what, accessible_state::editable)) {
    return true;
  }
  bool const can_edit = (what.interfaces & element::editable_text) != 0;
  switch (nature) {
  case role_nature::text_field:
    // A piece of text on a page has the role of a field in some toolkits. It never has the focus.
    return lane != input_lane::pointer || can_edit || !is_role(what.role, accessible_role::text) ||
           has_state(what, accessible_state::focusable);
  case role_nature::inert: return can_edit && !what.document;
  case role_nature::document:
    // In a spreadsheet one types without a field: the cell becomes one with the first letter.
    return is_role(what.role, accessible_role::document_spreadsheet) &&
           !has_state(what, accessible_state::read_only);
  default: return false;
  }
}

/// Whether a container that has the focus is known to take no text: an open dialog on a page. Everything else
/// is in doubt. A window that is said to have the focus itself may be a browser that shows its pages to
/// nobody, a panel may be a picture of another machine.
[[nodiscard]] inline bool is_harmless_with_focus(element const& what) noexcept {
  return ui_role_of(what.role) == ui_role::dialog && what.document && what.children > 0;
}

} // namespace detail

/// What kind of field an element is for input of this lane: `none`, `plain`, `secret` or `unknown`. What is
/// not understood is `unknown`, which is treated as secret. Null: it could not be read.
///
/// For the keyboard, give the element that has the focus, and null when that is not known; never the window
/// around it because nothing better is at hand. For the pointer, give what is under it.
///
/// Call `sticky_secrets::judge`, which remembers; this function sees only what the element is now.
[[nodiscard]] inline field_kind field_kind_of(element const* what, neighbours around = {},
                                              input_lane lane = input_lane::keyboard) noexcept {
  if (what == nullptr || has_state(*what, accessible_state::defunct)) {
    return field_kind::unknown;
  }
  auto const nature = nature_of(what->role);
  switch (nature) {
  case role_nature::password:
  case role_nature::terminal: return field_kind::secret;
  case role_nature::unknown: return field_kind::unknown;
  default: break;
  }
  if (detail::is_text_field(*what, nature, lane)) {
    return detail::is_suspicious(*what, around) ? field_kind::secret : field_kind::plain;
  }
  bool const doubtful = nature == role_nature::container && lane != input_lane::pointer;
  return doubtful && !detail::is_harmless_with_focus(*what) ? field_kind::unknown : field_kind::none;
}

/// What `neighbour` says of an element. The name is a view of the element's.
[[nodiscard]] inline neighbour neighbour_of(element const& what) noexcept {
  auto const kind = what.attribute_named("text-input-type");
  return {.role = what.role,
          .bounds = what.bounds,
          .name = what.name.view(),
          .longest = detail::small_number(what.attribute_named("maxlength")),
          .numeric = kind == "tel" || kind == "number" || what.attribute_named("inputmode") == "numeric"};
}

} // namespace overt::inline v0::capture::atspi
