#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include <overt/capture/x11/unpainted_region.hpp>
#include <overt/capture/x11/window_stack.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::x11 {

/// Which pixels of which child of the root are its own already.
///
/// The server fills a new pixmap of a window (when it is redirected, mapped or resized) with what is on the
/// screen there, and it leaves what was on the screen in parts of an ordinary window that are uncovered. With
/// a background of none that stays until the program paints: pixels of other programs in a window that is
/// agreed. So what was not painted since is kept here, from the server's notices in their order. The server
/// tells of a change before it makes it, and of drawing when it draws (X11; DAMAGE 1.1, raw rectangles).
///
/// X.Org also tells of drawing where nobody drew: once for what becomes visible of a window that has a pixmap
/// of its own, and once for all of it when it moves. (Seen with X.Org 21.1; nothing documents it.) Hence two
/// rules. What becomes visible by mapping or resizing has to be drawn twice, because the background of the
/// server comes in the same moment as the notice that means nothing. In all other cases the server paints no
/// background, and drawing that may be told of for such a reason does not count (`doubted`, `distrust`).
///
/// What it cannot see: a program that copies a part it has not painted to another place in its window, and
/// the pixels that a drawing left out of its bounding box (a line). Both are over when it has painted.
///
/// Coordinates are those of the pixmap: from the outer corner of the border.
class paint_ledger {
public:
  explicit paint_ledger(rectangle screen = {}) : screen_{screen} {}

  void set_screen(rectangle screen) { screen_ = screen; }

  /// A new child, at the top. `painted`: it was there before anybody looked.
  void add(window_stack::entry const& window, std::int32_t border, bool painted) {
    changing(window.id, [&] { stack_.create(window); });
    auto& one = states_[window.id];
    one = {};
    one.border = border;
    if (!painted) {
      one.renew(whole(window.outside));
    }
  }

  void remove(window_id id) {
    changing(id, [&] { stack_.remove(id); });
    states_.erase(id);
  }

  void mapped(window_id id) {
    changing(id, [&] { stack_.set_mapped(id, true); });
    auto const found = states_.find(id);
    auto const* const window = stack_.find(id);
    if (found != states_.end() && window != nullptr) {
      found->second.renew(whole(window->outside));
    }
  }

  void unmapped(window_id id) {
    changing(id, [&] { stack_.set_mapped(id, false); });
  }

  void placed(window_id id, rectangle outside, std::int32_t border, window_id above) {
    auto const* const known = stack_.find(id);
    auto const found = states_.find(id);
    if (known == nullptr || found == states_.end()) {
      return;
    }
    auto& one = found->second;
    auto const before = *known;
    bool const moved = before.outside.x != outside.x || before.outside.y != outside.y;
    bool const resized = before.outside.width != outside.width || before.outside.height != outside.height ||
                         one.border != border;
    bool const foreign = before.mapped && one.foreign();
    changing(id, [&] {
      stack_.place(id, outside);
      stack_.restack(id, above);
    });
    one.border = border;
    if (resized) {
      one.renew(whole(outside));
      if (one.redirected && !moved) {
        one.undrawn.remove(whole(before.outside)); // that does not become visible: once is enough
      }
    }
    if (foreign) { // what is copied along may not be its own
      doubt(id);
    }
  }

  void raised(window_id id) {
    changing(id, [&] { stack_.raise(id); });
  }
  void lowered(window_id id) {
    changing(id, [&] { stack_.restack(id, 0); });
  }

  /// Windows of which drawing may be told in a moment that is none: `distrust` them up to a request that is
  /// sent now.
  [[nodiscard]] std::vector<window_id> take_doubted() { return std::exchange(doubted_, {}); }

  /// Drawing that is told before the server handled this request of ours does not count.
  void distrust(window_id id, std::uint32_t until_sequence) {
    if (auto const found = states_.find(id); found != states_.end()) {
      found->second.distrusted = true;
      found->second.trusted_from = until_sequence;
    }
  }

  /// `part` from the inner corner of the border, as XDamage tells it.
  void painted(window_id id, rectangle part, std::uint32_t sequence) {
    auto const found = states_.find(id);
    if (found == states_.end()) {
      return;
    }
    auto& one = found->second;
    if (one.distrusted && static_cast<std::int32_t>(sequence - one.trusted_from) < 0) {
      return;
    }
    one.distrusted = false;
    part.x += one.border;
    part.y += one.border;
    unpainted_region again;
    again.add(part);
    again.remove(one.undrawn);
    one.unsettled.remove(again);
    one.undrawn.remove(part);
    one.uncovered.remove(part);
  }

