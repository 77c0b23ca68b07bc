#pragma once

#include <optional>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_parts.hpp>
#include <overt/capture/atspi/act_performer.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/clipboard_keys.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// Makes acts out of keys.
template <class Reader, class Out>
class keyboard_acts {
public:
  keyboard_acts(act_parts<Reader, Out>& parts, act_performer<Reader, Out>& performer)
      : parts_{&parts}, performer_{&performer} {}

  void key(input_hint const& given) {
    if (given.use == key_use::modifier) {
      return;
    }
    parts_->menu.person_acts(given);
    parts_->attempts.hurry();
    parts_->attempts.unlink(act_origin::keyboard);
    parts_->attempts.cut_links(given.time);
    person_act by{
        .origin = act_origin::keyboard, .began = given.time, .when = given.time, .process = given.process};
    by.from.add(given.event);
    bool const known = parts_->focus != nullptr && may_be_same(parts_->focus->process, given.process) &&
                       !(parts_->moving_since && given.time - *parts_->moving_since < parts_->moving_ns);
    auto const here = known ? parts_->focus : snapshot{};
    if (given.use == key_use::tab) {
      parts_->moving_since = given.time;
    }

    if (auto const operation = clipboard_operation_of(given.use)) {
      parts_->clipboard.used(*operation, given.time, here, given.process, by.from);
    }
    if (given.use == key_use::escape) {
      parts_->menu.close(given.time);
      parts_->combos.closed();
      parts_->rows.cancel();
      return;
    }
    bool const chooses = given.use == key_use::enter || given.use == key_use::space;
    parts_->popups.key(by, chooses);
    parts_->combos.forget_closed(given.time, given.process);
    if (parts_->menu.open_at(given.time) && may_be_same(parts_->menu.first()->process, given.process)) {
      if (auto const item = parts_->menu.at_key(given.time); item != nullptr && chooses) {
        performer_->perform(by, item, {});
      } else {
        parts_->combos.add(by.from);
      }
      return;
    }
    if (parts_->combos.open_at(given.time)) {
      if (chooses || given.use == key_use::tab) {
        performer_->choose(by, here != nullptr && is_choice(*here) && given.use != key_use::tab ? here
                                                                                                : snapshot{});
      } else {
        parts_->combos.add(by.from);
      }
      return;
    }
    if (given.use == key_use::tab || given.use == key_use::enter) {
      parts_->values.end(given.time);
    }
    if (here == nullptr || given.use == key_use::tab) {
      parts_->attempts.link(by, here, given.use == key_use::tab);
      return;
    }
    key_on(here, given.use, by);
  }

private:
  void key_on(snapshot const& here, key_use use, person_act const& by) {
    auto const combo = parts_->combos.focused();
    auto const shape =
        combo != nullptr && shape_of(*here) != act_shape::edits ? act_shape::chooses : shape_of(*here);
    bool const enters =
        use == key_use::enters || use == key_use::erases || use == key_use::paste || use == key_use::cut;
    if (shape == act_shape::edits && use != key_use::command && use != key_use::other) {
      return;
    }
    if (shape == act_shape::slides && (use == key_use::arrow || enters)) {
      parts_->values.step(parts_->report.newest(here), by.when, by.from, enters);
      return;
    }
    if (shape == act_shape::chooses && (use == key_use::arrow || use == key_use::enters)) {
      parts_->values.step(combo != nullptr ? combo : here, by.when, by.from);
      return;
    }
    if (use == key_use::arrow) {
      parts_->rows.step(by);
      parts_->attempts.link(by, here); // or it shows what belongs to an item of a tree
      return;
    }
    if (use == key_use::enter || use == key_use::space) {
      press_key(shape == act_shape::chooses && combo != nullptr ? combo : here, shape, use, by);
      return;
    }
    parts_->attempts.link(by, here);
  }

  /// Enter or Space on the element that has the focus.
  void press_key(snapshot const& here, act_shape shape, key_use use, person_act const& by) {
    bool const space = use == key_use::space;
    switch (shape) {
    case act_shape::activates:
    case act_shape::opens_menu:
      if (!space || !is_role(here->role, accessible_role::link)) {
        performer_->perform(by, here, {});
      }
      break;
    case act_shape::picks:
      if (space) {
        parts_->attempts.pick(by, here, {});
      } else {
        parts_->report.tell(by.when, ui_act::activate, *here, by.from);
      }
      break;
    case act_shape::toggles:
    case act_shape::chooses:
    case act_shape::expands: performer_->perform(by, here, {}); break;
    case act_shape::turns_to: parts_->attempts.link(by, here); break;
    case act_shape::slides:
    case act_shape::edits:
    case act_shape::nothing: break;
    }
  }

  act_parts<Reader, Out>* parts_;
  act_performer<Reader, Out>* performer_;
};

} // namespace overt::inline v0::capture::atspi
