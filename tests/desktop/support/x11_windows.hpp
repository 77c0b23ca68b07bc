#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <xcb/res.h>
#include <xcb/xcb.h>

#include <overt/capture/screen_windows.hpp>

namespace overt_test {

/// The windows that can be seen on a display, as the X server tells of them: clients of the window manager,
/// and what is shown without it.
class x11_windows {
public:
  explicit x11_windows(std::string const& display)
      : handle_{xcb_connect(display.empty() ? nullptr : display.c_str(), nullptr)} {
    auto* const screen = xcb_setup_roots_iterator(xcb_get_setup(handle_)).data;
    root_ = screen->root;
    state_ = atom("WM_STATE");
  }
  x11_windows(x11_windows const&) = delete;
  x11_windows& operator=(x11_windows const&) = delete;
  ~x11_windows() { xcb_disconnect(handle_); }

  /// From the lowest to the highest; of one process, or of all.
  [[nodiscard]] std::vector<overt::capture::screen_window> look(std::uint32_t process = 0) {
    std::vector<overt::capture::screen_window> found;
    for (auto const top : children(root_)) {
      auto const client = client_in(top);
      auto const window = client != 0 ? client : top;
      auto* const attributes =
          xcb_get_window_attributes_reply(handle_, xcb_get_window_attributes(handle_, window), nullptr);
      auto* const size = xcb_get_geometry_reply(handle_, xcb_get_geometry(handle_, window), nullptr);
      if (attributes != nullptr && size != nullptr && attributes->map_state == XCB_MAP_STATE_VIEWABLE &&
          attributes->_class == XCB_WINDOW_CLASS_INPUT_OUTPUT && size->width > 8 && size->height > 8) {
        auto* const place = xcb_translate_coordinates_reply(
            handle_, xcb_translate_coordinates(handle_, window, root_, 0, 0), nullptr);
        auto const owner = process_of(window);
        if (place != nullptr && owner != 0 && (process == 0 || owner == process) &&
            (client != 0 || attributes->override_redirect != 0)) {
          found.push_back({.id = window,
                           .process = owner,
                           .inside = {place->dst_x, place->dst_y, size->width, size->height},
                           .popup = client == 0});
        }
        std::free(place);
      }
      std::free(size);
      std::free(attributes);
    }
    return found;
  }

private:
  [[nodiscard]] xcb_atom_t atom(char const* name) {
    std::string const text{name};
    auto* const came = xcb_intern_atom_reply(
        handle_, xcb_intern_atom(handle_, 0, static_cast<std::uint16_t>(text.size()), name), nullptr);
    auto const made = came != nullptr ? came->atom : 0;
    std::free(came);
    return made;
  }

  [[nodiscard]] std::vector<xcb_window_t> children(xcb_window_t of) {
    std::vector<xcb_window_t> found;
    auto* const came = xcb_query_tree_reply(handle_, xcb_query_tree(handle_, of), nullptr);
    if (came != nullptr) {
      auto const* const list = xcb_query_tree_children(came);
      found.assign(list, list + xcb_query_tree_children_length(came));
    }
    std::free(came);
    return found;
  }

  [[nodiscard]] bool has_state(xcb_window_t window) {
    auto* const came = xcb_get_property_reply(
        handle_, xcb_get_property(handle_, 0, window, state_, XCB_ATOM_ANY, 0, 2), nullptr);
    bool const has = came != nullptr && came->type != 0;
    std::free(came);
    return has;
  }

  /// The client of the window manager that is this window, or is in the frame that this window is; 0: none.
  [[nodiscard]] xcb_window_t client_in(xcb_window_t top) {
    if (has_state(top)) {
      return top;
    }
    for (auto const one : children(top)) {
      if (has_state(one)) {
        return one;
      }
    }
    return 0;
  }

  [[nodiscard]] std::uint32_t process_of(xcb_window_t window) {
    xcb_res_client_id_spec_t const wanted{window, XCB_RES_CLIENT_ID_MASK_LOCAL_CLIENT_PID};
    auto* const came =
        xcb_res_query_client_ids_reply(handle_, xcb_res_query_client_ids(handle_, 1, &wanted), nullptr);
    std::uint32_t found = 0;
    if (came != nullptr) {
      for (auto each = xcb_res_query_client_ids_ids_iterator(came); each.rem > 0;
           xcb_res_client_id_value_next(&each)) {
        if (each.data->length >= 4) {
          found = *xcb_res_client_id_value_value(each.data);
        }
      }
    }
    std::free(came);
    return found;
  }

  xcb_connection_t* handle_;
  xcb_window_t root_ = 0;
  xcb_atom_t state_ = 0;
};

} // namespace overt_test