  /// The server gave it a pixmap of its own just now. `already`: somebody (a compositing manager) had done
  /// that before, so that nothing was copied from the screen. `shape`: what of it can be seen at all.
  void redirected(window_id id, bool already, std::vector<rectangle> const& shape) {
    auto const* const window = stack_.find(id);
    auto const found = states_.find(id);
    if (window == nullptr || found == states_.end()) {
      return;
    }
    auto& one = found->second;
    one.redirected = true;
    if (!already) { // it had no pixmap, so that all drawing was drawing
      one.unsettled = one.undrawn;
      one.unsettled.add(one.uncovered);
      one.undrawn.clear();
      one.unsettled.add(hidden(*window));
    }
    unpainted_region outside;
    outside.add(whole(window->outside));
    for (auto const& part : shape) {
      outside.remove({part.x + one.border, part.y + one.border, part.width, part.height});
    }
    one.unsettled.add(outside);
    one.uncovered.clear();
  }

  void given_back(window_id id) {
    if (auto const found = states_.find(id); found != states_.end()) {
      found->second.redirected = false;
      found->second.undrawn = found->second.unsettled;
      if (found->second.foreign()) {
        doubt(id);
      }
    }
  }

  /// Whether all of the part is its own. For a window that is `redirected`.
  [[nodiscard]] bool owns(window_id id, rectangle const& part) const {
    auto const found = states_.find(id);
    return found != states_.end() && found->second.redirected && !found->second.unsettled.touches(part);
  }

  [[nodiscard]] std::int32_t border_of(window_id id) const {
    auto const found = states_.find(id);
    return found == states_.end() ? 0 : found->second.border;
  }
  [[nodiscard]] window_stack::entry const* find(window_id id) { return stack_.find(id); }

private:
  struct state {
    std::int32_t border = 0;
    bool redirected = false;
    bool distrusted = false;
    std::uint32_t trusted_from = 0;
    unpainted_region undrawn{};   ///< of a new pixmap: no drawing was told of
    unpainted_region unsettled{}; ///< the same, and what was told of may have been no drawing
    unpainted_region uncovered{}; ///< of a window without a pixmap: what could not be seen and now can

    [[nodiscard]] bool foreign() const { return !unsettled.empty() || !uncovered.empty(); }
    void renew(rectangle all) {
      uncovered.clear();
      undrawn.clear();
      undrawn.add(all);
      unsettled = undrawn;
    }
  };

  void doubt(window_id id) {
    if (std::ranges::find(doubted_, id) == doubted_.end()) {
      doubted_.push_back(id);
    }
  }

  [[nodiscard]] static rectangle whole(rectangle const& outside) {
    return {0, 0, outside.width, outside.height};
  }

  /// What of a window cannot be seen: it lies below another one or outside of the screen. Windows with a
  /// shape are taken for rectangles, so this is at least that.
  [[nodiscard]] unpainted_region hidden(window_stack::entry const& window) const {
    unpainted_region found;
    auto const& all = stack_.entries();
    found.add(window.outside);
    found.remove(screen_);
    for (auto i = all.size(); i-- > 0 && all[i].id != window.id;) {
      if (all[i].mapped) {
        found.add(clipped(all[i].outside, window.outside));
      }
    }
    found.move(-window.outside.x, -window.outside.y);
    return found;
  }

  /// Does a change of a window, and notes for every other what that uncovered.
  template <class Change>
  void changing(window_id changed, Change change) {
    std::vector<std::pair<window_id, unpainted_region>> before;
    auto const* const found = stack_.find(changed);
    auto const cause = found == nullptr ? window_stack::entry{} : *found;
    for (auto const& window : stack_.entries()) {
      auto const known = states_.find(window.id);
      if (!window.mapped || known == states_.end()) {
        continue;
      }
      bool const self = window.id == changed;
      bool const near = cause.mapped && !is_empty(clipped(cause.outside, window.outside));
      if (known->second.redirected) {
        // Covered by the one that changes, maybe; or it comes to the front itself.
        if ((self || near) && known->second.foreign()) {
          doubt(window.id);
        }
      } else if (self || near) {
        before.emplace_back(window.id, hidden(window));
      }
    }
    change();
    for (auto& [id, was] : before) {
      auto const* const window = stack_.find(id);
      if (window == nullptr || !window->mapped || was.empty()) {
        continue;
      }
      was.remove(hidden(*window));
      was.clip(whole(window->outside));
      auto& one = states_[id];
      one.uncovered.add(was);
      unpainted_region twice = was; // if it has a pixmap all the same
      for (auto const& piece : was.pieces()) {
        if (!one.unsettled.touches(piece)) {
          twice.remove(piece);
        }
      }
      one.undrawn.add(twice);
      one.unsettled.add(twice);
    }
  }

  rectangle screen_;
  window_stack stack_;
  std::unordered_map<window_id, state> states_;
  std::vector<window_id> doubted_;
};

} // namespace overt::inline v0::capture::x11
