#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <utility>

#include <overt/capture/atspi/act_attempts.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/clipboard_watch.hpp>
#include <overt/capture/atspi/combo_watch.hpp>
#include <overt/capture/atspi/hover_watch.hpp>
#include <overt/capture/atspi/list_popup.hpp>
#include <overt/capture/atspi/menu_watch.hpp>
#include <overt/capture/atspi/pointer_presses.hpp>
#include <overt/capture/atspi/row_run.hpp>
#include <overt/capture/atspi/tracked_signal.hpp>
#include <overt/capture/atspi/value_run.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// Makes out what a person did, in the program's own terms, from input and from what the program tells of its
/// elements: one `ui_action` for one act, and `clipboard` operations.
///
/// An act starts with input. What changes without it is nobody's act. An element is read when the button goes
/// down on it, because after the release it may be gone; items of menus when their program marks them; values
/// again after the act.
///
/// `Reader` has `read(object_id const&, done)` and `under(process, window, x, y, done)`, where `done` takes
/// an `element const*` and is called later, on the same thread; null: gone, or no answer in time. `Out` has
/// `act(timestamp, element const&, ui_action&&)` and `clipboard_used(timestamp, element const&,
/// clipboard&&)`. Both live longer than the tracker; answers that come after its end are ignored. One thread.
/// State is bounded; texts of elements are wiped with it.
template <class Reader, class Out>
class act_tracker {
public:
  static constexpr std::int64_t hit_patience_ns = 500'000'000;
  static constexpr std::int64_t linked_to_input_ns = 1'000'000'000;
  static constexpr std::int32_t click_pixels = 8; ///< how far a click may move where bounds are not known

  /// `is_secret(element)`: a field that is secret or not known. Of it, only that something was done is told.
  act_tracker(Reader& reader, Out& out, std::function<bool(element const&)> is_secret)
      : report_{reader, out, std::move(is_secret)}, hover_{reader} {}
  act_tracker(act_tracker const&) = delete;
  act_tracker& operator=(act_tracker const&) = delete;

  void hint(input_hint const& given) {
    if (given.what == hint_kind::pointer_moved) {
      menu_.person_acts(given);
      hover_.moved(given);
      last_move_ = given.time;
      return;
    }
    last_input_ = std::max(last_input_, given.time);
    switch (given.what) {
    case hint_kind::button_down: down(given); break;
    case hint_kind::button_up: up(given); break;
    case hint_kind::wheel: wheel(given); break;
    case hint_kind::key_down: key(given); break;
    case hint_kind::pointer_moved:
    case hint_kind::focus_moved:
    case hint_kind::key_up: break;
    }
  }

  /// The element that has the focus now, or still has it; null: none that could be read.
  void focus_changed(element const* now) {
    bool const moved = now == nullptr || now->id != focus_told_;
    focus_told_ = now == nullptr ? object_id{} : now->id;
    if (now != nullptr && is_menu_role(now->role)) {
      // A menu has the focus only for a while. What is marked in it comes through `signal`.
      return;
    }
    auto const was = std::exchange(focus_, snapshot_of(now));
    if (was != nullptr && (focus_ == nullptr || focus_->id != was->id)) {
      values_.end(last_input_);
    }
    if (focus_ == nullptr || !moved) {
      return;
    }
    if (!is_choice(*focus_)) {
      menu_.focus_elsewhere(focus_->observed);
    }
    rows_.reached(focus_);
    combos_.focus(focus_);
  }

  void signal(tracked_signal const& told) {
    report_.log.add(told);
    menu_.signal(told);
    hover_.signal(told);
    values_.signal(told);
    clipboard_.signal(told);
    combos_.signal(told, told.time - last_input_ < linked_to_input_ns);
    bool const marks =
        told.kind == tracked_change::selected || told.kind == tracked_change::focused ||
        (told.kind == tracked_change::unselected && (attempts_.choosing() || values_.choosing()));
    bool const follows = told.time - std::max(last_input_, last_move_) < linked_to_input_ns;
    if (marks && follows && marks_asked_ - marks_known_ < most_reads) {
      ++marks_asked_;
      report_.read(told.id, [this, told](snapshot const& found) {
        ++marks_known_;
        if (found != nullptr) {
          marked(found, told);
        }
        settle();
      });
    }
    renew_baseline(told);
    attempts_.signal(told);
  }

