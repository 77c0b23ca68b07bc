#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/element_label.hpp>
#include <overt/capture/atspi/element_value.hpp>

namespace overt::inline v0::capture::atspi {

/// Sees from the signals of a program, and from reading the element again, what came of an attempt; tells
/// the act when that is certain, and clears the attempt when it is told or was none.
template <class Reader, class Out>
class act_outcome {
public:
  static constexpr std::int64_t last_read_ns = 300'000'000;
  static constexpr std::int64_t linked_ns = 500'000'000;
  static constexpr std::int64_t together_ns = 30'000'000; ///< signals of one change come within this time

  explicit act_outcome(act_report<Reader, Out>& report) : report_{&report} {}

  /// What the signals so far say.
  void look(act_attempt& one, timestamp now) {
    switch (one.what) {
    case kind::toggles: look_at_toggle(one); break;
    case kind::expands: look_at_expansion(one); break;
    case kind::picks:
      if (auto const* const told =
              report_->log.latest_of(one.by.began, one.read, {change::expanded, change::collapsed})) {
        say_expanded(one, told->kind == change::expanded);
      }
      break;
    case kind::chooses:
      if (one.reads == 0 && report_->log.latest_of(one.by.began, one.read,
                                                   {change::selection_changed, change::value_changed})) {
        one.next = std::min(one.next, now);
      }
      break;
    case kind::linked: look_for_link(one); break;
    case kind::none: break;
    }
  }

  /// Of all that changed together, what the person meant: a radio button that goes on takes another off, and
  /// what LibreOffice shows in several places it tells of in several places.
  [[nodiscard]] tracked_signal const* find_link(act_attempt const& one) const {
    auto const told = [&](auto... kinds) {
      return report_->log.earliest(one.by.began, [&](tracked_signal const& it) {
        bool const of_program = one.target == nullptr || it.id.bus == one.target->id.bus;
        bool const in_time = it.time - one.by.when <= linked_ns && !(one.until && it.time >= *one.until);
        return of_program && in_time && ((it.kind == kinds) || ...);
      });
    };
    if (one.only_menus) {
      return nullptr;
    }
    if (one.only_tabs) {
      return told(change::selected);
    }
    if (auto const* const on = told(change::checked)) {
      return on;
    }
    if (auto const* const open = told(change::expanded, change::collapsed)) {
      return open;
    }
    auto const* const off = told(change::unchecked);
    return off != nullptr ? off : told(change::selected);
  }

  void answer(act_attempt& one, snapshot const& now_is) {
    ++one.reads;
    unsigned const most = one.what == kind::chooses ? 3 : 2;
    bool const last = one.reads >= most || now_is == nullptr;
    switch (one.what) {
    case kind::toggles: answer_toggle(one, now_is, last); break;
    case kind::expands: answer_expansion(one, now_is, last); break;
    case kind::picks: answer_pick(one, now_is); break;
    case kind::chooses: answer_choice(one, now_is, last); break;
    case kind::linked: answer_link(one, now_is); break;
    case kind::none: break;
    }
    // What is not certain yet is read once more.
    one.next = one.by.when + (one.reads > 1 ? 2 : 1) * last_read_ns;
  }

  void opened(act_attempt& one) { say_expanded(one, true); }

private:
  using kind = act_attempt::kind;
  using change = tracked_change;

  void look_at_toggle(act_attempt& one) {
    auto const* const told =
        report_->log.latest_of(one.by.began, one.read, {change::checked, change::unchecked});
    // GTK 4 also tells the state when an element first gets the focus, which is no change.
    if (told != nullptr && one.was && *one.was != (told->kind == change::checked)) {
      say_toggled(one, one.was, told->kind == change::checked);
    }
  }

  void look_at_expansion(act_attempt& one) {
    auto const* const told =
        report_->log.latest_of(one.by.began, one.read, {change::expanded, change::collapsed});
    if (told != nullptr && (told->kind == change::expanded) != one.was) {
      say_expanded(one, told->kind == change::expanded);
    }
  }

  void look_for_link(act_attempt& one) {
    if (find_link(one) != nullptr && !one.reading) {
      one.next = std::min(one.next, find_link(one)->time + together_ns);
    }
  }

  void answer_toggle(act_attempt& one, snapshot const& now_is, bool last) {
    if (now_is != nullptr && one.was && is_on(*now_is) != *one.was) {
      say_toggled(one, one.was, is_on(*now_is));
    } else if (now_is != nullptr && !one.was && was_told(one, is_on(*now_is))) {
      say_toggled(one, !is_on(*now_is), is_on(*now_is));
    } else if (last && one.needs_change) {
      clear(one);
    } else if (last) {
      // An item of a menu that is closed may still be as it was.
      bool const shown = now_is != nullptr && !is_menu_role(one.target->role);
      say_toggled(one, shown || now_is == nullptr ? one.was : std::nullopt,
                  shown ? std::optional{is_on(*now_is)} : std::nullopt);
    }
  }

  [[nodiscard]] bool was_told(act_attempt const& one, bool on) const {
    return report_->log.latest_of(one.by.began, one.read, {on ? change::checked : change::unchecked}) !=
           nullptr;
  }

