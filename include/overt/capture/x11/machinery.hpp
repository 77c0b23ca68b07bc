#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <xcb/randr.h>
#include <xcb/res.h>
#include <xcb/xinput.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/capture/x11/desktop_options.hpp>
#include <overt/capture/x11/devices.hpp>
#include <overt/capture/x11/keyboard.hpp>
#include <overt/capture/x11/server_clock.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>
#include <overt/event/source.hpp>

namespace overt::inline v0::capture::x11 {

/// What `desktop::open` prepares for `desktop::run`: a connection on which everything that is needed is there
/// and was asked for.
struct machinery {
  connection server;
  keyboard keys;
  device_list devices;
  server_clock clock;
  std::uint8_t input_opcode = 0;
  std::uint8_t randr_first_event = 0;
  bool has_monitors = false;
  xcb_atom_t active_window = XCB_ATOM_NONE; ///< _NET_ACTIVE_WINDOW
  xcb_atom_t client_list = XCB_ATOM_NONE;   ///< _NET_CLIENT_LIST
  xcb_atom_t window_name = XCB_ATOM_NONE;   ///< _NET_WM_NAME
  xcb_atom_t utf8_string = XCB_ATOM_NONE;
};

namespace detail {

[[nodiscard]] inline failure missing(std::string what, std::string use) {
  return {error_code::unsupported,
          "The X server lacks " + std::move(what) + ", without which " + std::move(use) +
              ". Use a server that has it (X.Org 1.12 or newer does) or another backend."};
}

/// XInput 2.1 or newer, all master devices. Below 2.1 the server is silent while any program holds a grab.
[[nodiscard]] inline bool open_input(machinery& made) {
  auto* const handle = made.server.get();
  made.input_opcode = made.server.opcode_of(&xcb_input_id);
  if (made.input_opcode == 0) {
    return false;
  }
  reply_ptr<xcb_input_xi_query_version_reply_t> const version{
      xcb_input_xi_query_version_reply(handle, xcb_input_xi_query_version(handle, 2, 2), nullptr)};
  if (!version || version->major_version < 2 || (version->major_version == 2 && version->minor_version < 1)) {
    return false;
  }
  struct {
    xcb_input_event_mask_t head;
    std::uint32_t mask;
  } const raw{{XCB_INPUT_DEVICE_ALL_MASTER, 1},
              XCB_INPUT_XI_EVENT_MASK_RAW_KEY_PRESS | XCB_INPUT_XI_EVENT_MASK_RAW_KEY_RELEASE |
                  XCB_INPUT_XI_EVENT_MASK_RAW_BUTTON_PRESS | XCB_INPUT_XI_EVENT_MASK_RAW_BUTTON_RELEASE |
                  XCB_INPUT_XI_EVENT_MASK_RAW_MOTION},
      changes{{XCB_INPUT_DEVICE_ALL, 1},
              XCB_INPUT_XI_EVENT_MASK_HIERARCHY | XCB_INPUT_XI_EVENT_MASK_DEVICE_CHANGED};
  xcb_input_xi_select_events(handle, made.server.root(), 1, &raw.head);
  xcb_input_xi_select_events(handle, made.server.root(), 1, &changes.head);
  reply_ptr<xcb_input_xi_query_device_reply_t> const listed{xcb_input_xi_query_device_reply(
      handle, xcb_input_xi_query_device(handle, XCB_INPUT_DEVICE_ALL), nullptr)};
  if (!listed) {
    return false;
  }
  made.devices.update(*listed);
  return true;
}

[[nodiscard]] inline bool has_resource_ids(machinery const& made) {
  auto* const handle = made.server.get();
  if (made.server.opcode_of(&xcb_res_id) == 0) {
    return false;
  }
  reply_ptr<xcb_res_query_version_reply_t> const version{
      xcb_res_query_version_reply(handle, xcb_res_query_version(handle, 1, 2), nullptr)};
  return version && (version->server_major > 1 || version->server_minor >= 2);
}

[[nodiscard]] inline bool open_monitors(machinery& made) {
  auto* const handle = made.server.get();
  if (made.server.opcode_of(&xcb_randr_id) == 0) {
    return false;
  }
  reply_ptr<xcb_randr_query_version_reply_t> const version{
      xcb_randr_query_version_reply(handle, xcb_randr_query_version(handle, 1, 5), nullptr)};
  if (!version || version->major_version < 1 || (version->major_version == 1 && version->minor_version < 5)) {
    return false;
  }
  xcb_randr_select_input(handle, made.server.root(),
                         XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE | XCB_RANDR_NOTIFY_MASK_CRTC_CHANGE |
                             XCB_RANDR_NOTIFY_MASK_OUTPUT_CHANGE);
  made.randr_first_event = made.server.first_event_of(&xcb_randr_id);
  return true;
}

/// Lets the server stamp something between two looks at our clock.
[[nodiscard]] inline server_clock measure_clock(connection const& server) {
  auto* const handle = server.get();
  auto const window = xcb_generate_id(handle);
  std::uint32_t const mask = XCB_EVENT_MASK_PROPERTY_CHANGE;
  xcb_create_window(handle, 0, window, server.root(), -1, -1, 1, 1, 0, XCB_WINDOW_CLASS_INPUT_ONLY,
                    XCB_COPY_FROM_PARENT, XCB_CW_EVENT_MASK, &mask);
  system_clocks const clock;
  server_clock measured;
  auto const before = clock.now();
  xcb_change_property(handle, XCB_PROP_MODE_REPLACE, window, XCB_ATOM_WM_NAME, XCB_ATOM_STRING, 8, 0,
                      nullptr);
  // The reply comes behind the notice, which therefore has arrived by then.
  reply_ptr<xcb_get_input_focus_reply_t> const done{
      xcb_get_input_focus_reply(handle, xcb_get_input_focus(handle), nullptr)};
  auto const after = clock.now();
  while (auto const event = reply_ptr<xcb_generic_event_t>{xcb_poll_for_event(handle)}) {
    if (event->response_type == XCB_PROPERTY_NOTIFY) {
      auto const& notice = reinterpret_cast<xcb_property_notify_event_t const&>(*event);
      if (notice.window == window) {
        measured = server_clock::measured(notice.time, before, after);
      }
    }
  }
  xcb_destroy_window(handle, window);
  return measured;
}

} // namespace detail

/// Connects, and checks what the server has. Waits for the server.
[[nodiscard]] inline result<std::unique_ptr<machinery>> open_machinery(desktop_options const& options) {
  auto made = std::make_unique<machinery>();
  made->server = connection{options.display};
  if (!made->server.usable()) {
    return failure{
        error_code::not_found,
        "No X server could be reached" +
            (options.display.empty() ? std::string{", going by $DISPLAY"} : " at " + options.display) +
            ". Either none runs there or it refuses this user. Start the recorder inside the desktop "
            "session, with DISPLAY and XAUTHORITY as that session has them."};
  }
  // Before anything is selected: it looks through the first events itself.
  made->clock = detail::measure_clock(made->server);
  if (!detail::has_resource_ids(*made)) {
    return detail::missing("the X-Resource extension 1.2",
                           "nobody can tell which program a window belongs to");
  }
  if (!made->keys.open(made->server, options.locale)) {
    return detail::missing("the XKEYBOARD extension", "keys cannot be translated");
  }
  if (!detail::open_input(*made)) {
    return detail::missing("the X Input extension 2.1", "input cannot be seen");
  }
  made->has_monitors = detail::open_monitors(*made);
  made->active_window = made->server.atom("_NET_ACTIVE_WINDOW");
  made->client_list = made->server.atom("_NET_CLIENT_LIST");
  made->window_name = made->server.atom("_NET_WM_NAME");
  made->utf8_string = made->server.atom("UTF8_STRING");
  if (!made->server.usable()) {
    return failure{error_code::source_lost,
                   "The X server went away while it was being asked what it has. Try again."};
  }
  return made;
}

/// What this server lets the backend see.
[[nodiscard]] inline source describe(machinery const& made) {
  auto sees = capability::keys | capability::characters | capability::pointer | capability::pointer_delta |
              capability::buttons | capability::scroll | capability::devices | capability::injected |
              capability::application | capability::title;
  auto blind = capability::input_methods;
  (made.has_monitors ? sees : blind) = (made.has_monitors ? sees : blind) | capability::display;
  bool const far = made.clock.ahead_ms() > 50 || made.clock.ahead_ms() < -50;
  return {.backend = "x11::desktop",
          .state = far || !made.has_monitors ? source_state::degraded : source_state::opened,
          .can_see = sees,
          .cannot_see = blind,
          .reason = far                 ? literal{"the X server has a clock of its own"}
                    : made.has_monitors ? literal{}
                                        : literal{"the X server lacks RandR 1.5"}};
}

} // namespace overt::inline v0::capture::x11
