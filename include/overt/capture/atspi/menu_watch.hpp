#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <overt/capture/atspi/act_shape.hpp>
#include <overt/capture/atspi/snapshot.hpp>
#include <overt/capture/atspi/tracked_signal.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// Which item of an open menu is marked. A hit test does not find items of menus, and after the click they
/// are gone, so each is read when its program says that it was selected or got the focus.
class menu_watch {
public:
  static constexpr std::int64_t settles_ns = 150'000'000;
  static constexpr std::int64_t longest_ns = 60'000'000'000;

  /// The pointer moved, or a key went down: what is marked next, the person marked.
  void person_acts(input_hint const& hint) noexcept {
    by_pointer_ = hint.what == hint_kind::pointer_moved;
    fresh_ = true;
    if (by_pointer_) {
      window_ = hint.window;
      moved_ = hint.time;
      opens_from_ = open_ ? opens_from_ : hint.window;
    }
  }

  /// A button went down. What is marked from now on may be what that led to.
  void pressed(input_hint const& down) {
    opens_from_ = open_ ? opens_from_ : down.window;
    pressed_ = down.time;
    at_press_ = marked_;
  }

  /// A menu item was selected or got the focus at `when`. Items that are told again right after the menu
  /// closed are not (Qt and GTK 4 give the focus back through them).
  void offer(snapshot const& item, timestamp when) {
    if (closed_ && when - *closed_ < settles_ns) {
      return;
    }
    if (!open_ || item->id.bus != bus_) {
      first_ = item;
      bus_ = item->id.bus;
      opened_ = when;
      open_ = true;
      pointed_.reset();
    }
    told_ = when;
    if (marked_ == nullptr || marked_->id != item->id) {
      marked_since_ = when;
    }
    marked_ = item;
    marked_until_.reset();
    if (when <= pressed_) {
      at_press_ = item; // it was only read after the press
    }
    // GTK 4 marks the first item of a submenu by itself when the pointer opens it: the pointer is still on
    // the item before.
    if (fresh_ && by_pointer_) {
      pointed_ = pointed{item, when, window_};
    }
    fresh_ = false;
  }

  void signal(tracked_signal const& told) {
    if (marked_ != nullptr && told.id == marked_->id &&
        (told.kind == tracked_change::unselected || told.kind == tracked_change::gone)) {
      marked_until_ = told.time;
    }
    if (pointed_ && told.id == pointed_->item->id &&
        (told.kind == tracked_change::unselected || told.kind == tracked_change::gone)) {
      pointed_->until = told.time;
    }
    bool const of_bar = first_ != nullptr && !first_->path.empty() &&
                        is_role(first_->path.back().role, accessible_role::menu_bar);
    if (open_ && of_bar && told.kind == tracked_change::unselected && told.id == first_->id) {
      // Another menu of the bar may be opened next, at once.
      open_ = false;
      ended_ = told.time;
      return;
    }
    bool const ends = told.kind == tracked_change::hidden || told.kind == tracked_change::gone;
    if (open_ && ends && first_ != nullptr && (told.id == first_->id || is_inside(*first_, told.id))) {
      close(told.time);
    }
  }

  /// The menu is closed: its program said so, or a choice was made, or it was given up.
  void close(timestamp when) noexcept {
    if (open_) {
      open_ = false;
      ended_ = closed_ = when;
    }
  }

  /// The focus was somewhere else at `when`.
  void focus_elsewhere(timestamp when) noexcept {
    if (when > told_) {
      close(when);
    }
  }

  [[nodiscard]] bool open() const noexcept { return open_; }
  [[nodiscard]] bool open_at(timestamp when) const noexcept {
    return open_ ? when > opened_ && when - told_ < longest_ns
                 : ended_ && first_ != nullptr && when < *ended_ && when > opened_;
  }
  [[nodiscard]] timestamp opened() const noexcept { return opened_; }
  /// The item that was marked first since the menu opened: by its path, the menu that opened.
  [[nodiscard]] snapshot const& first() const noexcept { return first_; }

  /// The item under the pointer when a button went down there, or null.
  [[nodiscard]] snapshot at_pointer(input_hint const& down) const {
    if (!open_at(down.time)) {
      return {};
    }
    if (pointed_ && pointed_->since <= down.time && (!pointed_->until || *pointed_->until >= down.time) &&
        holds(*pointed_, down)) {
      return pointed_->item;
    }
    auto const item = down.time == pressed_ ? at_press_ : marked_;
    bool const ended = item == marked_ && marked_until_ && *marked_until_ < down.time;
    if (item == nullptr || ended || (item == marked_ && marked_since_ > down.time)) {
      return {};
    }
    if (is_placed(*item)) {
      return item->bounds.contains(down.x, down.y) ? item : snapshot{};
    }
    // The pointer came to a popup whose item was marked before; or a program moved it, which tells nothing of
    // its way.
    bool const in_popup = opens_from_.width > 0 && down.window.width > 0 && down.window != opens_from_;
    return in_popup || (!pointed_ && moved_ < opened_ && item != first_) ? item : snapshot{};
  }

  /// The item that a key chooses.
  [[nodiscard]] snapshot at_key(timestamp when) const {
    bool const ended = marked_until_ && *marked_until_ < when;
    return open_at(when) && !ended && marked_since_ <= when ? marked_ : snapshot{};
  }

private:
  struct pointed {
    snapshot item{};
    timestamp since{};
    rectangle window{};
    std::optional<timestamp> until{};
  };

  /// In GTK 4 the place of an item is told relative to a popup, whose own place nobody tells.
  [[nodiscard]] static bool is_placed(element const& item) {
    return item.bounds.width > 0 && item.bounds.height > 0 && item.attribute_named("toolkit") != "GTK";
  }
  [[nodiscard]] static bool holds(pointed const& one, input_hint const& down) {
    return is_placed(*one.item) ? one.item->bounds.contains(down.x, down.y) : one.window == down.window;
  }

  snapshot first_{};
  snapshot marked_{};
  std::optional<pointed> pointed_{};
  std::string bus_{};
  rectangle window_{};
  rectangle opens_from_{}; ///< the window under the pointer before the menu opened
  snapshot at_press_{};
  timestamp pressed_{};
  timestamp opened_{};
  timestamp moved_{};
  timestamp told_{};
  timestamp marked_since_{};
  std::optional<timestamp> marked_until_{};
  std::optional<timestamp> ended_{};
  std::optional<timestamp> closed_{}; ///< the same, if no menu opens at once after that
  bool open_ = false;
  bool by_pointer_ = false;
  bool fresh_ = false;
};

} // namespace overt::inline v0::capture::atspi
