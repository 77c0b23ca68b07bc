#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace overt::inline v0::consent::x11::detail {

/// Where something stands and how large it is, in pixels.
struct placement {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  [[nodiscard]] constexpr bool contains(int at_x, int at_y) const noexcept {
    return at_x >= x && at_x < x + width && at_y >= y && at_y < y + height;
  }
  friend bool operator==(placement const&, placement const&) = default;
};

/// What a click on the panel may do.
enum class panel_action : std::uint8_t { pause, ten_minutes, not_here, stop };
inline constexpr std::size_t panel_actions = 4;

/// What stands on the button.
[[nodiscard]] constexpr std::string_view label_of(panel_action does, bool paused) noexcept {
  switch (does) {
  case panel_action::pause: return paused ? "Resume" : "Pause";
  case panel_action::ten_minutes: return "10 min";
  case panel_action::not_here: return "Not here";
  case panel_action::stop: return "Stop";
  }
  return {};
}

/// Buttons in a row, in the window's own coordinates, and what the pointer does to them and to the window.
///
/// A button acts when it is pressed and let go in the same place. Pressed anywhere else, the panel follows
/// the pointer; clicked there, it goes to the other corner: what it covers may be needed.
class panel {
public:
  /// What came of an act of the pointer.
  struct outcome {
    std::optional<panel_action> does{};
    bool changes_side = false;
    bool drags = false; ///< the window belongs to `to_x`, `to_y`
    int to_x = 0;
    int to_y = 0;
    bool redraw = false;
  };

  /// So far a hand moves while it clicks.
  explicit panel(int still = 4) : still_{still} {}

  void put(panel_action does, placement at) noexcept { buttons_[static_cast<std::size_t>(does)] = at; }
  [[nodiscard]] placement const& button(panel_action does) const noexcept {
    return buttons_[static_cast<std::size_t>(does)];
  }
  [[nodiscard]] bool is_under_pointer(panel_action does) const noexcept { return under_ == does; }
  [[nodiscard]] bool is_pressed(panel_action does) const noexcept {
    return pressed_ == does && under_ == does;
  }

  /// At (x, y) of the window and (root_x, root_y) of the screen; the window stands at (left, top).
  void press(int x, int y, int root_x, int root_y, int left, int top) noexcept {
    pressed_ = button_at(x, y);
    under_ = pressed_;
    if (!pressed_) {
      drag_ = drag{.from_x = root_x, .from_y = root_y, .left = left, .top = top, .moved = false};
    }
  }

  [[nodiscard]] outcome move(int x, int y, int root_x, int root_y) noexcept {
    outcome made;
    if (drag_) {
      auto const right = root_x - drag_->from_x;
      auto const down = root_y - drag_->from_y;
      drag_->moved = drag_->moved || std::abs(right) > still_ || std::abs(down) > still_;
      made.drags = drag_->moved;
      made.to_x = drag_->left + right;
      made.to_y = drag_->top + down;
      return made;
    }
    auto const before = under_;
    under_ = button_at(x, y);
    made.redraw = under_ != before;
    return made;
  }

  /// The pointer is elsewhere.
  [[nodiscard]] outcome leave() noexcept {
    bool const redraw = under_.has_value();
    under_.reset();
    return {.redraw = redraw};
  }

  [[nodiscard]] outcome release(int x, int y) noexcept {
    outcome made{.redraw = true};
    if (drag_) {
      made.changes_side = !drag_->moved;
      drag_.reset();
      return made;
    }
    if (pressed_ && button_at(x, y) == pressed_) {
      made.does = pressed_;
    }
    pressed_.reset();
    return made;
  }

private:
  struct drag {
    int from_x = 0;
    int from_y = 0;
    int left = 0;
    int top = 0;
    bool moved = false;
  };

  [[nodiscard]] std::optional<panel_action> button_at(int x, int y) const noexcept {
    for (std::size_t i = 0; i < buttons_.size(); ++i) {
      if (buttons_[i].contains(x, y)) {
        return static_cast<panel_action>(i);
      }
    }
    return std::nullopt;
  }

  int still_;
  std::array<placement, panel_actions> buttons_{}; ///< empty ones are not there
  std::optional<panel_action> under_{};
  std::optional<panel_action> pressed_{};
  std::optional<drag> drag_{};
};

} // namespace overt::inline v0::consent::x11::detail
