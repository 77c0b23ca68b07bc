#pragma once

#include <cstdint>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_parts.hpp>
#include <overt/capture/atspi/act_performer.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/mark_reads.hpp>
#include <overt/capture/atspi/menu_links.hpp>
#include <overt/capture/atspi/tracked_signal.hpp>

namespace overt::inline v0::capture::atspi {

/// What programs select or give the focus: items of menus and lists, which no hit test finds.
template <class Reader, class Out>
class marked_objects {
public:
  static constexpr unsigned most_reads = 8;

  marked_objects(act_parts<Reader, Out>& parts, act_performer<Reader, Out>& performer,
                 menu_links<Reader, Out>& links)
      : parts_{&parts}, performer_{&performer}, links_{&links} {}

  /// `then(snapshot, signal)` once what it marked was read; null: it is gone.
  template <class Then>
  void signal(tracked_signal const& told, Then then) {
    if (!parts_->follows_input(told.time) && !parts_->menu.open() && !parts_->combos.open()) {
      return;
    }
    bool const marks = told.kind == tracked_change::selected || told.kind == tracked_change::focused ||
                       (told.kind == tracked_change::unselected &&
                        (parts_->attempts.choosing() || parts_->values.choosing()));
    if (marks && reads_.asked - reads_.known < most_reads) {
      ++reads_.asked;
      parts_->report.read(told.id, [this, told, then](snapshot const& found) {
        ++reads_.known;
        if (found != nullptr) {
          marked(found, told);
        }
        then(found, told);
      });
    }
  }

  [[nodiscard]] mark_reads const& reads() const noexcept { return reads_; }

private:
  /// An object was selected or got the focus, and this is what it is.
  void marked(snapshot const& what, tracked_signal const& told) {
    if (told.kind != tracked_change::focused && is_choice(*what)) {
      parts_->attempts.chosen(what, told);
      parts_->values.chosen(what, told);
    }
    if (told.kind == tracked_change::unselected) {
      return;
    }
    if (told.kind == tracked_change::focused) {
      adopt(what, told.time);
    }
    bool const menu = is_menu_role(what->role);
    bool const of_combo = is_choice(*what) && combo_around(*what) != nullptr;
    if (of_combo && told.kind == tracked_change::focused) {
      // Its list is open. A closed one may tell that an item was selected, but does not give it the focus.
      parts_->attempts.opened(combo_around(*what)->id);
      if (auto const combo = parts_->combos.focused(); combo != nullptr && combo->id.bus == what->id.bus) {
        parts_->attempts.opened(combo->id);
        if (parts_->follows_key(told.time)) {
          parts_->combos.opened_by_key(told.time);
        }
      }
    }
    if (menu && (!of_combo || told.kind == tracked_change::focused || parts_->combos.open())) {
      parts_->menu.offer(what, told.time);
      links_->look(act_origin::keyboard);
      links_->look(act_origin::pointer);
    }
    if (parts_->rows.running()) {
      parts_->rows.reached(what);
    }
  }

  /// A click hit nothing, in a program that was too slow to say what. If a button there has got the focus
  /// since, it went to that.
  void adopt(snapshot const& what, timestamp when) {
    auto const* const linked = parts_->attempts.linked(act_origin::pointer);
    if (linked == nullptr || linked->only_menus || linked->until || when < linked->by.began ||
        when - linked->by.when > parts_->attempts.linked_ns ||
        !may_be_same(linked->by.process, what->process) ||
        !what->bounds.contains(linked->by.x, linked->by.y) || shape_of(*what) != act_shape::activates) {
      return;
    }
    auto const by = linked->by;
    parts_->attempts.unlink(act_origin::pointer);
    performer_->perform(by, what, {});
  }

  act_parts<Reader, Out>* parts_;
  act_performer<Reader, Out>* performer_;
  menu_links<Reader, Out>* links_;
  mark_reads reads_{};
};

} // namespace overt::inline v0::capture::atspi