  void tick(timestamp now) {
    hover_.tick(now);
    presses_.give_up(now, hit_patience_ns);
    now_ = std::max(now_, now);
    settle();
    clipboard_.tick(now);
    values_.tick(now);
    rows_.tick(now);
    link_menu(act_origin::keyboard);
    link_menu(act_origin::pointer);
    attempts_.tick(now);
  }

  /// When `tick` has something to do next.
  [[nodiscard]] timestamp next_wakeup() const noexcept {
    return std::min({hover_.next_wakeup(), presses_.next_wakeup(hit_patience_ns), values_.next_wakeup(),
                     rows_.next_wakeup(), attempts_.next_wakeup()});
  }

private:
  static constexpr unsigned most_reads = 8;

  // --- the pointer

  void down(input_hint const& given) {
    values_.end(given.time);
    attempts_.hurry();
    attempts_.unlink(act_origin::keyboard);
    if (given.which == button_name::right) {
      right_down(given);
    }
    if (given.which != button_name::left) {
      return;
    }
    rows_.cancel();
    attempts_.second_press(given);
    auto const ticket = presses_.begin(given);
    report_.under(given, [this, ticket](snapshot const& found) { hit(ticket, found); });
  }

  /// It may open a menu, at the press or at the release.
  void right_down(input_hint const& given) {
    person_act by{
        .origin = act_origin::pointer, .began = given.time, .when = given.time, .process = given.process};
    by.from.add(given.event);
    report_.under(given, [this, by](snapshot const& found) {
      if (found != nullptr) {
        attempts_.link_menu(by, found);
        link_menu(act_origin::pointer);
      }
    });
  }

  /// What was hit. Inside something that takes acts, that is what the person meant.
  void hit(std::uint64_t ticket, snapshot const& found) {
    object_id meant;
    if (found != nullptr && !is_choice(*found)) {
      auto const shape = shape_of(*found);
      bool const popup = shape == act_shape::opens_menu && label_of(*found).empty() && !found->path.empty() &&
                         is_menu_role(found->path.back().role);
      if (auto const* const combo = combo_around(*found); combo != nullptr && shape != act_shape::edits) {
        meant = combo->id;
      } else if (popup) {
        meant = found->path.back().id; // GTK 4 finds the menu that the press opened
      } else if (auto const* const around = acting_ancestor(*found);
                 around != nullptr && shape == act_shape::nothing) {
        meant = around->id;
      }
    }
    if (!meant) {
      presses_.resolve(ticket, found, {});
      settle();
      return;
    }
    report_.read(meant, [this, ticket, found](snapshot const& around) {
      presses_.resolve(ticket, around, around == nullptr ? snapshot{} : found);
      settle();
    });
  }

  void up(input_hint const& given) {
    if (given.which == button_name::left) {
      presses_.release(given);
      marks_wanted_ = marks_asked_;
      settle();
    }
  }

  /// The button came up, and it is known what it went down on and which items programs marked before.
  void settle() {
    while (auto const* const first = presses_.complete()) {
      bool const patient = now_ - first->down.time < hit_patience_ns;
      if (marks_known_ < marks_wanted_ && patient) {
        return;
      }
      clicked(presses_.take());
    }
  }

