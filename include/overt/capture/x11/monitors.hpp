#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <xcb/randr.h>

#include <overt/event/display.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::capture::x11 {

/// The monitors and where they stand; each arrangement has a number, the epoch.
class monitor_layout {
public:
  /// One monitor as the server lists it; `name` is the server's atom, which stays the same when it moves.
  struct listed {
    std::uint32_t name = 0;
    rectangle bounds{};
    bool primary = false;
  };

  [[nodiscard]] static std::vector<listed> read(xcb_randr_get_monitors_reply_t const& reply) {
    std::vector<listed> found;
    for (auto each = xcb_randr_get_monitors_monitors_iterator(&reply); each.rem > 0;
         xcb_randr_monitor_info_next(&each)) {
      found.push_back({.name = each.data->name,
                       .bounds = {each.data->x, each.data->y, each.data->width, each.data->height},
                       .primary = each.data->primary != 0});
    }
    return found;
  }

  /// True when something is different now, which starts a new epoch.
  bool update(std::vector<listed> const& found) {
    std::vector<monitor> now;
    for (auto const& one : found) {
      now.push_back({.id = number_of(one.name), .bounds = one.bounds, .primary = one.primary});
    }
    if (known_ && std::ranges::equal(now, monitors_, same)) {
      return false;
    }
    epoch_ = known_ ? static_cast<std::uint16_t>(epoch_ + 1) : epoch_;
    known_ = true;
    monitors_ = std::move(now);
    return true;
  }

  [[nodiscard]] display as_payload() const { return {.epoch = epoch_, .monitors = monitors_}; }

  [[nodiscard]] screen_point point(std::int32_t x, std::int32_t y) const {
    for (auto const& one : monitors_) {
      if (one.bounds.contains(x, y)) {
        return {.x = x, .y = y, .display = one.id, .display_epoch = epoch_};
      }
    }
    return {.x = x, .y = y, .display = screen_point::no_display, .display_epoch = epoch_};
  }

private:
  [[nodiscard]] static bool same(monitor const& a, monitor const& b) {
    return a.id == b.id && a.bounds == b.bounds && a.primary == b.primary &&
           a.scale_percent == b.scale_percent;
  }

  [[nodiscard]] std::uint16_t number_of(std::uint32_t name) {
    auto const found = std::ranges::find(names_, name);
    if (found == names_.end()) {
      names_.push_back(name);
      return static_cast<std::uint16_t>(names_.size() - 1);
    }
    return static_cast<std::uint16_t>(found - names_.begin());
  }

  std::vector<std::uint32_t> names_;
  std::vector<monitor> monitors_;
  std::uint16_t epoch_ = 0;
  bool known_ = false;
};

} // namespace overt::inline v0::capture::x11
