#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <xcb/xproto.h>

#include <overt/capture/port.hpp>
#include <overt/capture/x11/click_counter.hpp>
#include <overt/capture/x11/desktop_options.hpp>
#include <overt/capture/x11/devices.hpp>
#include <overt/capture/x11/keyboard.hpp>
#include <overt/capture/x11/lane_ledger.hpp>
#include <overt/capture/x11/monitors.hpp>
#include <overt/capture/x11/place.hpp>
#include <overt/capture/x11/pointer_position.hpp>
#include <overt/capture/x11/raw_event.hpp>
#include <overt/capture/x11/scroll_accumulator.hpp>
#include <overt/capture/x11/window_registry.hpp>
#include <overt/capture/x11/window_watch.hpp>
#include <overt/event/event.hpp>

namespace overt::inline v0::capture::x11 {

/// The pointer's half of a session: makes moves, buttons and scrolling out of raw events, hands them over
/// with the context that is under the pointer, and answers for it.
template <any_event Event>
class pointer_lane {
public:
  pointer_lane(keyboard const& keys, desktop_options const& options, port<Event>& out, window_watch& windows,
               window_registry& registry, monitor_layout const& monitors)
      : keys_{keys}, out_{out}, windows_{windows}, registry_{registry}, monitors_{monitors},
        clicks_{std::chrono::nanoseconds{options.double_click_time}.count(), options.double_click_distance} {}

  void moved(raw_event const& raw, timestamp time, input_device& device) {
    wheel_step turned{};
    for (auto& wheel : device.scroll) {
      if (raw.has(wheel.axis)) {
        (wheel.vertical ? turned.dy_v120 : turned.dx_v120) += wheel.turned.add(raw.values[wheel.axis]);
      }
    }
    if (turned.dx_v120 != 0 || turned.dy_v120 != 0) {
      scrolled(time, turned, device);
    }
    auto const axes = pointing_axes(device);
    if ((raw.axes & axes) == 0) {
      return;
    }
    ++motions_;
    if (device.injected) {
      auto const pixel = [&](std::size_t axis, std::int32_t otherwise) {
        return raw.has(axis) ? static_cast<std::int32_t>(raw.values[axis] >> 32) : otherwise;
      };
      if (position_.claim(pixel(0, position_.claimed_x()), pixel(1, position_.claimed_y()),
                          windows_.whole())) {
        hand_over(
            {.what = held_back::kind::move, .time = time, .device_number = device.number, .injected = true});
        return;
      }
    } else {
      position_.lose();
      if (device.relative) {
        auto const step = [&](std::size_t axis) {
          return raw.has(axis) ? static_cast<std::int32_t>(raw.values[axis] >> 24) : 0;
        };
        push(time, current_place(), pointer_delta{.dx = step(0), .dy = step(1), .device = device.number});
      }
    }
    moved_ = held_back{.what = held_back::kind::move,
                       .time = time,
                       .picture = windows_.stack().version(),
                       .device_number = device.number,
                       .injected = device.injected};
  }

  void button_changed(raw_event const& raw, timestamp time, input_device const& device, bool pressed) {
    if ((raw.flags & raw_event::repeat_or_emulated) != 0) {
      return; // the server's translation of a smooth wheel, which was counted from its axis
    }
    // Raw events number the buttons as the device does; left-handed people have them mapped.
    auto const number = raw.detail < button_map_.size() ? button_map_[raw.detail] : std::uint8_t{0};
    if (number == 0) {
      return; // switched off
    }
    if (auto const turned = wheel_step_of_button(number)) {
      if (pressed) {
        scrolled(time, *turned, device);
      }
      return;
    }
    hand_over({.time = time,
               .number = number,
               .pressed = pressed,
               .held = keys_.held(),
               .device_number = device.number,
               .injected = device.injected});
  }

  /// How the server maps the buttons of devices: left-handed people have them swapped.
  void map_buttons(xcb_get_pointer_mapping_reply_t const* reply) {
    for (std::size_t i = 0; reply != nullptr && i < reply->map_len; ++i) {
      button_map_[i + 1] = xcb_get_pointer_mapping_map(reply)[i];
    }
  }

  /// Whether input waits for an answer, and whether it is input that cannot be handed over before.
  [[nodiscard]] bool waiting() const noexcept { return ledger_.waiting() || moved_; }
  [[nodiscard]] bool urgent() const noexcept { return held_count_ != 0; }

