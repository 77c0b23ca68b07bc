#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <xcb/composite.h>
#include <xcb/damage.h>
#include <xcb/randr.h>
#include <xcb/res.h>
#include <xcb/shm.h>
#include <xcb/xfixes.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::capture::x11 {

/// A connection on which everything that pictures need is there and was asked for.
struct picture_machinery {
  connection server{};
  std::uint8_t damage_event = 0;
  bool has_monitors = false;
  bool has_shared_memory = false;
  xcb_atom_t active_window = XCB_ATOM_NONE; ///< _NET_ACTIVE_WINDOW
  xcb_atom_t client_list = XCB_ATOM_NONE;   ///< _NET_CLIENT_LIST
  xcb_atom_t state = XCB_ATOM_NONE;         ///< WM_STATE
};

/// Connects, and checks what the server has. Waits for the server.
[[nodiscard]] inline result<picture_machinery> open_picture_machinery(std::string const& display) {
  picture_machinery made;
  made.server = connection{display};
  if (!made.server.usable()) {
    return failure{error_code::not_found,
                   "No X server could be reached for pictures" +
                       (display.empty() ? std::string{", going by $DISPLAY"} : " at " + display) +
                       ". Start the recorder inside the desktop session, with DISPLAY and XAUTHORITY as that "
                       "session has them."};
  }
  auto const lacks = [](std::string what) {
    return failure{error_code::unsupported,
                   "The X server lacks " + std::move(what) +
                       ", without which no picture holds one window's pixels only. Use a server that has it "
                       "(X.Org 1.12 or newer does), or record without pictures."};
  };
  auto* const handle = made.server.get();
  auto const at_least = [](auto const& reply, std::uint32_t major, std::uint32_t minor) {
    return reply &&
           (reply->major_version > major || (reply->major_version == major && reply->minor_version >= minor));
  };
  if (made.server.opcode_of(&xcb_composite_id) == 0 ||
      !at_least(reply_ptr<xcb_composite_query_version_reply_t>{xcb_composite_query_version_reply(
                    handle, xcb_composite_query_version(handle, 0, 4), nullptr)},
                0, 2)) {
    return lacks("the Composite extension 0.2");
  }
  if (made.server.opcode_of(&xcb_xfixes_id) == 0 ||
      !at_least(reply_ptr<xcb_xfixes_query_version_reply_t>{xcb_xfixes_query_version_reply(
                    handle, xcb_xfixes_query_version(handle, 4, 0), nullptr)},
                2, 0)) {
    return lacks("the XFIXES extension 2");
  }
  if (made.server.opcode_of(&xcb_damage_id) == 0 ||
      !at_least(reply_ptr<xcb_damage_query_version_reply_t>{xcb_damage_query_version_reply(
                    handle, xcb_damage_query_version(handle, 1, 1), nullptr)},
                1, 0)) {
    return lacks("the DAMAGE extension");
  }
  reply_ptr<xcb_res_query_version_reply_t> resources;
  if (made.server.opcode_of(&xcb_res_id) != 0) {
    resources.reset(xcb_res_query_version_reply(handle, xcb_res_query_version(handle, 1, 2), nullptr));
  }
  if (!resources || (resources->server_major == 1 && resources->server_minor < 2) ||
      resources->server_major < 1) {
    return lacks("the X-Resource extension 1.2");
  }
  made.damage_event = made.server.first_event_of(&xcb_damage_id);
  made.has_monitors = made.server.opcode_of(&xcb_randr_id) != 0 &&
                      at_least(reply_ptr<xcb_randr_query_version_reply_t>{xcb_randr_query_version_reply(
                                   handle, xcb_randr_query_version(handle, 1, 5), nullptr)},
                               1, 5);
  made.has_shared_memory = made.server.opcode_of(&xcb_shm_id) != 0;
  made.active_window = made.server.atom("_NET_ACTIVE_WINDOW");
  made.client_list = made.server.atom("_NET_CLIENT_LIST");
  made.state = made.server.atom("WM_STATE");
  if (!made.server.usable()) {
    return failure{error_code::source_lost,
                   "The X server went away while it was being asked what it has. Try again."};
  }
  return made;
}

} // namespace overt::inline v0::capture::x11
