#pragma once

#include <algorithm>
#include <functional>
#include <utility>

#include <overt/capture/atspi/act_parts.hpp>
#include <overt/capture/atspi/act_performer.hpp>
#include <overt/capture/atspi/keyboard_acts.hpp>
#include <overt/capture/atspi/marked_objects.hpp>
#include <overt/capture/atspi/menu_links.hpp>
#include <overt/capture/atspi/pointer_acts.hpp>
#include <overt/capture/atspi/tracked_signal.hpp>
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
  /// `is_secret(element)`: a field that is secret or not known. Of it, only that something was done is told.
  act_tracker(Reader& reader, Out& out, std::function<bool(element const&)> is_secret)
      : parts_{reader, out, std::move(is_secret)} {}
  act_tracker(act_tracker const&) = delete;
  act_tracker& operator=(act_tracker const&) = delete;

  void hint(input_hint const& given) {
    if (given.what == hint_kind::pointer_moved) {
      parts_.menu.person_acts(given);
      parts_.hover.moved(given);
      parts_.last_move = given.time;
      return;
    }
    parts_.last_input = std::max(parts_.last_input, given.time);
    if (given.what != hint_kind::key_up) {
      (given.what == hint_kind::key_down ? parts_.last_key : parts_.last_press) = given.time;
    }
    switch (given.what) {
    case hint_kind::button_down: pointer_.down(given); break;
    case hint_kind::button_up: pointer_.up(given); break;
    case hint_kind::wheel: pointer_.wheel(given); break;
    case hint_kind::key_down: keyboard_.key(given); break;
    case hint_kind::pointer_moved:
    case hint_kind::focus_moved:
    case hint_kind::key_up:
    case hint_kind::pictured: break;
    }
  }

  /// The element that has the focus now, or still has it; null: none that could be read.
  void focus_changed(element const* now) {
    bool const moved = now == nullptr || now->id != focus_told_;
    if (moved) {
      parts_.moving_since.reset();
    }
    focus_told_ = now == nullptr ? object_id{} : now->id;
    if (now != nullptr && is_menu_role(now->role)) {
      // A menu has the focus only for a while. What is marked in it comes through `signal`.
      return;
    }
    auto const was = std::exchange(parts_.focus, snapshot_of(now));
    if (was != nullptr && (parts_.focus == nullptr || parts_.focus->id != was->id)) {
      parts_.values.end(parts_.last_input);
    }
    if (parts_.focus == nullptr || !moved) {
      return;
    }
    if (!is_choice(*parts_.focus)) {
      parts_.menu.focus_elsewhere(parts_.focus->observed);
    }
    parts_.rows.reached(parts_.focus);
    parts_.combos.focus(parts_.focus);
  }

  void signal(tracked_signal const& told) {
    parts_.report.log.add(told);
    parts_.menu.signal(told);
    parts_.hover.signal(told);
    parts_.values.signal(told);
    parts_.clipboard.signal(told);
    parts_.combos.signal(told, parts_.follows_key(told.time));
    parts_.popups.signal(told);
    marked_.signal(told, [this](snapshot const& found, tracked_signal const& mark) { read(found, mark); });
    look_for_list(told);
    renew_baseline(told);
    parts_.attempts.signal(told);
  }

  void tick(timestamp now) {
    parts_.hover.tick(now);
    pointer_.tick(now);
    parts_.clipboard.tick(now);
    parts_.values.tick(now);
    parts_.rows.tick(now);
    parts_.popups.tick(now);
    links_.look(act_origin::keyboard);
    links_.look(act_origin::pointer);
    parts_.attempts.tick(now);
  }

  /// When `tick` has something to do next.
  [[nodiscard]] timestamp next_wakeup() const noexcept {
    return std::min({parts_.hover.next_wakeup(), pointer_.next_wakeup(), parts_.values.next_wakeup(),
                     parts_.rows.next_wakeup(), parts_.popups.next_wakeup(), parts_.attempts.next_wakeup()});
  }

private:
  static constexpr unsigned most_reads = 8;

  /// What got the focus or was selected was read; for the first key on it, before anybody else may have.
  void read(snapshot const& found, tracked_signal const& mark) {
    if (found != nullptr && mark.kind == tracked_change::focused &&
        has_state(*found, accessible_state::focused)) {
      focus_changed(found.get());
    }
    pointer_.settle();
  }

  /// A button that was pressed in may have opened a list.
  void look_for_list(tracked_signal const& told) {
    if (told.kind != tracked_change::checked || !parts_.follows_input(told.time) || reads_ >= most_reads) {
      return;
    }
    ++reads_;
    parts_.report.read(told.id, [this, when = told.time](snapshot const& found) {
      --reads_;
      if (found != nullptr) {
        parts_.popups.toggled(found, when);
      }
    });
  }

  /// A value changed: what was read before is no longer the value before the next act.
  void renew_baseline(tracked_signal const& told) {
    if (told.kind != tracked_change::value_changed && told.kind != tracked_change::selection_changed &&
        told.kind != tracked_change::checked && told.kind != tracked_change::unchecked) {
      return;
    }
    if (parts_.focus != nullptr && told.id == parts_.focus->id && reads_ < most_reads) {
      ++reads_;
      parts_.report.read(told.id, [this, id = told.id](snapshot const& found) {
        --reads_;
        if (found != nullptr && parts_.focus != nullptr && parts_.focus->id == id) {
          parts_.focus = found;
        }
      });
    }
  }

  act_parts<Reader, Out> parts_;
  act_performer<Reader, Out> performer_{parts_};
  menu_links<Reader, Out> links_{parts_};
  marked_objects<Reader, Out> marked_{parts_, performer_, links_};
  pointer_acts<Reader, Out> pointer_{parts_, performer_, links_, marked_.reads()};
  keyboard_acts<Reader, Out> keyboard_{parts_, performer_};
  object_id focus_told_{};
  unsigned reads_ = 0;
};

} // namespace overt::inline v0::capture::atspi
