#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <xcb/xinput.h>

#include <overt/capture/x11/connection.hpp>

namespace overt::inline v0::dataset::x11 {

/// Whether a device of this name is one that a server without a screen and without hands has: those through
/// which programs make input, and those of Xvfb.
[[nodiscard]] constexpr bool is_nobodys_device(std::string_view name) noexcept {
  constexpr auto known = std::to_array<std::string_view>(
      {"Virtual core XTEST pointer", "Virtual core XTEST keyboard", "Xvfb mouse", "Xvfb keyboard"});
  for (auto const one : known) {
    if (name == one) {
      return true;
    }
  }
  return false;
}

/// Whether somebody may sit before a display: it has a keyboard or a pointer of its own, or does not tell.
/// Waits for the server.
[[nodiscard]] inline bool is_attended(capture::x11::connection const& server) {
  auto* const handle = server.get();
  if (server.opcode_of(&xcb_input_id) == 0) {
    return true;
  }
  capture::x11::reply_ptr<xcb_input_xi_query_version_reply_t> const version{
      xcb_input_xi_query_version_reply(handle, xcb_input_xi_query_version(handle, 2, 2), nullptr)};
  capture::x11::reply_ptr<xcb_input_xi_query_device_reply_t> const reply{xcb_input_xi_query_device_reply(
      handle, xcb_input_xi_query_device(handle, XCB_INPUT_DEVICE_ALL), nullptr)};
  if (!version || !reply) {
    return true;
  }
  for (auto each = xcb_input_xi_query_device_infos_iterator(reply.get()); each.rem > 0;
       xcb_input_xi_device_info_next(&each)) {
    bool const master = each.data->type == XCB_INPUT_DEVICE_TYPE_MASTER_POINTER ||
                        each.data->type == XCB_INPUT_DEVICE_TYPE_MASTER_KEYBOARD;
    std::string_view const name{xcb_input_xi_device_info_name(each.data),
                                static_cast<std::size_t>(xcb_input_xi_device_info_name_length(each.data))};
    // An additional pair of masters comes with XTEST devices that are called after it.
    if (!master && !is_nobodys_device(name) && name.find(" XTEST ") == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

} // namespace overt::inline v0::dataset::x11
