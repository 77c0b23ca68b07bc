#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/element_value.hpp>

namespace overt::inline v0::capture::atspi {

/// The acts whose result has to be seen first: the element is read again 80 ms and 300 ms after the act (a
/// combo box also after 600 ms: Firefox takes its time), and the signals of its program since the press say
/// what changed. Bounded: the oldest gives way.
template <class Reader, class Out>
class act_attempts {
public:
  static constexpr std::int64_t first_read_ns = 80'000'000;
  static constexpr std::int64_t last_read_ns = 300'000'000;
  static constexpr std::int64_t double_click_ns = 400'000'000;
  static constexpr std::int64_t linked_ns = 500'000'000;
  static constexpr std::int64_t together_ns = 30'000'000; ///< signals of one change come within this time
  static constexpr std::int32_t double_click_pixels = 5;

  using kind = act_attempt::kind;

  explicit act_attempts(act_report<Reader, Out>& report) : report_{&report} {}
  act_attempts(act_attempts const&) = delete;
  act_attempts& operator=(act_attempts const&) = delete;

  /// A check box, switch or radio button; `was` is how it was before, if that is known.
  void toggle(person_act const& by, snapshot target, snapshot inner, std::optional<bool> was) {
    auto const id = target->id;
    add({.what = kind::toggles,
         .by = by,
         .target = std::move(target),
         .inner = std::move(inner),
         .read = id,
         .was = was,
         .needs_change = by.origin == act_origin::keyboard,
         .next = by.when + first_read_ns});
  }

  void expand(person_act const& by, snapshot target, snapshot inner) {
    auto const id = target->id;
    bool const was = is_expanded(*target);
    add({.what = kind::expands,
         .by = by,
         .target = std::move(target),
         .inner = std::move(inner),
         .read = id,
         .was = was,
         .needs_change = by.origin == act_origin::keyboard,
         .next = by.when + first_read_ns});
  }

  void pick(person_act const& by, snapshot target, snapshot inner) {
    for (auto& one : all_) {
      bool const second = one.what == kind::picks && one.held && one.target->id == target->id;
      if (second) {
        one.by.from.add(by.from);
        report_->tell(by.when, ui_act::activate, *one.target, one.by.from, std::nullopt, std::nullopt,
                      one.called());
        end(one);
        return;
      }
    }
    bool const by_pointer = by.origin == act_origin::pointer;
    auto const id = target->id;
    add({.what = kind::picks,
         .by = by,
         .target = std::move(target),
         .inner = std::move(inner),
         .read = id,
         .needs_change = !by_pointer,
         .next = by_pointer ? by.began + double_click_ns : by.when + first_read_ns});
  }

  /// `combo` is as it was before, or null when only its `id` is known; `picked` null when the item is not
  /// known, and then only a changed value shows that there was a choice.
  void choose(person_act const& by, object_id const& id, snapshot combo, snapshot picked) {
    for (auto& one : all_) {
      if (one.what == kind::expands && one.read == id) {
        opened(one); // it was open, or there would be nothing to choose
      }
    }
    bool const needs_change = picked == nullptr;
    add({.what = kind::chooses,
         .by = by,
         .target = std::move(combo),
         .picked = std::move(picked),
         .read = id,
         .needs_change = needs_change,
         .next = by.when + first_read_ns});
  }

  /// Nothing that takes acts was hit, or a key has no element of its own. `hit` is what was hit, or has the
  /// focus; only its program counts. One at a time for each origin. `only_tabs`: a key that moves the focus
  /// leads to much that is no act, but with Control it turns to another tab.
  void link(person_act const& by, snapshot hit, bool only_tabs = false) {
    for (auto& one : all_) {
      if (one.what == kind::linked && one.by.origin == by.origin) {
        end(one);
      }
    }
    add({.what = kind::linked,
         .by = by,
         .target = std::move(hit),
         .only_tabs = only_tabs,
         .next = by.when + linked_ns});
  }

  /// The right button went down on `hit`: only a menu that opens makes it an act.
  void link_menu(person_act const& by, snapshot hit) {
    link(by, std::move(hit));
    for (auto& one : all_) {
      one.only_menus = one.only_menus || (one.what == kind::linked && one.ticket == tickets_);
    }
  }

  /// The act that a key stood for was found elsewhere.
  void unlink(act_origin origin) {
    for (auto& one : all_) {
      if (one.what == kind::linked && one.by.origin == origin) {
        end(one);
      }
    }
  }
  [[nodiscard]] act_attempt const* linked(act_origin origin) const {
    for (auto const& one : all_) {
      if (one.what == kind::linked && one.by.origin == origin) {
        return &one;
      }
    }
    return nullptr;
  }

  /// The person does something else: what changes from now on is that.
  void hurry() {
    for (auto& one : all_) {
      if (one.what == kind::chooses && !one.reading) {
        one.reads = 2;
        due(one);
      }
    }
  }

  /// A button went down where the last click was: wait whether it makes it a double click.
  void second_press(input_hint const& down) {
    for (auto& one : all_) {
      bool const near = std::abs(down.x - one.by.x) <= double_click_pixels &&
                        std::abs(down.y - one.by.y) <= double_click_pixels;
      if (one.what == kind::picks && one.by.origin == act_origin::pointer && near &&
          down.time - one.by.began <= double_click_ns) {
        one.held = true;
        one.next = down.time + 2 * double_click_ns;
      }
    }
  }