  void clicked(pointer_presses::click const& click) {
    auto const& down = click.down;
    person_act by{.origin = act_origin::pointer,
                  .began = down.time,
                  .when = click.up.time,
                  .process = down.process,
                  .x = down.x,
                  .y = down.y};
    by.from.add(down.event);
    by.from.add(click.up.event);

    combos_.forget_closed(down.time, down.process);
    if (auto const item = menu_.at_pointer(down);
        item != nullptr && may_be_same(item->process, down.process)) {
      if (menu_.open() && item->id == opener_) {
        menu_.close(click.up.time); // the second click on the name of a menu closes it
        opener_ = {};
      } else {
        perform(by, item, {});
      }
      return;
    }
    auto const target = click.found != nullptr ? click.found : hover_.instead_of(down);
    bool const menu_was_open = menu_.open_at(down.time) && may_be_same(menu_.first()->process, down.process);
    if (combos_.open_at(down.time)) {
      choose(by, target != nullptr && is_choice(*target) ? target : snapshot{});
      return;
    }
    if (menu_was_open && (target == nullptr || !is_menu_role(target->role))) {
      menu_.close(click.up.time); // a click beside a menu closes it and does nothing else
      return;
    }
    if (target == nullptr) {
      attempts_.link(by, {});
      return;
    }
    if (auto const* const combo = combo_around(*target);
        combo != nullptr && is_choice(*target) && !menu_was_open) {
      // Nothing was open before: what was found is in the list that the press opened.
      report_.read(combo->id, [this, by](snapshot const& found) {
        if (found != nullptr) {
          perform(by, found, {});
        }
      });
      return;
    }
    bool const moved =
        std::abs(click.up.x - down.x) > click_pixels || std::abs(click.up.y - down.y) > click_pixels;
    auto const item = moved ? menu_.at_pointer(click.up) : snapshot{};
    if (item != nullptr && item->id != target->id && menu_.opened() >= down.time) {
      // Pressed on a menu, let go on an item of it.
      auto opening = by;
      opening.when = down.time;
      opening.from = {};
      opening.from.add(down.event);
      perform(opening, target, click.inner);
      by.from = {};
      by.from.add(click.up.event);
      perform(by, item, {});
      return;
    }
    auto const& bounds = target->bounds;
    bool const within = bounds.width > 0 && bounds.contains(down.x, down.y)
                            ? bounds.contains(click.up.x, click.up.y)
                            : !moved;
    if (within || shape_of(*target) == act_shape::slides) {
      perform(by, target, click.inner);
    }
  }

  void wheel(input_hint const& given) {
    auto const& running = values_.before();
    auto const over = running != nullptr && running->bounds.contains(given.x, given.y)
                          ? running
                          : report_.newest(hover_.under(given));
    auto const shape = over == nullptr ? act_shape::nothing : shape_of(*over);
    if ((shape == act_shape::slides || shape == act_shape::chooses) && !combos_.open()) {
      input_numbers from;
      from.add(given.event);
      values_.step(over, given.time, from);
    }
  }

  // --- the keyboard

  void key(input_hint const& given) {
    if (given.use == key_use::modifier) {
      return;
    }
    menu_.person_acts(given);
    attempts_.hurry();
    attempts_.unlink(act_origin::keyboard);
    person_act by{
        .origin = act_origin::keyboard, .began = given.time, .when = given.time, .process = given.process};
    by.from.add(given.event);
    auto const here = focus_ != nullptr && may_be_same(focus_->process, given.process) ? focus_ : snapshot{};

    if (auto const operation = clipboard_operation_of(given.use)) {
      clipboard_.used(*operation, given.time, here, given.process, by.from);
    }
    if (given.use == key_use::escape) {
      menu_.close(given.time);
      combos_.closed();
      rows_.cancel();
      return;
    }
    bool const chooses = given.use == key_use::enter || given.use == key_use::space;
    combos_.forget_closed(given.time, given.process);
    if (menu_.open_at(given.time) && may_be_same(menu_.first()->process, given.process)) {
      if (auto const item = menu_.at_key(given.time); item != nullptr && chooses) {
        perform(by, item, {});
      } else {
        combos_.add(by.from);
      }
      return;
    }
    if (combos_.open_at(given.time)) {
      if (chooses || given.use == key_use::tab) {
        choose(by, here != nullptr && is_choice(*here) && given.use != key_use::tab ? here : snapshot{});
      } else {
        combos_.add(by.from);
      }
      return;
    }
    if (given.use == key_use::tab || given.use == key_use::enter) {
      values_.end(given.time);
    }
    if (here == nullptr || given.use == key_use::tab) {
      attempts_.link(by, here, given.use == key_use::tab);
      return;
    }
    key_on(here, given.use, by);
  }

  void key_on(snapshot const& here, key_use use, person_act const& by) {
    auto const combo = combos_.focused();
    auto const shape =
        combo != nullptr && shape_of(*here) != act_shape::edits ? act_shape::chooses : shape_of(*here);
    bool const enters =
        use == key_use::enters || use == key_use::erases || use == key_use::paste || use == key_use::cut;
    if (shape == act_shape::edits && use != key_use::command && use != key_use::other) {
      return;
    }
    if (shape == act_shape::slides && (use == key_use::arrow || enters)) {
      values_.step(report_.newest(here), by.when, by.from, enters);
      return;
    }
    if (shape == act_shape::chooses && (use == key_use::arrow || use == key_use::enters)) {
      values_.step(combo != nullptr ? combo : here, by.when, by.from);
      return;
    }
    if (use == key_use::arrow) {
      rows_.step(by);
      attempts_.link(by, here); // or it shows what belongs to an item of a tree
      return;
    }
    if (use == key_use::enter || use == key_use::space) {
      press_key(shape == act_shape::chooses && combo != nullptr ? combo : here, shape, use, by);
      return;
    }
    attempts_.link(by, here);
  }

