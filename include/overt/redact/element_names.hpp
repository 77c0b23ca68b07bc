#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <overt/consent/grants.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/ui_action.hpp>
#include <overt/redact/detect/scan.hpp>
#include <overt/redact/element_selector.hpp>
#include <overt/redact/enumerator_literal.hpp>
#include <overt/redact/guarded_texts.hpp>
#include <overt/redact/interface_text.hpp>
#include <overt/redact/parameter_list.hpp>
#include <overt/redact/path_ranges.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/pseudonym_key.hpp>

namespace overt::inline v0::redact {

/// Tells what elements are called where the name says something about the program, and hides it where it says
/// something about a person or their work. For traces that others see; `elements` tells every name and is for
/// research.
///
///     redact::element_names{.labels = {"Mark as read", "Ticket"}, .key = key}
///
/// - A name leaves when its role is a control's (`tells_names`), every word of it is one of interfaces (see
///   `is_interface_text`) and no detector finds anything in it; or when it is one of `labels`, exactly, which
///   counts for every role that is not secret. Links, headings, labels, items of lists, cells, documents and
///   windows are what programs show rather than what they are: their names leave only through `labels`.
/// - Every other name is hidden: `name:3f9a1c02:tens`, a pseudonym with a length bucket, where there is a
/// key,
///   and nothing otherwise. So are the names on the way to an element.
/// - Of values, states leave ("on", "expanded"), a choice under the same rule as a name, and of a number its
///   size in buckets (`number:tens`). What stands in a field does not.
/// - A selector leaves when it is a path of roles, or when its identifier was written by a programmer (see
///   `is_identifier_text`); otherwise the roles from the window down stand in for it, or a pseudonym.
/// - Of a key of a keypad on the screen neither name nor place leaves.
///
/// What it cannot tell: a person or a secret that is called by words of interfaces ("Page", or the words of a
/// wallet's phrase on buttons). `my_data` of the detectors is for what is known of that kind.
struct element_names {
  std::vector<std::string> labels{};          ///< names that leave as they are
  detect::detectors look_for = detect::all(); ///< what a name must not be
  pseudonym_key key{};                        ///< none: what is hidden is left out

  static constexpr std::string_view name = "element_names";
  [[nodiscard]] std::string describe() const {
    return parameter_list{}.add("labels", labels).add("look_for", look_for).add("key", key).json(name);
  }

  [[nodiscard]] consent::grants needs() const { return consent::grants::ui_element; }

  /// Roles whose names are a program's own words.
  [[nodiscard]] static constexpr bool tells_names(ui_role role) noexcept {
    switch (role) {
    case ui_role::button:
    case ui_role::toggle_button:
    case ui_role::check_box:
    case ui_role::radio_button:
    case ui_role::menu_bar:
    case ui_role::menu:
    case ui_role::menu_item:
    case ui_role::tab_list:
    case ui_role::tab:
    case ui_role::combo_box:
    case ui_role::spin_button:
    case ui_role::slider:
    case ui_role::tool_bar:
    case ui_role::dialog: return true;
    default: return false;
    }
  }

  [[nodiscard]] verdict operator()(ui_action& what, disclosure const& unlock) const {
    if (is_secret(what.role)) {
      deny_all(what, unlock);
      return verdict::pass();
    }
    if (what.role == ui_role::button && names_a_key(what.label.look(unlock).view())) {
      unlock.note("KEYPAD", redaction_action::withheld, amount::under_ten);
      deny_all(what, unlock);
      what.bounds = {}; // where it is says which it is
      return verdict::release(unlock);
    }
    tell_name(what.label, what.role, "name", unlock);
    for (auto& step : what.path) {
      tell_name(step.label, step.role, "name", unlock);
    }
    tell_value(what.before, what, unlock);
    tell_value(what.after, what, unlock);
    tell_selector(what, unlock);
    return verdict::release(unlock);
  }

private:
  [[nodiscard]] static constexpr bool is_secret(ui_role role) noexcept {
    return role == ui_role::unknown || role == ui_role::password_field || role == ui_role::terminal ||
           role > ui_role::window;
  }

  /// One character, or a telephone's "2 ABC".
  [[nodiscard]] static bool names_a_key(std::string_view label) noexcept {
    auto const first = v0::detail::decode_utf8(label);
    if (first.size == 0 || label.size() == first.size) {
      return first.size != 0;
    }
    return detail::is_digit(label.front()) && label.size() <= 6 &&
           label.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ \n", 1) == std::string_view::npos;
  }

  static void deny_all(ui_action& what, disclosure const& unlock) {
    what.label.deny(unlock);
    what.before.deny(unlock);
    what.after.deny(unlock);
    what.selector.deny(unlock);
    for (auto& step : what.path) {
      step.label.deny(unlock);
    }
  }

