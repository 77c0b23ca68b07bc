#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_parts.hpp>
#include <overt/capture/atspi/act_performer.hpp>
#include <overt/capture/atspi/mark_reads.hpp>
#include <overt/capture/atspi/menu_links.hpp>
#include <overt/capture/atspi/pointer_presses.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// Makes acts out of what the person does with the pointer.
template <class Reader, class Out>
class pointer_acts {
public:
  static constexpr std::int64_t hit_patience_ns = 500'000'000;
  static constexpr std::int32_t click_pixels = 8; ///< how far a click may move where bounds are not known

  pointer_acts(act_parts<Reader, Out>& parts, act_performer<Reader, Out>& performer,
               menu_links<Reader, Out>& links, mark_reads const& marks)
      : parts_{&parts}, performer_{&performer}, links_{&links}, marks_{&marks} {}

  void down(input_hint const& given) {
    parts_->values.end(given.time);
    parts_->attempts.hurry();
    parts_->attempts.unlink(act_origin::keyboard);
    parts_->attempts.cut_links(given.time);
    if (given.which == button_name::right) {
      right_down(given);
    }
    if (given.which != button_name::left) {
      return;
    }
    parts_->moving_since = given.time;
    parts_->rows.cancel();
    parts_->menu.pressed(given);
    parts_->attempts.second_press(given);
    auto const ticket = presses_.begin(given);
    parts_->report.under(given, [this, ticket](snapshot const& found) { hit(ticket, found); });
  }

  void up(input_hint const& given) {
    if (given.which == button_name::left) {
      presses_.release(given);
      marks_wanted_ = marks_->asked;
      settle();
    }
  }

  void wheel(input_hint const& given) {
    auto const& running = parts_->values.before();
    auto const over = running != nullptr && running->bounds.contains(given.x, given.y)
                          ? running
                          : parts_->report.newest(parts_->hover.under(given));
    auto const shape = over == nullptr ? act_shape::nothing : shape_of(*over);
    if ((shape == act_shape::slides || shape == act_shape::chooses) && !parts_->combos.open()) {
      input_numbers from;
      from.add(given.event);
      parts_->values.step(over, given.time, from);
    }
  }

  /// The answers of programs came, or did not.
  void tick(timestamp now) {
    presses_.give_up(now, hit_patience_ns);
    now_ = now > now_ ? now : now_;
    settle();
  }
  [[nodiscard]] timestamp next_wakeup() const noexcept { return presses_.next_wakeup(hit_patience_ns); }

  /// The button came up, and it is known what it went down on and which items programs marked before.
  void settle() {
    while (auto const* const first = presses_.complete()) {
      bool const patient = now_ - first->down.time < hit_patience_ns;
      if (marks_->known < marks_wanted_ && patient) {
        return;
      }
      clicked(presses_.take());
    }
  }

private:
  /// It may open a menu, at the press or at the release.
  void right_down(input_hint const& given) {
    person_act by{
        .origin = act_origin::pointer, .began = given.time, .when = given.time, .process = given.process};
    by.from.add(given.event);
    parts_->report.under(given, [this, by](snapshot const& found) {
      if (found != nullptr) {
        parts_->attempts.link_menu(by, found);
        links_->look(act_origin::pointer);
      }
    });
  }

  /// What was hit. Inside something that takes acts, that is what the person meant.
  void hit(std::uint64_t ticket, snapshot const& found) {
    object_id meant;
    parts_->popups.hit(found);
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
    parts_->report.read(meant, [this, ticket, found](snapshot const& around) {
      presses_.resolve(ticket, around, around == nullptr ? snapshot{} : found);
      settle();
    });
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

    if (click.found != nullptr && parts_->moving_since == down.time &&
        ((parts_->focus != nullptr && click.found->id == parts_->focus->id) ||
         !has_state(*click.found, accessible_state::focusable))) {
      parts_->moving_since.reset(); // such a click moves no focus
    }
    parts_->combos.forget_closed(down.time, down.process);
    if (auto const item = parts_->menu.at_pointer(down);
        item != nullptr && may_be_same(item->process, down.process)) {
      if (parts_->menu.open() && item->id == parts_->opener) {
        parts_->menu.close(click.up.time); // the second click on the name of a menu closes it
        parts_->opener = {};
      } else {
        performer_->perform(by, item, {});
      }
      return;
    }
    auto const target = click.found != nullptr ? click.found : parts_->hover.instead_of(down);
    bool const menu_was_open =
        parts_->menu.open_at(down.time) && may_be_same(parts_->menu.first()->process, down.process);
    if (parts_->combos.open_at(down.time)) {
      performer_->choose(by, target != nullptr && is_choice(*target) ? target : snapshot{});
      return;
    }
    if (menu_was_open && (target == nullptr || !is_menu_role(target->role))) {
      parts_->menu.close(click.up.time); // a click beside a menu closes it and does nothing else
      return;
    }
    if (target == nullptr) {
      parts_->attempts.link(by, {});
      return;
    }
    if (auto const* const combo = combo_around(*target);
        combo != nullptr && is_choice(*target) && !menu_was_open) {
      // Nothing was open before: what was found is in the list that the press opened.
      parts_->report.read(combo->id, [this, by](snapshot const& found) {
        if (found != nullptr) {
          performer_->perform(by, found, {});
        }
      });
      return;
    }
    bool const moved =
        std::abs(click.up.x - down.x) > click_pixels || std::abs(click.up.y - down.y) > click_pixels;
    auto const item = moved ? parts_->menu.at_pointer(click.up) : snapshot{};
    if (item != nullptr && item->id != target->id && parts_->menu.opened() >= down.time) {
      // Pressed on a menu, let go on an item of it.
      auto opening = by;
      opening.when = down.time;
      opening.from = {};
      opening.from.add(down.event);
      performer_->perform(opening, target, click.inner);
      by.from = {};
      by.from.add(click.up.event);
      performer_->perform(by, item, {});
      return;
    }
    auto const& bounds = target->bounds;
    bool const within = bounds.width > 0 && bounds.contains(down.x, down.y)
                            ? bounds.contains(click.up.x, click.up.y)
                            : !moved;
    if (within || shape_of(*target) == act_shape::slides) {
      performer_->perform(by, target, click.inner);
    }
  }

  act_parts<Reader, Out>* parts_;
  act_performer<Reader, Out>* performer_;
  menu_links<Reader, Out>* links_;
  mark_reads const* marks_;
  pointer_presses presses_{};
  timestamp now_{};
  std::uint64_t marks_wanted_ = 0; ///< those that a click waits for
};

} // namespace overt::inline v0::capture::atspi