  /// Enter or Space on the element that has the focus.
  void press_key(snapshot const& here, act_shape shape, key_use use, person_act const& by) {
    bool const space = use == key_use::space;
    switch (shape) {
    case act_shape::activates:
    case act_shape::opens_menu:
      if (!space || !is_role(here->role, accessible_role::link)) {
        perform(by, here, {});
      }
      break;
    case act_shape::picks:
      if (space) {
        attempts_.pick(by, here, {});
      } else {
        report_.tell(by.when, ui_act::activate, *here, by.from);
      }
      break;
    case act_shape::toggles:
    case act_shape::chooses:
    case act_shape::expands: perform(by, here, {}); break;
    case act_shape::turns_to: attempts_.link(by, here); break;
    case act_shape::slides:
    case act_shape::edits:
    case act_shape::nothing: break;
    }
  }

  // --- both

  /// The act of the person on this element.
  void perform(person_act const& by, snapshot const& target, snapshot const& inner) {
    bool const of_menu = is_menu_role(target->role);
    if (is_choice(*target) && (combos_.open_at(by.began) || (of_menu && combo_around(*target) != nullptr))) {
      choose(by, target);
      return;
    }
    if (popups_.chose(by, target)) {
      return;
    }
    auto const called = inner == nullptr ? std::string_view{} : inner->name.view();
    switch (shape_of(*target)) {
    case act_shape::activates:
      report_.tell(by.when, ui_act::activate, *target, by.from, std::nullopt, std::nullopt, called);
      if (auto const operation = of_menu ? clipboard_operation_of(*target) : std::nullopt) {
        clipboard_.used(*operation, by.when, focus_, by.process, by.from);
      }
      break;
    case act_shape::opens_menu:
      report_.tell(by.when, ui_act::open_menu, *target, by.from, std::nullopt, std::nullopt, called);
      opener_ = target->id;
      return;
    case act_shape::toggles:
      toggle(by, target, inner);
      popups_.toggled(target, by.when);
      break;
    case act_shape::chooses: open_list(by, target, inner); return;
    case act_shape::picks: attempts_.pick(by, target, inner); break;
    case act_shape::turns_to:
      report_.tell(by.when, ui_act::select, *target, by.from, std::nullopt, std::nullopt, called);
      break;
    case act_shape::slides: {
      auto const before = hover_.before(target->id, by.began);
      auto const late = before == nullptr ? std::optional{by.began} : std::nullopt;
      values_.step(before != nullptr ? before : target, by.when, by.from, false, late);
      break;
    }
    case act_shape::expands: attempts_.expand(by, target, inner); break;
    case act_shape::edits: break;
    case act_shape::nothing: attempts_.link(by, target); break;
    }
    if (of_menu) {
      menu_.close(by.when);
      opener_ = {};
    }
  }

  void toggle(person_act const& by, snapshot const& target, snapshot const& inner) {
    std::optional<bool> was;
    if (auto const before = hover_.before(target->id, by.began)) {
      was = is_on(*before);
    } else if (target->observed <= by.when) {
      was = is_on(*target); // programs toggle at the release
      using change = tracked_change;
      if (auto const* const since =
              report_.log.latest_of(target->observed, target->id, {change::checked, change::unchecked});
          since != nullptr && since->time < by.began) {
        was = since->kind == change::checked;
      }
    }
    attempts_.toggle(by, target, inner, was);
  }

  void open_list(person_act const& by, snapshot const& combo, snapshot const& inner) {
    attempts_.expand(by, combo, inner);
    if (by.origin == act_origin::pointer) {
      combos_.opened(combo, by.when);
    }
  }

  /// Something was chosen from the list of a combo box. `picked` null: it is not known what, or whether.
  void choose(person_act const& by, snapshot const& picked) {
    auto const from = combos_.choose(picked);
    menu_.close(by.when);
    if (from.id) {
      auto whole = by;
      whole.from = from.from;
      whole.from.add(by.from);
      attempts_.choose(whole, from.id, from.before, picked);
    }
  }

  // --- what programs tell

