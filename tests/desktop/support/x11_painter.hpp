#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include <xcb/xcb.h>

#include <overt/event/rectangle.hpp>

namespace overt_test {

/// A window with a connection of its own, which paints when it is told to and never otherwise.
class painter {
public:
  struct options {
    overt::rectangle inside{};
    bool background = false; ///< the server fills it with `colour` when it shows it
    std::uint32_t colour = 0;
    bool unmanaged = false; ///< override-redirect
    bool with_alpha = false;
  };

  painter(std::string const& display, options wanted) : x_{xcb_connect(display.c_str(), nullptr)} {
    screen_ = xcb_setup_roots_iterator(xcb_get_setup(x_)).data;
    window_ = xcb_generate_id(x_);
    std::uint8_t depth = XCB_COPY_FROM_PARENT;
    xcb_visualid_t visual = screen_->root_visual;
    if (wanted.with_alpha) {
      depth = 32;
      for (auto depths = xcb_screen_allowed_depths_iterator(screen_); depths.rem > 0;
           xcb_depth_next(&depths)) {
        if (depths.data->depth == 32) {
          visual = xcb_depth_visuals_iterator(depths.data).data->visual_id;
        }
      }
    }
    auto const colours = xcb_generate_id(x_);
    xcb_create_colormap(x_, XCB_COLORMAP_ALLOC_NONE, colours, screen_->root, visual);
    std::uint32_t const none[] = {XCB_BACK_PIXMAP_NONE, 0, wanted.unmanaged, colours};
    std::uint32_t const filled[] = {wanted.colour, 0, wanted.unmanaged, colours};
    xcb_create_window(
        x_, depth, window_, screen_->root, static_cast<std::int16_t>(wanted.inside.x),
        static_cast<std::int16_t>(wanted.inside.y), static_cast<std::uint16_t>(wanted.inside.width),
        static_cast<std::uint16_t>(wanted.inside.height), 0, XCB_WINDOW_CLASS_INPUT_OUTPUT, visual,
        static_cast<std::uint32_t>(wanted.background ? XCB_CW_BACK_PIXEL : XCB_CW_BACK_PIXMAP) |
            XCB_CW_BORDER_PIXEL | XCB_CW_OVERRIDE_REDIRECT | XCB_CW_COLORMAP,
        wanted.background ? filled : none);
    // A position that the person asked for, which a window manager keeps.
    std::uint32_t const hints[18] = {1, static_cast<std::uint32_t>(wanted.inside.x),
                                     static_cast<std::uint32_t>(wanted.inside.y)};
    xcb_change_property(x_, XCB_PROP_MODE_REPLACE, window_, XCB_ATOM_WM_NORMAL_HINTS, XCB_ATOM_WM_SIZE_HINTS,
                        32, 18, hints);
    pen_ = xcb_generate_id(x_);
    xcb_create_gc(x_, pen_, window_, 0, nullptr);
    sync();
  }
  painter(painter const&) = delete;
  painter& operator=(painter const&) = delete;
  ~painter() { xcb_disconnect(x_); }

  void map() {
    xcb_map_window(x_, window_);
    sync();
  }
  void unmap() {
    xcb_unmap_window(x_, window_);
    sync();
  }
  void destroy() {
    xcb_destroy_window(x_, window_);
    sync();
  }
  void place(overt::rectangle inside) {
    std::uint32_t const values[] = {
        static_cast<std::uint32_t>(inside.x), static_cast<std::uint32_t>(inside.y),
        static_cast<std::uint32_t>(inside.width), static_cast<std::uint32_t>(inside.height)};
    xcb_configure_window(x_, window_,
                         XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
                             XCB_CONFIG_WINDOW_HEIGHT,
                         values);
    sync();
  }
  void move(std::int32_t x, std::int32_t y) {
    std::uint32_t const values[] = {static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)};
    xcb_configure_window(x_, window_, XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y, values);
    sync();
  }
  void stack(std::uint32_t mode) {
    xcb_configure_window(x_, window_, XCB_CONFIG_WINDOW_STACK_MODE, &mode);
    sync();
  }
  void fill(overt::rectangle part, std::uint32_t colour) {
    xcb_change_gc(x_, pen_, XCB_GC_FOREGROUND, &colour);
    xcb_rectangle_t const all{static_cast<std::int16_t>(part.x), static_cast<std::int16_t>(part.y),
                              static_cast<std::uint16_t>(part.width),
                              static_cast<std::uint16_t>(part.height)};
    xcb_poly_fill_rectangle(x_, window_, pen_, 1, &all);
    sync();
  }
  void sync() { std::free(xcb_get_input_focus_reply(x_, xcb_get_input_focus(x_), nullptr)); }

  [[nodiscard]] xcb_connection_t* connection() const { return x_; }
  [[nodiscard]] xcb_screen_t const& screen() const { return *screen_; }
  [[nodiscard]] std::uint32_t id() const { return window_; }

private:
  xcb_connection_t* x_;
  xcb_screen_t* screen_ = nullptr;
  xcb_window_t window_ = 0;
  xcb_gcontext_t pen_ = 0;
};

} // namespace overt_test
