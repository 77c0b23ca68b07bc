#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <xcb/res.h>
#include <xcb/xcb.h>

#include <overt/capture/process_identity.hpp>
#include <overt/capture/x11/connection.hpp>
#include <overt/dataset/play/seen_window.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset::x11 {

/// Says which window has the focus, and which is at a point. Asks the server each time, and waits for it.
class windows {
public:
  [[nodiscard]] static result<windows> open(std::string const& display) {
    windows made;
    made.server_ = capture::x11::connection{display};
    if (!made.server_.usable()) {
      return failure{error_code::not_found, "No X server could be reached at " + display + '.'};
    }
    made.state_ = made.server_.atom("WM_STATE");
    made.name_ = made.server_.atom("_NET_WM_NAME");
    made.utf8_ = made.server_.atom("UTF8_STRING");
    capture::x11::reply_ptr<xcb_res_query_version_reply_t> const version{xcb_res_query_version_reply(
        made.server_.get(), xcb_res_query_version(made.server_.get(), 1, 2), nullptr)};
    if (!version) {
      return failure{error_code::unsupported,
                     "The X server lacks the X-Resource extension 1.2, without which "
                     "nobody knows which program a window belongs to."};
    }
    return made;
  }

  /// The window that the keyboard goes to; nothing when there is none.
  [[nodiscard]] std::optional<seen_window> focused() {
    auto* const handle = server_.get();
    capture::x11::reply_ptr<xcb_get_input_focus_reply_t> const reply{
        xcb_get_input_focus_reply(handle, xcb_get_input_focus(handle), nullptr)};
    if (!reply || reply->focus == XCB_NONE || reply->focus == server_.root() ||
        reply->focus == XCB_INPUT_FOCUS_POINTER_ROOT) {
      return std::nullopt;
    }
    // The focus may be in a window within the one that has the title. Without a window manager it is the
    // outermost.
    auto outermost = reply->focus;
    for (auto window = reply->focus; window != XCB_NONE && window != server_.root();) {
      if (is_managed(window)) {
        return describe(window, false);
      }
      outermost = window;
      capture::x11::reply_ptr<xcb_query_tree_reply_t> const tree{
          xcb_query_tree_reply(handle, xcb_query_tree(handle, window), nullptr)};
      window = tree ? tree->parent : XCB_NONE;
    }
    return describe(outermost, false);
  }

  /// The window at a point: a program's own, or a menu or list of it.
  [[nodiscard]] std::optional<seen_window> at(screen_point where) {
    auto* const handle = server_.get();
    std::optional<xcb_window_t> outermost;
    for (auto window = server_.root();;) {
      capture::x11::reply_ptr<xcb_translate_coordinates_reply_t> const reply{xcb_translate_coordinates_reply(
          handle,
          xcb_translate_coordinates(handle, server_.root(), window, static_cast<std::int16_t>(where.x),
                                    static_cast<std::int16_t>(where.y)),
          nullptr)};
      if (!reply || reply->child == XCB_NONE) {
        break;
      }
      window = reply->child;
      if (is_managed(window)) {
        return describe(window, false);
      }
      outermost = outermost.value_or(window);
    }
    return outermost ? std::optional{describe(*outermost, true)} : std::nullopt;
  }

private:
  windows() = default;

  [[nodiscard]] bool is_managed(xcb_window_t window) const {
    capture::x11::reply_ptr<xcb_get_property_reply_t> const reply{xcb_get_property_reply(
        server_.get(), xcb_get_property(server_.get(), 0, window, state_, XCB_GET_PROPERTY_TYPE_ANY, 0, 0),
        nullptr)};
    return reply && reply->type != XCB_ATOM_NONE;
  }

  [[nodiscard]] seen_window describe(xcb_window_t window, bool popup) {
    auto* const handle = server_.get();
    xcb_res_client_id_spec_t const wanted{window, XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID};
    auto const ids_asked = xcb_res_query_client_ids(handle, 1, &wanted);
    auto const size_asked = xcb_get_geometry(handle, window);
    auto const place_asked = xcb_translate_coordinates(handle, window, server_.root(), 0, 0);
    capture::x11::reply_ptr<xcb_res_query_client_ids_reply_t> const ids{
        xcb_res_query_client_ids_reply(handle, ids_asked, nullptr)};
    capture::x11::reply_ptr<xcb_get_geometry_reply_t> const size{
        xcb_get_geometry_reply(handle, size_asked, nullptr)};
    capture::x11::reply_ptr<xcb_translate_coordinates_reply_t> const place{
        xcb_translate_coordinates_reply(handle, place_asked, nullptr)};
    seen_window made;
    made.popup = popup;
    if (ids) {
      for (auto each = xcb_res_query_client_ids_ids_iterator(ids.get()); each.rem > 0;
           xcb_res_client_id_value_next(&each)) {
        if ((each.data->spec.mask & XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID) != 0 &&
            xcb_res_client_id_value_value_length(each.data) > 0) {
          made.process = *xcb_res_client_id_value_value(each.data);
        }
      }
    }
    if (size && place) {
      made.bounds = {place->dst_x, place->dst_y, size->width, size->height};
    }
    made.title = text(window, name_, utf8_);
    if (made.title.empty()) {
      made.title = text(window, XCB_ATOM_WM_NAME, XCB_ATOM_STRING);
    }
    auto const [known, fresh] = applications_.try_emplace(made.process);
    if (fresh && made.process != 0) {
      known->second = capture::application_of(made.process);
    }
    made.application = known->second;
    return made;
  }

  [[nodiscard]] std::string text(xcb_window_t window, xcb_atom_t property, xcb_atom_t type) const {
    capture::x11::reply_ptr<xcb_get_property_reply_t> const reply{xcb_get_property_reply(
        server_.get(), xcb_get_property(server_.get(), 0, window, property, type, 0, 1024), nullptr)};
    return reply && reply->format == 8
               ? std::string{static_cast<char const*>(xcb_get_property_value(reply.get())),
                             static_cast<std::size_t>(xcb_get_property_value_length(reply.get()))}
               : std::string{};
  }

  capture::x11::connection server_{};
  xcb_atom_t state_ = XCB_ATOM_NONE;
  xcb_atom_t name_ = XCB_ATOM_NONE;
  xcb_atom_t utf8_ = XCB_ATOM_NONE;
  std::map<std::uint32_t, std::string> applications_{};
};

} // namespace overt::inline v0::dataset::x11
