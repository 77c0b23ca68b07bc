#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <time.h>
#include <xcb/xcb.h>
#include <xcb/xtest.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/dataset/play/key_plan.hpp>
#include <overt/dataset/x11/attended.hpp>
#include <overt/dataset/x11/layout_keys.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset::x11 {

struct player_options {
  std::string display{}; ///< as $DISPLAY names one, which is never asked: it is where somebody sits
  bool attended = false; ///< play even where there may be a person, who then shares pointer and keyboard
};

/// Makes input in one display, and in no other, through XTEST. What it pressed is let go when it is
/// destroyed, and the keys that were given symbols of their own have none again.
///
/// One thread. Each function has reached the server when it returns true; false: the server has gone.
class player {
public:
  /// Waits for the server.
  [[nodiscard]] static result<player> open(player_options const& options) {
    if (options.display.empty()) {
      return failure{error_code::misuse, "Name the display to play into; $DISPLAY is not asked, because a "
                                         "person may sit there."};
    }
    player made;
    made.server_ = capture::x11::connection{options.display};
    if (!made.server_.usable()) {
      return failure{error_code::not_found, "No X server could be reached at " + options.display + '.'};
    }
    if (made.server_.opcode_of(&xcb_test_id) == 0) {
      return failure{error_code::unsupported, "The X server lacks the XTEST extension, without which nothing "
                                              "can be played."};
    }
    if (!options.attended && is_attended(made.server_)) {
      return failure{error_code::misuse,
                     "The display " + options.display +
                         " has a keyboard or a pointer of its own, so somebody may sit there. Play into a "
                         "virtual server (Xvfb), or say that it is meant (attended)."};
    }
    auto plan = read_layout(made.server_);
    if (!plan) {
      return failure{error_code::unsupported,
                     "The keyboard layout could not be read (XKB), or Caps Lock is on. Switch it off."};
    }
    made.plan_ = *std::move(plan);
    return made;
  }

  player(player&& other) noexcept
      : server_{std::exchange(other.server_, {})}, plan_{std::move(other.plan_)},
        keys_{std::exchange(other.keys_, {})}, buttons_{std::exchange(other.buttons_, {})},
        given_at_{other.given_at_} {}
  player& operator=(player&&) = delete;
  ~player() {
    if (server_.get() != nullptr) {
      (void)let_go();
      take_symbols_back();
    }
  }

  [[nodiscard]] bool move(screen_point at) { return send(XCB_MOTION_NOTIFY, 0, at); }

  [[nodiscard]] bool button(std::uint8_t number, bool down) {
    note(buttons_, number, down);
    return send(down ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, number);
  }

  /// Holds these and lets go of those that are held and not among them.
  [[nodiscard]] bool hold(modifiers wanted) {
    constexpr auto all =
        modifiers::control | modifiers::alt | modifiers::super | modifiers::shift | modifiers::alt_graph;
    auto const pressed = modifier_keys(wanted);
    bool good = true;
    for (auto const one : modifier_keys(all)) {
      if (auto const press = plan_.press_of(one); press && !press->give) {
        bool const is_wanted = std::ranges::find(pressed, one) != pressed.end();
        bool const is_down = std::ranges::find(keys_, press->key.code) != keys_.end();
        if (is_wanted != is_down) {
          good = good && key(press->key.code, is_wanted);
        }
      }
    }
    return good;
  }

  /// Presses one key with these modifiers and lets go of it. The modifiers that the symbol needs are held
  /// as well, and all of them stay held: see `hold`. False also when no key can make the symbol.
  [[nodiscard]] bool stroke(key_symbol symbol, modifiers held) {
    auto const press = plan_.press_of(symbol);
    if (!press) {
      return false;
    }
    if (press->give) {
      give(press->key.code, symbol.keysym);
    }
    return hold(held | press->key.with) && key(press->key.code, true) && key(press->key.code, false);
  }

  /// Lets go of every key and button that is down.
  bool let_go() {
    bool good = true;
    while (!keys_.empty()) {
      good = key(keys_.back(), false) && good;
    }
    while (!buttons_.empty()) {
      good = button(buttons_.back(), false) && good;
    }
    return good;
  }

  [[nodiscard]] capture::x11::connection const& server() const noexcept { return server_; }

private:
  player() = default;

  /// Programs read the layout again when a key comes, not when it changes: symbols stay for so long.
  static constexpr std::int64_t lasting_ns = 400'000'000;

  bool key(std::uint8_t code, bool down) {
    note(keys_, code, down);
    return send(down ? XCB_KEY_PRESS : XCB_KEY_RELEASE, code);
  }

  static void note(std::vector<std::uint8_t>& held, std::uint8_t one, bool down) {
    std::erase(held, one);
    if (down) {
      held.push_back(one);
    }
  }

  bool send(std::uint8_t type, std::uint8_t detail, screen_point at = {}) {
    xcb_test_fake_input(server_.get(), type, detail, XCB_CURRENT_TIME, server_.root(),
                        static_cast<std::int16_t>(at.x), static_cast<std::int16_t>(at.y), 0);
    return settle();
  }

  /// Waits until the server has handled everything so far.
  [[nodiscard]] bool settle() {
    capture::x11::reply_ptr<xcb_get_input_focus_reply_t> const reply{
        xcb_get_input_focus_reply(server_.get(), xcb_get_input_focus(server_.get()), nullptr)};
    return reply != nullptr;
  }

  void give(std::uint8_t code, std::uint32_t keysym) {
    std::array<xcb_keysym_t, 2> const both{keysym, keysym}; // with Shift it is the same
    xcb_change_keyboard_mapping(server_.get(), 1, code, both.size(), both.data());
    (void)settle();
    given_at_ = system_clocks{}.now();
    pause(30'000'000);
  }

  void take_symbols_back() {
    auto const codes = plan_.take_given();
    if (codes.empty()) {
      return;
    }
    pause(given_at_ + lasting_ns - system_clocks{}.now());
    for (auto const code : codes) {
      xcb_keysym_t const none = XCB_NO_SYMBOL;
      xcb_change_keyboard_mapping(server_.get(), 1, code, 1, &none);
    }
    (void)settle();
  }

  static void pause(std::int64_t ns) {
    if (ns > 0) {
      timespec const length{ns / 1'000'000'000, ns % 1'000'000'000};
      ::nanosleep(&length, nullptr);
    }
  }

  capture::x11::connection server_{};
  key_plan plan_{};
  std::vector<std::uint8_t> keys_{}; ///< that are down
  std::vector<std::uint8_t> buttons_{};
  timestamp given_at_{};
};

} // namespace overt::inline v0::dataset::x11