  void answer_expansion(act_attempt& one, snapshot const& now_is, bool last) {
    if (now_is != nullptr && is_expanded(*now_is) != one.was) {
      say_expanded(one, is_expanded(*now_is));
    } else if (last && (one.needs_change || shape_of(*one.target) != act_shape::chooses)) {
      clear(one);
    } else if (last) {
      // Not every toolkit tells that a combo box opened.
      report_->tell(one.by.when, ui_act::expand, *one.target, one.by.from);
      clear(one);
    }
  }

  void answer_pick(act_attempt& one, snapshot const& now_is) {
    using state = accessible_state;
    auto const& target = *one.target;
    auto const* const told = report_->log.latest(one.by.began, [&](tracked_signal const& it) {
      return (it.kind == change::selected && it.id == target.id) ||
             (it.kind == change::selection_changed && is_inside(target, it.id));
    });
    bool const selected = told != nullptr || (now_is != nullptr && has_state(*now_is, state::selected));
    bool const pointer = one.by.origin == act_origin::pointer;
    if (selected || (pointer && has_state(target, state::selectable))) {
      report_->tell(one.by.when, ui_act::select, target, one.by.from, std::nullopt, std::nullopt,
                    one.called());
    } else if (pointer && (target.interfaces & element::action) != 0) {
      report_->tell(one.by.when, ui_act::activate, target, one.by.from, std::nullopt, std::nullopt,
                    one.called());
    }
    clear(one);
  }

  void answer_choice(act_attempt& one, snapshot const& now_is, bool last) {
    auto const before = before_choice(one);
    auto const after = now_is == nullptr ? std::string_view{} : value_of(*now_is);
    auto const taken = choice_label(one.taken);
    if (!after.empty() && one.target != nullptr && after != before) {
      say_chosen(one, now_is, after);
    } else if (!taken.empty() && taken != before && (one.target != nullptr || now_is != nullptr)) {
      say_chosen(one, now_is, taken);
    } else if (last && (one.needs_change || (now_is == nullptr && one.target == nullptr))) {
      clear(one);
    } else if (last) {
      say_chosen(one, now_is, after.empty() ? choice_label(one.picked) : after);
    }
  }

  [[nodiscard]] static std::string_view before_choice(act_attempt const& one) noexcept {
    auto const value = one.target == nullptr ? std::string_view{} : value_of(*one.target);
    return value.empty() ? choice_label(one.dropped) : value;
  }

  void answer_link(act_attempt& one, snapshot const& now_is) {
    auto const* const told = now_is == nullptr ? nullptr : find_link(one);
    bool const same_program =
        now_is != nullptr &&
        (one.target != nullptr || (one.by.process != 0 && now_is->process == one.by.process));
    if (told != nullptr && same_program && told->id == now_is->id) {
      auto const shape = shape_of(*now_is);
      bool const here = one.by.origin == act_origin::pointer && now_is->bounds.contains(one.by.x, one.by.y);
      if (told->kind == change::checked || told->kind == change::unchecked) {
        auto const hit = std::exchange(one.target, now_is);
        if (!list_name(*now_is, hit.get()).empty()) {
          clear(one); // what is chosen from its list is the act
          return;
        }
        if (shape == act_shape::toggles && was_told(one, is_on(*now_is))) {
          say_toggled(one, !is_on(*now_is), is_on(*now_is));
          return;
        }
      } else if (told->kind == change::selected) {
        if (shape == act_shape::turns_to || (shape == act_shape::picks && here && !one.only_tabs)) {
          report_->tell(one.by.when, ui_act::select, *now_is, one.by.from);
        }
      } else if (shape == act_shape::expands || shape == act_shape::chooses || shape == act_shape::picks) {
        one.target = now_is;
        say_expanded(one, told->kind == change::expanded);
        return;
      }
    }
    clear(one);
  }

  void say_toggled(act_attempt& one, std::optional<bool> was, std::optional<bool> is) {
    if (!list_name(*one.target, nullptr).empty()) {
      clear(one); // what is chosen from its list is the act
      return;
    }
    auto const word = [](std::optional<bool> on) {
      return on ? std::optional<std::string_view>{*on ? "on" : "off"} : std::nullopt;
    };
    report_->tell(one.by.when, ui_act::toggle, *one.target, one.by.from, word(was), word(is), one.called());
    clear(one);
  }

  void say_expanded(act_attempt& one, bool is) {
    report_->tell(one.by.when, ui_act::expand, *one.target, one.by.from, is ? "collapsed" : "expanded",
                  is ? "expanded" : "collapsed", one.called());
    clear(one);
  }

  void say_chosen(act_attempt& one, snapshot const& now_is, std::string_view after) {
    auto const& what = one.target != nullptr ? *one.target : *now_is;
    auto const known = [](std::string_view value) {
      return value.empty() ? std::optional<std::string_view>{} : value;
    };
    report_->tell(one.by.when, ui_act::select, what, one.by.from, known(before_choice(one)), known(after));
    clear(one);
  }

  act_report<Reader, Out>* report_;
};

} // namespace overt::inline v0::capture::atspi
