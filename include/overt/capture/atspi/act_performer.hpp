#pragma once

#include <optional>
#include <string_view>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_parts.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/clipboard_keys.hpp>
#include <overt/capture/atspi/element_value.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::capture::atspi {

/// Says what the act is, once it is known on which element it was done.
template <class Reader, class Out>
class act_performer {
public:
  explicit act_performer(act_parts<Reader, Out>& parts) : parts_{&parts} {}

  /// The act of the person on this element.
  void perform(person_act const& by, snapshot const& target, snapshot const& inner) {
    bool const of_menu = is_menu_role(target->role);
    if (is_choice(*target) &&
        (parts_->combos.open_at(by.began) || (of_menu && combo_around(*target) != nullptr))) {
      choose(by, target);
      return;
    }
    if (parts_->popups.chose(by, target)) {
      return;
    }
    auto const called = inner == nullptr ? std::string_view{} : inner->name.view();
    switch (shape_of(*target)) {
    case act_shape::activates:
      parts_->report.tell(by.when, ui_act::activate, *target, by.from, std::nullopt, std::nullopt, called);
      if (auto const operation = of_menu ? clipboard_operation_of(*target) : std::nullopt) {
        parts_->clipboard.used(*operation, by.when, parts_->focus, by.process, by.from);
      }
      break;
    case act_shape::opens_menu:
      parts_->report.tell(by.when, ui_act::open_menu, *target, by.from, std::nullopt, std::nullopt, called);
      parts_->opener = target->id;
      return;
    case act_shape::toggles:
      toggle(by, target, inner);
      parts_->popups.toggled(target, by.when);
      break;
    case act_shape::chooses: open_list(by, target, inner); return;
    case act_shape::picks: parts_->attempts.pick(by, target, inner); break;
    case act_shape::turns_to:
      parts_->report.tell(by.when, ui_act::select, *target, by.from, std::nullopt, std::nullopt, called);
      break;
    case act_shape::slides: {
      auto const before = parts_->hover.before(target->id, by.began);
      auto const late = before == nullptr ? std::optional{by.began} : std::nullopt;
      parts_->values.step(before != nullptr ? before : target, by.when, by.from, false, late);
      break;
    }
    case act_shape::expands: parts_->attempts.expand(by, target, inner); break;
    case act_shape::edits: break;
    case act_shape::nothing: parts_->attempts.link(by, target); break;
    }
    if (of_menu) {
      parts_->menu.close(by.when);
      parts_->opener = {};
    }
  }

  /// Something was chosen from the list of a combo box. `picked` null: it is not known what, or whether.
  void choose(person_act const& by, snapshot const& picked) {
    auto const from = parts_->combos.choose(picked);
    parts_->menu.close(by.when);
    if (from.id) {
      auto whole = by;
      whole.from = from.from;
      whole.from.add(by.from);
      parts_->attempts.choose(whole, from.id, from.before, picked);
    }
  }

private:
  void toggle(person_act const& by, snapshot const& target, snapshot const& inner) {
    std::optional<bool> was;
    if (auto const before = parts_->hover.before(target->id, by.began)) {
      was = is_on(*before);
    } else if (target->observed <= by.when) {
      was = is_on(*target); // programs toggle at the release
      using change = tracked_change;
      if (auto const* const since = parts_->report.log.latest_of(target->observed, target->id,
                                                                 {change::checked, change::unchecked});
          since != nullptr && since->time < by.began) {
        was = since->kind == change::checked;
      }
    }
    parts_->attempts.toggle(by, target, inner, was);
  }

  void open_list(person_act const& by, snapshot const& combo, snapshot const& inner) {
    parts_->attempts.expand(by, combo, inner);
    if (by.origin == act_origin::pointer) {
      parts_->combos.opened(combo, by.when);
    }
  }

  act_parts<Reader, Out>* parts_;
};

} // namespace overt::inline v0::capture::atspi