  /// The server said where the pointer is and what is under it, at a moment after `as_of`.
  void answer(xcb_query_pointer_reply_t const* reply, timestamp as_of) {
    auto const tell = [this](timestamp time, context_ptr to) {
      out_.answer({context_aspect::application, input_lane::pointer, time, std::move(to)});
    };
    if (reply == nullptr || reply->same_screen == 0) {
      position_.lose();
      ledger_.refuse(as_of, tell);
      return;
    }
    bool const fits = position_.learn(reply->root_x, reply->root_y, windows_.whole());
    auto const hit = windows_.stack().hit(reply->root_x, reply->root_y);
    bool const agreed = hit.certain && hit.window == reply->child;
    if (!fits) {
      // What was handed over with the wrong place is lost; what waited for this reply is not.
      ledger_.refuse(held_count_ == 0 ? as_of : std::min(as_of, held_.front().time + -1), tell);
    }
    flush_held(fits);
    constexpr std::uint64_t listed = 0b1110; // buttons 1 to 3, the ones in the mask that are no wheel
    auto const down = static_cast<std::uint64_t>(reply->mask >> 7) & listed;
    buttons_down_ &= ~listed | down; // a release that never came, with a device that was unplugged
    if (agreed) {
      auto const to = current_place();
      if (auto* const under = registry_.behind(hit.window)) {
        registry_.locate(*under, windows_.stack().version());
      }
      ledger_.confirm(to.own ? context_ptr{} : to.where, as_of, tell);
      return;
    }
    ledger_.refuse(as_of, tell);
    if (hit.certain && as_of - listed_again_ > list_again_ns) {
      listed_again_ = as_of;
      windows_.list_again();
    }
  }

private:
  /// Pointer input that waits for the server to say where the pointer is.
  struct held_back {
    enum class kind : std::uint8_t { button, wheel, move };
    kind what = kind::button;
    timestamp time{};
    std::uint64_t picture = 0; ///< which version of the window model it came with
    std::uint64_t motions = 0; ///< how many times devices had moved the pointer by then
    bool known = false;        ///< whether a position was believed then: x, y, and what was under it
    std::int32_t x = 0;
    std::int32_t y = 0;
    place under{};
    std::uint8_t number = 0;
    bool pressed = false;
    wheel_step turned{};
    modifiers held = modifiers::none;
    std::uint16_t device_number = 0;
    bool injected = false;
  };

  static constexpr std::int64_t list_again_ns = 1'000'000'000;

  [[nodiscard]] place place_at(std::int32_t x, std::int32_t y) {
    auto const hit = windows_.stack().hit(x, y);
    auto* const found = hit.certain && hit.window != 0 ? registry_.behind(hit.window) : nullptr;
    return found == nullptr ? place{} : place{registry_.context_of(*found), found->is_own(), found->inside};
  }

  /// While a button is down, everything goes to the window where it went down, wherever the pointer is.
  [[nodiscard]] place current_place() {
    return buttons_down_ != 0 ? grabbed_by_press_ : place_at(position_.x(), position_.y());
  }

  template <class Payload>
  std::uint64_t push(timestamp time, place const& to, Payload&& content) {
    if (to.own) {
      return 0;
    }
    auto const stamp = ledger_.note(to.where, time);
    return out_.push(stamp, to.where, std::forward<Payload>(content));
  }

  void tell(hint_kind what, timestamp time, std::uint64_t number, screen_point at, place const& to,
            button_name which = button_name::other) {
    out_.tell({.what = what,
               .time = time,
               .event = number,
               .process = to.where.process(),
               .x = at.x,
               .y = at.y,
               .window = to.window,
               .which = which});
  }

  [[nodiscard]] screen_point here() const { return monitors_.point(position_.x(), position_.y()); }

  [[nodiscard]] static std::uint64_t pointing_axes(input_device const& device) {
    std::uint64_t axes = 3;
    for (auto const& wheel : device.scroll) {
      axes &= ~(std::uint64_t{1} << (wheel.axis & 63));
    }
    return axes;
  }

  void scrolled(timestamp time, wheel_step turned, input_device const& device) {
    hand_over({.what = held_back::kind::wheel,
               .time = time,
               .turned = turned,
               .held = keys_.held(),
               .device_number = device.number,
               .injected = device.injected});
  }

  /// A move whose place is believed goes on at once, and is confirmed by the next answer. A button or wheel
  /// has no place of its own, and a program may have moved the pointer without a device (XWarpPointer, which
  /// no event tells), so it waits for the next reply; so does what comes behind it.
  void hand_over(held_back input) {
    input.picture = windows_.stack().version();
    input.motions = motions_;
    input.known = position_.known();
    input.x = position_.x();
    input.y = position_.y();
    input.under = input.known ? place_at(input.x, input.y) : place{};
    if (input.what == held_back::kind::move && held_count_ == 0) {
      push_held(input, true);
    } else if (held_count_ < held_.size()) {
      held_[held_count_++] = std::move(input);
    } else {
      push_nowhere(input);
    }
  }

