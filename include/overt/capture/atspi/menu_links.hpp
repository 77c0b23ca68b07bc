#pragma once

#include <optional>

#include <overt/capture/atspi/act_attempt.hpp>
#include <overt/capture/atspi/act_parts.hpp>
#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/element_label.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::capture::atspi {

/// Menus that opened without a click on their name.
template <class Reader, class Out>
class menu_links {
public:
  explicit menu_links(act_parts<Reader, Out>& parts) : parts_{&parts} {}

  /// A key opened a menu (Alt with a letter, F10), or the right button did.
  void look(act_origin origin) {
    auto const* const linked = parts_->attempts.linked(origin);
    if (linked == nullptr || parts_->menu.first() == nullptr || parts_->menu.opened() < linked->by.began ||
        parts_->menu.opened() - linked->by.when > parts_->attempts.linked_ns || !parts_->menu.open() ||
        combo_around(*parts_->menu.first()) != nullptr) {
      return;
    }
    auto const& first = parts_->menu.first();
    bool const same = linked->target != nullptr
                          ? linked->target->id.bus == first->id.bus
                          : linked->by.process != 0 && linked->by.process == first->process;
    if (!same || (origin == act_origin::pointer && !linked->only_menus)) {
      return;
    }
    if (linked->only_menus) {
      auto const of = linked->target;
      auto const what = linked->by;
      parts_->attempts.unlink(origin);
      parts_->report.tell(what.when, ui_act::open_menu, *of, what.from);
      return;
    }
    auto const by = linked->by;
    parts_->attempts.unlink(act_origin::keyboard);
    parts_->rows.cancel();
    if (shape_of(*first) == act_shape::opens_menu && !first->path.empty() &&
        is_role(first->path.back().role, accessible_role::menu_bar)) {
      parts_->report.tell(by.when, ui_act::open_menu, *first, by.from);
      return;
    }
    for (auto one = first->path.rbegin(); one != first->path.rend(); ++one) {
      if (is_menu_role(one->role) && is_label(one->name.view(), one->role)) {
        parts_->report.read(one->id, [this, by](snapshot const& opener) {
          if (opener != nullptr) {
            parts_->report.tell(by.when, ui_act::open_menu, *opener, by.from);
          }
        });
        return;
      }
    }
  }

private:
  act_parts<Reader, Out>* parts_;
};

} // namespace overt::inline v0::capture::atspi
