#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <time.h>
#include <xcb/xcb.h>
#include <xcb/xtest.h>

namespace overt_test {

/// Makes input through the XTEST extension: one request and one flush for each event.
class injector {
public:
  explicit injector(std::string const& display) : handle_{xcb_connect(display.c_str(), nullptr)} {
    root_ = xcb_setup_roots_iterator(xcb_get_setup(handle_)).data->root;
  }
  injector(injector const&) = delete;
  injector& operator=(injector const&) = delete;
  ~injector() { xcb_disconnect(handle_); }

  void key(std::uint8_t code, bool down) { send(down ? XCB_KEY_PRESS : XCB_KEY_RELEASE, code, 0, 0); }
  void button(std::uint8_t number, bool down) {
    send(down ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, number, 0, 0);
  }
  void move(int x, int y) { send(XCB_MOTION_NOTIFY, 0, x, y); }
  void step(int dx, int dy) { send(XCB_MOTION_NOTIFY, 1, dx, dy); }

  void tap(std::uint8_t code) {
    key(code, true);
    key(code, false);
  }
  /// Holds some keys while tapping another.
  void chord(std::vector<std::uint8_t> const& held, std::uint8_t code) {
    for (auto const one : held) {
      key(one, true);
    }
    tap(code);
    for (auto one = held.rbegin(); one != held.rend(); ++one) {
      key(*one, false);
    }
  }
  void click(std::uint8_t number) {
    button(number, true);
    button(number, false);
  }

  /// Waits until the server has handled everything so far.
  void settle() { std::free(xcb_get_input_focus_reply(handle_, xcb_get_input_focus(handle_), nullptr)); }
  void warp(int x, int y) {
    xcb_warp_pointer(handle_, 0, root_, 0, 0, 0, 0, static_cast<std::int16_t>(x),
                     static_cast<std::int16_t>(y));
    settle();
  }

private:
  void send(std::uint8_t type, std::uint8_t detail, int x, int y) {
    xcb_test_fake_input(handle_, type, detail, XCB_CURRENT_TIME, XCB_WINDOW_NONE,
                        static_cast<std::int16_t>(x), static_cast<std::int16_t>(y), 0);
    xcb_flush(handle_);
  }

  xcb_connection_t* handle_;
  xcb_window_t root_ = 0;
};

/// Calls at an even rate.
class pace {
public:
  explicit pace(double per_second) : step_ns_{static_cast<std::int64_t>(1e9 / per_second)} {
    ::clock_gettime(CLOCK_MONOTONIC, &next_);
  }
  void wait() {
    next_.tv_nsec += step_ns_;
    while (next_.tv_nsec >= 1'000'000'000) {
      next_.tv_nsec -= 1'000'000'000;
      ++next_.tv_sec;
    }
    ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next_, nullptr);
  }

private:
  std::int64_t step_ns_;
  timespec next_{};
};

inline std::int64_t monotonic_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

} // namespace overt_test
