#pragma once

// The main function of a desktop test, and of the windows it starts.

#define CATCH_CONFIG_RUNNER
#include <overt_test/catch.hpp>
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#endif

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <sstream>
#include <string>

#include <poll.h>
#include <xcb/xcb.h>

#include "x11_session.hpp"

namespace overt_test {

/// A program with one window that takes commands from its standard input:
/// focus · raise · title T · popup X Y W H · unpopup · grab · ungrab · child (a child window gets the focus)
inline int window_program(char** words) {
  auto* const x = xcb_connect(nullptr, nullptr);
  auto* const screen = xcb_setup_roots_iterator(xcb_get_setup(x)).data;
  auto const window = xcb_generate_id(x);
  auto const child = xcb_generate_id(x);
  xcb_window_t popup = 0;
  std::uint32_t const values[] = {screen->white_pixel,
                                  XCB_EVENT_MASK_KEY_PRESS | XCB_EVENT_MASK_BUTTON_PRESS};
  auto const number = [&](int at) { return std::atoi(words[at]); };
  xcb_create_window(x, XCB_COPY_FROM_PARENT, window, screen->root, static_cast<std::int16_t>(number(3)),
                    static_cast<std::int16_t>(number(4)), static_cast<std::uint16_t>(number(5)),
                    static_cast<std::uint16_t>(number(6)), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
                    screen->root_visual, XCB_CW_BACK_PIXEL | XCB_CW_EVENT_MASK, values);
  // A position that the person asked for, which a window manager keeps.
  std::uint32_t const hints[18] = {1, static_cast<std::uint32_t>(number(3)),
                                   static_cast<std::uint32_t>(number(4))};
  xcb_change_property(x, XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_NORMAL_HINTS, XCB_ATOM_WM_SIZE_HINTS, 32,
                      18, hints);
  auto const set_title = [&](std::string const& title) {
    xcb_change_property(x, XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_NAME, XCB_ATOM_STRING, 8,
                        static_cast<std::uint32_t>(title.size()), title.data());
  };
  set_title(words[2]);
  xcb_create_window(x, XCB_COPY_FROM_PARENT, child, window, 0, 0, 5, 5, 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
                    screen->root_visual, 0, nullptr);
  xcb_map_window(x, child);
  xcb_map_window(x, window);
  auto const done = [&] {
    std::free(xcb_get_input_focus_reply(x, xcb_get_input_focus(x), nullptr));
    std::cout << "ok" << std::endl;
  };
  done();
  for (std::string line; std::getline(std::cin, line);) {
    while (auto* const event = xcb_poll_for_event(x)) {
      std::free(event);
    }
    std::istringstream parts{line};
    std::string command;
    parts >> command;
    if (command == "focus") {
      xcb_set_input_focus(x, XCB_INPUT_FOCUS_PARENT, window, XCB_CURRENT_TIME);
    } else if (command == "child") {
      xcb_set_input_focus(x, XCB_INPUT_FOCUS_PARENT, child, XCB_CURRENT_TIME);
    } else if (command == "raise") {
      std::uint32_t const above = XCB_STACK_MODE_ABOVE;
      xcb_configure_window(x, window, XCB_CONFIG_WINDOW_STACK_MODE, &above);
    } else if (command == "title") {
      std::string title;
      parts >> title;
      set_title(title);
    } else if (command == "popup") {
      int left = 0;
      int top = 0;
      unsigned width = 0;
      unsigned height = 0;
      parts >> left >> top >> width >> height;
      popup = xcb_generate_id(x);
      std::uint32_t const of_popup[] = {screen->black_pixel, 1};
      xcb_create_window(x, XCB_COPY_FROM_PARENT, popup, screen->root, static_cast<std::int16_t>(left),
                        static_cast<std::int16_t>(top), static_cast<std::uint16_t>(width),
                        static_cast<std::uint16_t>(height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT,
                        screen->root_visual, XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT, of_popup);
      xcb_map_window(x, popup);
    } else if (command == "unpopup") {
      xcb_destroy_window(x, popup);
    } else if (command == "grab") {
      std::free(xcb_grab_keyboard_reply(
          x,
          xcb_grab_keyboard(x, 1, screen->root, XCB_CURRENT_TIME, XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC),
          nullptr));
    } else if (command == "ungrab") {
      xcb_ungrab_keyboard(x, XCB_CURRENT_TIME);
    }
    done();
  }
  xcb_disconnect(x);
  return 0;
}

} // namespace overt_test

int main(int count, char** words) {
  if (count > 6 && std::strcmp(words[1], "--window") == 0) {
    return overt_test::window_program(words);
  }
  if (overt_test::which("Xvfb").empty()) {
    std::puts("skipped: Xvfb is not installed");
    return 77;
  }
  return Catch::Session().run(count, words);
}