  /// What is in a text: nothing, a file's path, what a detector found, or "UNSEARCHED" where one could not
  /// look.
  [[nodiscard]] literal recognised(std::string_view text) const {
    detect::findings found;
    detect::scan(look_for, text, found);
    return !found.complete()     ? literal{"UNSEARCHED"}
           : !found.empty()      ? literal_of(found.spans().front().type)
           : has_file_path(text) ? literal{"FILE_PATH"}
                                 : literal{};
  }

  void tell_name(guarded_text& field, ui_role role, literal kind, disclosure const& unlock) const {
    auto const text = field.look(unlock).view();
    if (text.empty()) {
      return;
    }
    if (is_secret(role)) {
      return hide(field, kind, "ELEMENT_NAME", false, unlock);
    }
    if (std::find(labels.begin(), labels.end(), text) != labels.end()) {
      return field.disclose(unlock);
    }
    auto const entity = recognised(text);
    if (entity == literal{} && tells_names(role) && is_interface_text(text)) {
      return field.disclose(unlock);
    }
    hide(field, kind, entity == literal{} ? literal{"ELEMENT_NAME"} : entity, true, unlock);
  }

  void tell_value(guarded_text& field, ui_action const& what, disclosure const& unlock) const {
    auto const text = field.look(unlock).view();
    if (text.empty()) {
      return;
    }
    switch (what.role) {
    case ui_role::spin_button:
    case ui_role::slider: return tell_number(field, unlock);
    case ui_role::combo_box:
    case ui_role::tab_list:
      // What was typed into a combo box is set, not chosen.
      if (what.act == ui_act::select) {
        return tell_name(field, ui_role::combo_box, "choice", unlock);
      }
      break;
    case ui_role::text_field:
    case ui_role::document:
    case ui_role::table_cell: break;
    default: {
      constexpr auto states = std::to_array<std::string_view>(
          {"on", "off", "mixed", "checked", "unchecked", "selected", "unselected", "expanded", "collapsed",
           "pressed", "released", "opened", "closed", "true", "false"});
      if (std::find(states.begin(), states.end(), text) != states.end()) {
        return field.disclose(unlock);
      }
    }
    }
    hide(field, "value", "ELEMENT_VALUE", false, unlock);
  }

  /// How large a number is, roughly: exactly, it could be an amount, an age or a year of birth.
  static void tell_number(guarded_text& field, disclosure const& unlock) {
    auto text = field.look(unlock).view();
    auto const size = size_of(text);
    if (text.starts_with('-') || text.starts_with('+')) {
      text.remove_prefix(1);
    }
    if (text.ends_with('%')) {
      text.remove_suffix(1);
    }
    auto const point = text.find_first_of(".,");
    auto const whole = text.substr(0, point);
    auto const rest = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || whole.size() > 9 ||
        whole.find_first_not_of("0123456789") != std::string_view::npos ||
        rest.find_first_not_of("0123456789") != std::string_view::npos) {
      unlock.note("ELEMENT_VALUE", redaction_action::withheld, size);
      return field.deny(unlock);
    }
    std::uint64_t value = 0;
    for (char const digit : whole) {
      value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    unlock.note("ELEMENT_VALUE", redaction_action::replaced, size);
    field.replace(unlock, replacement{}.put("number:").put(bucket_of(value)));
    field.disclose(unlock);
  }

  void tell_selector(ui_action& what, disclosure const& unlock) const {
    auto const text = what.selector.look(unlock).view();
    if (text.empty()) {
      return;
    }
    auto const parts = split_selector(text);
    if (parts.what == selector_parts::kind::roles) {
      return what.selector.disclose(unlock);
    }
    bool const named = parts.what != selector_parts::kind::other;
    auto const entity = recognised(text);
    if (named && entity == literal{} && is_identifier_text(parts.name)) {
      return what.selector.disclose(unlock);
    }
    unlock.note(entity == literal{} ? literal{"SELECTOR"} : entity, redaction_action::replaced,
                size_of(text));
    if (parts.what == selector_parts::kind::form_name && key) {
      auto const stand_in = key.of(unlock, "form_name", parts.name, true);
      what.selector.replace(unlock, replacement{}.put("[name=\"").put(stand_in).put("\"]"));
    } else if (parts.what == selector_parts::kind::identifier && key) {
      auto const stand_in = key.of(unlock, "identifier", parts.name, true);
      what.selector.replace(unlock, replacement{}.put("#").put(stand_in));
    } else {
      what.selector.replace(unlock, path_of_roles(what));
    }
    what.selector.disclose(unlock);
  }

  void hide(guarded_text& field, literal kind, literal entity, bool may_stand_in,
            disclosure const& unlock) const {
    auto const text = field.look(unlock).view();
    auto const size = size_of(text);
    if (!may_stand_in || !key) {
      unlock.note(entity, redaction_action::withheld, size);
      return field.deny(unlock);
    }
    unlock.note(entity, redaction_action::replaced, size);
    auto const stand_in = key.of(unlock, kind, text, true);
    field.replace(unlock, replacement{}.put(kind).put(":").put(stand_in).put(":").put(size));
    field.disclose(unlock);
  }
};

} // namespace overt::inline v0::redact
