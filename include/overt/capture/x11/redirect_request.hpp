#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <xcb/composite.h>
#include <xcb/xfixes.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/capture/x11/window_stack.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::x11 {

/// The rectangles of a region of the server, from the inner corner of a window.
[[nodiscard]] inline std::vector<rectangle> rectangles_of(xcb_xfixes_fetch_region_reply_t const* region) {
  std::vector<rectangle> found;
  if (region != nullptr) {
    std::span const all{xcb_xfixes_fetch_region_rectangles(region),
                        static_cast<std::size_t>(xcb_xfixes_fetch_region_rectangles_length(region))};
    for (auto const& one : all) {
      found.push_back({one.x, one.y, one.width, one.height});
    }
  }
  return found;
}

/// A window is to be drawn into a pixmap of its own; the server goes on showing it. Questions and answers are
/// apart so that many windows cost one round trip.
struct redirect_request {
  window_id id = 0;
  xcb_pixmap_t pixmap = 0;
  xcb_void_cookie_t named{};
  xcb_void_cookie_t redirect{};
  xcb_xfixes_fetch_region_cookie_t shape{};
  xcb_get_input_focus_cookie_t last{};
};

struct redirect_answer {
  bool already = false;           ///< somebody had done that before
  std::vector<rectangle> shape{}; ///< what of the window can be seen at all, from the inner corner
};

[[nodiscard]] inline redirect_request ask_redirect(xcb_connection_t* server, window_id id) {
  redirect_request asked{.id = id, .pixmap = xcb_generate_id(server)};
  // Only a window that somebody redirected has a pixmap to name.
  asked.named = xcb_composite_name_window_pixmap_checked(server, id, asked.pixmap);
  asked.redirect = xcb_composite_redirect_window_checked(server, id, XCB_COMPOSITE_REDIRECT_AUTOMATIC);
  auto const region = xcb_generate_id(server);
  xcb_xfixes_create_region_from_window(server, region, id, 0); // 0: the bounding shape
  asked.shape = xcb_xfixes_fetch_region(server, region);
  xcb_xfixes_destroy_region(server, region);
  asked.last = xcb_get_input_focus(server);
  return asked;
}

/// Nothing: the window is gone, or cannot be redirected.
[[nodiscard]] inline std::optional<redirect_answer> take_redirect(xcb_connection_t* server,
                                                                  redirect_request const& asked) {
  reply_ptr<xcb_generic_error_t> const unnamed{xcb_request_check(server, asked.named)};
  reply_ptr<xcb_generic_error_t> const refused{xcb_request_check(server, asked.redirect)};
  reply_ptr<xcb_xfixes_fetch_region_reply_t> const shape{
      xcb_xfixes_fetch_region_reply(server, asked.shape, nullptr)};
  reply_ptr<xcb_get_input_focus_reply_t> const last{xcb_get_input_focus_reply(server, asked.last, nullptr)};
  if (!unnamed) {
    xcb_free_pixmap(server, asked.pixmap);
  }
  if (refused) {
    return std::nullopt;
  }
  if (!shape) {
    xcb_composite_unredirect_window(server, asked.id, XCB_COMPOSITE_REDIRECT_AUTOMATIC);
    return std::nullopt;
  }
  return redirect_answer{!unnamed, rectangles_of(shape.get())};
}

} // namespace overt::inline v0::capture::x11