  /// `fits`: the pointer was where it was believed to be. Otherwise it is where the server says, unless a
  /// device has moved it since this input; then nobody can say.
  void push_held(held_back const& input, bool fits) {
    if (input.known && fits) {
      return push_at(input, input.x, input.y, input.under);
    }
    if (input.known && input.motions != motions_) {
      return push_nowhere(input);
    }
    // When windows changed since, nobody can say any more which of them it went to.
    bool const same_picture = input.picture == windows_.stack().version();
    push_at(input, position_.x(), position_.y(),
            same_picture ? place_at(position_.x(), position_.y()) : place{});
  }

  void push_nowhere(held_back const& input) {
    auto at = here();
    at.display = screen_point::no_display;
    push_kind(input, at, place{});
  }

  void push_at(held_back const& input, std::int32_t x, std::int32_t y, place const& under) {
    push_kind(input, monitors_.point(x, y), under);
  }

  /// While a button is down, everything goes to the window where it went down.
  void push_kind(held_back const& input, screen_point at, place const& under) {
    if (input.what == held_back::kind::button) {
      return push_button(input, at, under);
    }
    auto const& to = buttons_down_ != 0 ? grabbed_by_press_ : under;
    if (input.what == held_back::kind::move) {
      auto const number = push(
          input.time, to, pointer_move{.at = at, .injected = input.injected, .device = input.device_number});
      tell(hint_kind::pointer_moved, input.time, number, at, to);
    } else {
      auto const number = push(input.time, to,
                               scroll{.dx_v120 = input.turned.dx_v120,
                                      .dy_v120 = input.turned.dy_v120,
                                      .held = input.held,
                                      .at = at,
                                      .injected = input.injected,
                                      .device = input.device_number});
      tell(hint_kind::wheel, input.time, number, at, to);
    }
  }

  void push_button(held_back const& input, screen_point at, place const& under) {
    auto const bit = std::uint64_t{1} << (input.number & 63);
    if (buttons_down_ == 0) {
      grabbed_by_press_ = input.pressed ? under : place{};
    }
    buttons_down_ |= input.pressed ? bit : 0;
    auto const count =
        input.pressed ? clicks_.press(input.number, input.time, at.x, at.y) : clicks_.release(input.number);
    auto const which = name_of_button(input.number);
    auto const number = push(input.time, grabbed_by_press_,
                             button{.phase = input.pressed ? button_phase::press : button_phase::release,
                                    .which = which,
                                    .number = input.number,
                                    .clicks = count,
                                    .held = input.held,
                                    .at = at,
                                    .injected = input.injected,
                                    .device = input.device_number});
    tell(input.pressed ? hint_kind::button_down : hint_kind::button_up, input.time, number, at,
         grabbed_by_press_, which);
    buttons_down_ &= input.pressed ? ~std::uint64_t{0} : ~bit;
  }

  [[nodiscard]] static button_name name_of_button(std::uint8_t number) {
    switch (number) {
    case 1: return button_name::left;
    case 2: return button_name::middle;
    case 3: return button_name::right;
    case 8: return button_name::back;
    case 9: return button_name::forward;
    default: return button_name::other;
    }
  }

  void flush_held(bool fits) {
    if (auto const last = std::exchange(moved_, std::nullopt)) {
      bool const same_picture = last->picture == windows_.stack().version();
      push_at(*last, position_.x(), position_.y(),
              same_picture ? place_at(position_.x(), position_.y()) : place{});
    }
    auto const count = std::exchange(held_count_, 0);
    for (std::size_t i = 0; i < count; ++i) {
      push_held(held_[i], fits);
      held_[i] = {};
    }
  }

  keyboard const& keys_;
  port<Event>& out_;
  window_watch& windows_;
  window_registry& registry_;
  monitor_layout const& monitors_;
  click_counter clicks_;
  pointer_position position_;
  lane_ledger ledger_;
  std::uint64_t motions_ = 0;
  place grabbed_by_press_{};
  std::uint64_t buttons_down_ = 0;
  std::optional<held_back> moved_{}; ///< the last movement whose end is not known yet
  std::array<held_back, 512> held_{};
  std::size_t held_count_ = 0;
  timestamp listed_again_{};
  std::array<std::uint8_t, 257> button_map_ = [] {
    std::array<std::uint8_t, 257> same{};
    for (std::size_t i = 0; i < 256; ++i) {
      same[i] = static_cast<std::uint8_t>(i);
    }
    return same;
  }();
};

} // namespace overt::inline v0::capture::x11