  /// An object was selected or got the focus, and this is what it is.
  void marked(snapshot const& what, tracked_signal const& told) {
    if (told.kind != tracked_change::focused && is_choice(*what)) {
      attempts_.chosen(what, told);
      values_.chosen(what, told);
    }
    if (told.kind == tracked_change::unselected) {
      return;
    }
    bool const menu = is_menu_role(what->role);
    bool const of_combo = is_choice(*what) && combo_around(*what) != nullptr;
    if (of_combo && told.kind == tracked_change::focused) {
      // Its list is open. A closed one may tell that an item was selected, but does not give it the focus.
      attempts_.opened(combo_around(*what)->id);
      if (auto const combo = combos_.focused(); combo != nullptr && combo->id.bus == what->id.bus) {
        attempts_.opened(combo->id);
        if (told.time - last_input_ < linked_to_input_ns) {
          combos_.opened_by_key(told.time);
        }
      }
    }
    if (menu && (!of_combo || told.kind == tracked_change::focused || combos_.open())) {
      menu_.offer(what, told.time);
      link_menu(act_origin::keyboard);
      link_menu(act_origin::pointer);
    }
    if (rows_.running()) {
      rows_.reached(what);
    }
  }

  /// A key opened a menu (Alt with a letter, F10), or the right button did.
  void link_menu(act_origin origin) {
    auto const* const linked = attempts_.linked(origin);
    if (linked == nullptr || menu_.first() == nullptr || menu_.opened() < linked->by.began ||
        menu_.opened() - linked->by.when > attempts_.linked_ns || !menu_.open() ||
        combo_around(*menu_.first()) != nullptr) {
      return;
    }
    auto const& first = menu_.first();
    bool const same = linked->target != nullptr
                          ? linked->target->id.bus == first->id.bus
                          : linked->by.process != 0 && linked->by.process == first->process;
    if (!same || (origin == act_origin::pointer && !linked->only_menus)) {
      return;
    }
    if (linked->only_menus) {
      auto const of = linked->target;
      auto const what = linked->by;
      attempts_.unlink(origin);
      report_.tell(what.when, ui_act::open_menu, *of, what.from);
      return;
    }
    auto const by = linked->by;
    attempts_.unlink(act_origin::keyboard);
    rows_.cancel();
    if (shape_of(*first) == act_shape::opens_menu && !first->path.empty() &&
        is_role(first->path.back().role, accessible_role::menu_bar)) {
      report_.tell(by.when, ui_act::open_menu, *first, by.from);
      return;
    }
    for (auto one = first->path.rbegin(); one != first->path.rend(); ++one) {
      if (is_menu_role(one->role) && is_label(one->name.view(), one->role)) {
        report_.read(one->id, [this, by](snapshot const& opener) {
          if (opener != nullptr) {
            report_.tell(by.when, ui_act::open_menu, *opener, by.from);
          }
        });
        return;
      }
    }
  }

  /// A value changed: what was read before is no longer the value before the next act.
  void renew_baseline(tracked_signal const& told) {
    if (told.kind != tracked_change::value_changed && told.kind != tracked_change::selection_changed &&
        told.kind != tracked_change::checked && told.kind != tracked_change::unchecked) {
      return;
    }
    if (focus_ != nullptr && told.id == focus_->id && reads_ < most_reads) {
      ++reads_;
      report_.read(told.id, [this, id = told.id](snapshot const& found) {
        --reads_;
        if (found != nullptr && focus_ != nullptr && focus_->id == id) {
          focus_ = found;
        }
      });
    }
  }

  act_report<Reader, Out> report_;
  hover_watch<Reader> hover_;
  menu_watch menu_{};
  pointer_presses presses_{};
  act_attempts<Reader, Out> attempts_{report_};
  value_run<Reader, Out> values_{report_};
  row_run<Reader, Out> rows_{report_};
  combo_watch<Reader, Out> combos_{report_};
  list_popup<Reader, Out> popups_{report_};
  clipboard_watch<Reader, Out> clipboard_{report_};
  snapshot focus_{};
  object_id focus_told_{};
  object_id opener_{}; ///< of the menu that the person opened
  timestamp last_input_{};
  timestamp last_move_{};
  timestamp now_{};
  std::uint64_t marks_asked_ = 0;  ///< reads of what programs marked
  std::uint64_t marks_known_ = 0;  ///< those that were answered
  std::uint64_t marks_wanted_ = 0; ///< those that a click waits for
  unsigned reads_ = 0;
};

} // namespace overt::inline v0::capture::atspi