  /// Items of this combo box were seen, so it is open.
  void opened(object_id const& combo) {
    for (auto& one : all_) {
      if (one.what == kind::expands && one.read == combo && shape_of(*one.target) == act_shape::chooses) {
        opened(one);
      }
    }
  }

  /// An item of a combo box was selected, or no longer is, and this is what it is called.
  void chosen(snapshot const& item, tracked_signal const& told) {
    for (auto& one : all_) {
      if (one.what == kind::chooses && told.time >= one.by.began && is_inside(*item, one.read)) {
        (told.kind == change::selected ? one.taken : one.dropped) = item;
      }
    }
  }
  [[nodiscard]] bool choosing() const noexcept {
    for (auto const& one : all_) {
      if (one.what == kind::chooses) {
        return true;
      }
    }
    return false;
  }

  /// A signal came in (and is in the log).
  void signal(tracked_signal const& told) {
    for (auto& one : all_) {
      if (one.what != kind::none) {
        look(one, told.time);
      }
    }
  }

  void tick(timestamp now) {
    for (auto& one : all_) {
      if (one.what != kind::none) {
        look(one, now);
      }
    }
    for (auto& one : all_) {
      if (one.what != kind::none && !one.reading && now >= one.next) {
        due(one);
      }
    }
  }

  [[nodiscard]] timestamp next_wakeup() const noexcept {
    timestamp first{INT64_MAX};
    for (auto const& one : all_) {
      if (one.what != kind::none && !one.reading && one.next < first) {
        first = one.next;
      }
    }
    return first;
  }

private:
  using change = tracked_change;

  void add(act_attempt&& made) {
    auto* place = &all_.front();
    for (auto& one : all_) {
      if (one.what == kind::none) {
        place = &one;
        break;
      }
      if (one.ticket < place->ticket) {
        place = &one;
      }
    }
    *place = std::move(made);
    place->ticket = ++tickets_;
    look(*place, place->by.when);
  }

  static void end(act_attempt& one) { one = act_attempt{}; }

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

  /// Of all that changed together, what the person meant: a radio button that goes on takes another off, and
  /// what LibreOffice shows in several places it tells of in several places.
  [[nodiscard]] tracked_signal const* find_link(act_attempt const& one) const {
    auto const told = [&](auto... kinds) {
      return report_->log.earliest(one.by.began, [&](tracked_signal const& it) {
        bool const of_program = one.target == nullptr || it.id.bus == one.target->id.bus;
        return of_program && it.time - one.by.when <= linked_ns && ((it.kind == kinds) || ...);
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

  /// It is time to read.
  void due(act_attempt& one) {
    if (one.what == kind::linked) {
      auto const* const told = find_link(one);
      if (told == nullptr || one.by.when + linked_ns < told->time) {
        end(one);
        return;
      }
      one.read = told->id;
    }
    one.reading = true;
    report_->read(one.read, [this, ticket = one.ticket](snapshot const& now_is) {
      for (auto& it : all_) {
        if (it.what != kind::none && it.ticket == ticket) {
          it.reading = false;
          answer(it, now_is);
          return;
        }
      }
    });
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

  void answer_toggle(act_attempt& one, snapshot const& now_is, bool last) {
    if (now_is != nullptr && one.was && is_on(*now_is) != *one.was) {
      say_toggled(one, one.was, is_on(*now_is));
    } else if (now_is != nullptr && !one.was && was_told(one, is_on(*now_is))) {
      say_toggled(one, !is_on(*now_is), is_on(*now_is));
    } else if (last && one.needs_change) {
      end(one);
    } else if (last) {
      say_toggled(one, one.was, now_is == nullptr ? std::optional<bool>{} : is_on(*now_is));
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
      end(one);
    } else if (last) {
      // Not every toolkit tells that a combo box opened.
      report_->tell(one.by.when, ui_act::expand, *one.target, one.by.from);
      end(one);
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
    end(one);
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
      end(one);
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
        one.target = now_is;
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
    end(one);
  }

  void say_toggled(act_attempt& one, std::optional<bool> was, std::optional<bool> is) {
    auto const word = [](std::optional<bool> on) {
      return on ? std::optional<std::string_view>{*on ? "on" : "off"} : std::nullopt;
    };
    report_->tell(one.by.when, ui_act::toggle, *one.target, one.by.from, word(was), word(is), one.called());
    end(one);
  }

  void say_expanded(act_attempt& one, bool is) {
    report_->tell(one.by.when, ui_act::expand, *one.target, one.by.from, is ? "collapsed" : "expanded",
                  is ? "expanded" : "collapsed", one.called());
    end(one);
  }

  void say_chosen(act_attempt& one, snapshot const& now_is, std::string_view after) {
    auto const& what = one.target != nullptr ? *one.target : *now_is;
    auto const known = [](std::string_view value) {
      return value.empty() ? std::optional<std::string_view>{} : value;
    };
    report_->tell(one.by.when, ui_act::select, what, one.by.from, known(before_choice(one)), known(after));
    end(one);
  }

  void opened(act_attempt& one) { say_expanded(one, true); }

  act_report<Reader, Out>* report_;
  std::array<act_attempt, 8> all_{};
  std::uint64_t tickets_ = 0;
};

} // namespace overt::inline v0::capture::atspi
