#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <xcb/randr.h>
#include <xcb/xcb.h>

#include <overt/consent/indicator.hpp>
#include <overt/consent/indicator_line.hpp>
#include <overt/consent/x11/pixel_letters.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent::x11::detail {

struct free_reply {
  void operator()(void* reply) const noexcept { std::free(reply); }
};
template <class Reply>
using reply_ptr = std::unique_ptr<Reply, free_reply>;

struct placement {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  friend bool operator==(placement const&, placement const&) = default;
};

/// The window itself, on a connection of its own, for one thread: it draws itself, stays where it belongs and
/// on top, and says whether the server agrees.
///
/// The window manager does not manage it (override-redirect), so nothing minimises it. It moves to the other
/// upper corner when the pointer enters it, because what it covers may be needed.
class indicator_window {
public:
  indicator_window() = default;
  indicator_window(indicator_window const&) = delete;
  indicator_window& operator=(indicator_window const&) = delete;
  ~indicator_window() {
    if (connection_ != nullptr) {
      xcb_disconnect(connection_);
    }
  }

  /// An empty display means $DISPLAY. Errors: `indicator_missing`.
  [[nodiscard]] result<void> connect(std::string const& display) {
    int number = 0;
    connection_ = xcb_connect(display.empty() ? nullptr : display.c_str(), &number);
    if (xcb_connection_has_error(connection_) != 0) {
      return missing(
          "there is no X display. Set DISPLAY to the display the person is looking at, or use another "
          "indicator");
    }
    auto screens = xcb_setup_roots_iterator(xcb_get_setup(connection_));
    for (; number > 0 && screens.rem > 1; --number) {
      xcb_screen_next(&screens);
    }
    screen_ = screens.data;
    return {};
  }

  /// Makes the window and maps it. Errors: `indicator_missing`.
  [[nodiscard]] result<void> open(indicator_text const& text) {
    scale_ = std::clamp(screen_->height_in_pixels / 1000, 1, 4);
    begin_randr();
    lay_out(text);
    make();
    place();
    auto const mapped = xcb_map_window_checked(connection_, window_);
    reply_ptr<xcb_generic_error_t> const refused{xcb_request_check(connection_, mapped)};
    if (refused || xcb_connection_has_error(connection_) != 0) {
      return missing("the X server refused its window");
    }
    return {};
  }

  [[nodiscard]] int descriptor() const { return xcb_get_file_descriptor(connection_); }
  [[nodiscard]] xcb_window_t id() const { return window_; }

  /// Whether it was unmapped, destroyed or adopted by somebody, or the connection is dead. That is for good.
  [[nodiscard]] bool lost() const { return lost_ || xcb_connection_has_error(connection_) != 0; }

  /// Handles what has arrived.
  void process(timestamp now) {
    while (auto const event = reply_ptr<xcb_generic_event_t>{xcb_poll_for_event(connection_)}) {
      handle(*event);
    }
    if (restore_ && now >= restore_after_) {
      restore(now);
    }
    xcb_flush(connection_);
  }

  /// Asks the server and waits for the answer: whether the window is mapped, viewable, where and as large as
  /// it should be, and not entirely covered.
  [[nodiscard]] bool visible() {
    auto const attributes_cookie = xcb_get_window_attributes(connection_, window_);
    auto const geometry_cookie = xcb_get_geometry(connection_, window_);
    auto const tree_cookie = xcb_query_tree(connection_, window_);
    auto const attributes = reply_ptr<xcb_get_window_attributes_reply_t>{
        xcb_get_window_attributes_reply(connection_, attributes_cookie, nullptr)};
    auto const geometry =
        reply_ptr<xcb_get_geometry_reply_t>{xcb_get_geometry_reply(connection_, geometry_cookie, nullptr)};
    auto const tree =
        reply_ptr<xcb_query_tree_reply_t>{xcb_query_tree_reply(connection_, tree_cookie, nullptr)};
    if (!attributes || !geometry || !tree || tree->parent != screen_->root) {
      lost_ = true;
      return false;
    }
    if (placement{geometry->x, geometry->y, geometry->width, geometry->height} != place_) {
      restore_ = true;
      return false;
    }
    return attributes->map_state == XCB_MAP_STATE_VIEWABLE && visibility_ != XCB_VISIBILITY_FULLY_OBSCURED;
  }

private:
  struct text_line {
    std::string text{};
    xcb_font_t font = XCB_NONE;
    int width = 0;
    int ascent = 0;
    int height = 0;
  };

  static failure missing(std::string_view why) {
    return {error_code::indicator_missing,
            "The recording indicator cannot be shown: " + std::string{why} + ". Nothing is recorded."};
  }

  void begin_randr() {
    auto const* const extension = xcb_get_extension_data(connection_, &xcb_randr_id);
    if (extension == nullptr || extension->present == 0) {
      return;
    }
    auto const version = reply_ptr<xcb_randr_query_version_reply_t>{
        xcb_randr_query_version_reply(connection_, xcb_randr_query_version(connection_, 1, 5), nullptr)};
    monitors_ = version && (version->major_version > 1 || version->minor_version >= 5);
    if (monitors_) {
      xcb_randr_select_input(connection_, screen_->root, XCB_RANDR_NOTIFY_MASK_SCREEN_CHANGE);
      screen_changed_ = static_cast<std::uint8_t>(extension->first_event + XCB_RANDR_SCREEN_CHANGE_NOTIFY);
    }
  }

  // --- what it looks like

  [[nodiscard]] xcb_font_t open_font(std::initializer_list<std::string_view> names) {
    for (auto const name : names) {
      auto const font = xcb_generate_id(connection_);
      auto const opened =
          xcb_open_font_checked(connection_, font, static_cast<std::uint16_t>(name.size()), name.data());
      if (!reply_ptr<xcb_generic_error_t>{xcb_request_check(connection_, opened)}) {
        return font;
      }
    }
    return XCB_NONE;
  }

  [[nodiscard]] text_line measured(std::string text, xcb_font_t font, int room) {
    text_line measured{.text = std::move(text), .font = font};
    for (;;) {
      std::vector<xcb_char2b_t> wide;
      for (auto const letter : measured.text) {
        wide.push_back({.byte1 = 0, .byte2 = static_cast<std::uint8_t>(letter)});
      }
      auto const extents = reply_ptr<xcb_query_text_extents_reply_t>{xcb_query_text_extents_reply(
          connection_,
          xcb_query_text_extents(connection_, font, static_cast<std::uint32_t>(wide.size()), wide.data()),
          nullptr)};
      if (!extents) {
        return {};
      }
      measured.width = extents->overall_width;
      measured.ascent = extents->font_ascent;
      measured.height = extents->font_ascent + extents->font_descent;
      if (measured.width <= room || measured.text.size() < 8) {
        return measured;
      }
      // In proportion, and at least one less.
      auto const fits =
          measured.text.size() * static_cast<std::size_t>(room) / static_cast<std::size_t>(measured.width);
      measured.text = consent::detail::fitted(measured.text, std::min(fits, measured.text.size() - 1));
    }
  }

  void lay_out(indicator_text const& text) {
    auto const room = std::min<int>(360 * scale_, screen_->width_in_pixels - 60 * scale_);
    auto const small = open_font({"-*-helvetica-medium-r-normal-*-12-*-*-*-*-*-iso8859-1", "6x13", "fixed"});
    // The fonts of a server come in few sizes; on a large screen dots are drawn large enough instead.
    auto const large =
        scale_ > 1 ? xcb_font_t{XCB_NONE}
                   : open_font({"-*-helvetica-bold-r-normal-*-18-*-*-*-*-*-iso8859-1", "10x20", "9x15bold"});
    if (large != XCB_NONE) {
      head_ = measured("Recording", large, room);
    }
    if (head_.width == 0) {
      head_ = {.width = pixel_word_width(2 * scale_), .height = 7 * 2 * scale_};
    }
    auto height = std::max(head_.height, dot_size());
    auto width = dot_size() + 8 * scale_ + head_.width;
    if (small != XCB_NONE) {
      auto const until = consent::detail::until_of(text);
      for (auto each : {consent::detail::task_of(text), consent::detail::applications_of(text),
                        until.empty() ? until : "until " + until, text.task.empty() ? "" : text.stop}) {
        if (auto next = each.empty() ? text_line{} : measured(std::move(each), small, room); next.width > 0) {
          height += next.height + 2 * scale_;
          width = std::max(width, next.width);
          lines_.push_back(std::move(next));
        }
      }
    }
    place_.width = width + 2 * margin();
    place_.height = height + 2 * margin();
  }

  [[nodiscard]] int dot_size() const { return 16 * scale_; }
  [[nodiscard]] int margin() const { return 10 * scale_; }

  [[nodiscard]] std::uint32_t colour(std::uint32_t rgb) {
    auto const part = [&](int shift) { return static_cast<std::uint16_t>((rgb >> shift & 0xff) * 0x101); };
    auto const made = reply_ptr<xcb_alloc_color_reply_t>{xcb_alloc_color_reply(
        connection_, xcb_alloc_color(connection_, screen_->default_colormap, part(16), part(8), part(0)),
        nullptr)};
    return made ? made->pixel : rgb == background_ ? screen_->black_pixel : screen_->white_pixel;
  }

  void make() {
    window_ = xcb_generate_id(connection_);
    gc_ = xcb_generate_id(connection_);
    back_pixel_ = colour(background_);
    red_pixel_ = colour(0xf0281e);
    text_pixel_ = colour(0xffffff);
    dim_pixel_ = colour(0xc8c8d0);
    std::array<std::uint32_t, 3> const values{back_pixel_, 1,
                                              XCB_EVENT_MASK_EXPOSURE | XCB_EVENT_MASK_STRUCTURE_NOTIFY |
                                                  XCB_EVENT_MASK_VISIBILITY_CHANGE |
                                                  XCB_EVENT_MASK_ENTER_WINDOW};
    xcb_create_window(connection_, XCB_COPY_FROM_PARENT, window_, screen_->root, 0, 0,
                      static_cast<std::uint16_t>(place_.width), static_cast<std::uint16_t>(place_.height), 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
                      XCB_CW_BACK_PIXEL | XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values.data());
    xcb_create_gc(connection_, gc_, window_, 0, nullptr);
    // To hear of a root window that changes its size; other clients' selections are not touched.
    std::uint32_t const root_events = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    xcb_change_window_attributes(connection_, screen_->root, XCB_CW_EVENT_MASK, &root_events);
    describe();
  }

  [[nodiscard]] xcb_atom_t atom(std::string_view name) {
    auto const found = reply_ptr<xcb_intern_atom_reply_t>{xcb_intern_atom_reply(
        connection_, xcb_intern_atom(connection_, 0, static_cast<std::uint16_t>(name.size()), name.data()),
        nullptr)};
    return found ? found->atom : xcb_atom_t{XCB_ATOM_NONE};
  }

  /// What compositors and task bars look at.
  void describe() {
    auto const text = [&](xcb_atom_t property, std::string_view value) {
      xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, window_, property, XCB_ATOM_STRING, 8,
                          static_cast<std::uint32_t>(value.size()), value.data());
    };
    auto const numbers = [&](xcb_atom_t property, xcb_atom_t type, std::vector<std::uint32_t> const& values) {
      xcb_change_property(connection_, XCB_PROP_MODE_REPLACE, window_, property, type, 32,
                          static_cast<std::uint32_t>(values.size()), values.data());
    };
    text(XCB_ATOM_WM_NAME, "Recording");
    text(XCB_ATOM_WM_CLASS, std::string_view{"overt-indicator\0Overt-indicator\0", 32});
    numbers(atom("_NET_WM_WINDOW_TYPE"), XCB_ATOM_ATOM, {atom("_NET_WM_WINDOW_TYPE_DOCK")});
    numbers(atom("_NET_WM_STATE"), XCB_ATOM_ATOM,
            {atom("_NET_WM_STATE_ABOVE"), atom("_NET_WM_STATE_STICKY"), atom("_NET_WM_STATE_SKIP_TASKBAR"),
             atom("_NET_WM_STATE_SKIP_PAGER")});
    // ICCCM 4.1.2.4: the flag InputHint, and input false.
    numbers(XCB_ATOM_WM_HINTS, XCB_ATOM_WM_HINTS, {1, 0, 0, 0, 0, 0, 0, 0, 0});
  }

  void pen(std::uint32_t pixel, xcb_font_t font = XCB_NONE) {
    std::array<std::uint32_t, 3> const values{pixel, back_pixel_, font};
    xcb_change_gc(connection_, gc_,
                  XCB_GC_FOREGROUND | XCB_GC_BACKGROUND |
                      (font == XCB_NONE ? 0u : std::uint32_t{XCB_GC_FONT}),
                  values.data());
  }

  void write(text_line const& line, int x, int y) {
    xcb_image_text_8(connection_, static_cast<std::uint8_t>(std::min<std::size_t>(line.text.size(), 255)),
                     window_, gc_, static_cast<std::int16_t>(x), static_cast<std::int16_t>(y + line.ascent),
                     line.text.data());
  }

  void draw() {
    auto const u16 = [](int value) { return static_cast<std::uint16_t>(value); };
    auto const i16 = [](int value) { return static_cast<std::int16_t>(value); };
    auto const edge = 2 * scale_;
    pen(red_pixel_);
    std::array<xcb_rectangle_t, 4> const frame{
        {{0, 0, u16(place_.width), u16(edge)},
         {0, i16(place_.height - edge), u16(place_.width), u16(edge)},
         {0, 0, u16(edge), u16(place_.height)},
         {i16(place_.width - edge), 0, u16(edge), u16(place_.height)}}};
    xcb_poly_fill_rectangle(connection_, window_, gc_, frame.size(), frame.data());
    auto const first = std::max(head_.height, dot_size());
    xcb_arc_t const dot{
        i16(margin()), i16(margin() + (first - dot_size()) / 2), u16(dot_size()), u16(dot_size()), 0,
        360 * 64};
    xcb_poly_fill_arc(connection_, window_, gc_, 1, &dot);
    auto const x = margin() + dot_size() + 8 * scale_;
    auto y = margin() + (first - head_.height) / 2;
    if (head_.font != XCB_NONE) {
      pen(text_pixel_, head_.font);
      write(head_, x, y);
    } else {
      pen(text_pixel_);
      auto const dots = pixel_word_at(x, y, 2 * scale_);
      xcb_poly_fill_rectangle(connection_, window_, gc_, static_cast<std::uint32_t>(dots.size()),
                              dots.data());
    }
    y = margin() + first;
    for (auto const& each : lines_) {
      pen(dim_pixel_, each.font);
      write(each, margin(), y + 2 * scale_);
      y += each.height + 2 * scale_;
    }
  }

  // --- where it stands

  /// Top right of the primary monitor, or top left when it had to move out of the way.
  void place() {
    auto left = 0;
    auto top = 0;
    auto width = int{screen_->width_in_pixels};
    if (auto const root = reply_ptr<xcb_get_geometry_reply_t>{
            xcb_get_geometry_reply(connection_, xcb_get_geometry(connection_, screen_->root), nullptr)}) {
      width = root->width; // the setup's numbers are those of the moment of connecting
    }
    if (monitors_) {
      auto const found = reply_ptr<xcb_randr_get_monitors_reply_t>{xcb_randr_get_monitors_reply(
          connection_, xcb_randr_get_monitors(connection_, screen_->root, 1), nullptr)};
      auto each =
          found ? xcb_randr_get_monitors_monitors_iterator(found.get()) : xcb_randr_monitor_info_iterator_t{};
      for (auto first = true; each.rem > 0; xcb_randr_monitor_info_next(&each), first = false) {
        if (first || each.data->primary != 0) {
          left = each.data->x;
          top = each.data->y;
          width = each.data->width;
        }
      }
    }
    auto const gap = 12 * scale_;
    place_.x = on_the_left_ ? left + gap : left + std::max(0, width - place_.width - gap);
    place_.y = top + gap;
    put();
  }

  void put() {
    std::array<std::uint32_t, 5> const values{
        static_cast<std::uint32_t>(place_.x), static_cast<std::uint32_t>(place_.y),
        static_cast<std::uint32_t>(place_.width), static_cast<std::uint32_t>(place_.height),
        XCB_STACK_MODE_ABOVE};
    xcb_configure_window(connection_, window_,
                         XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH |
                             XCB_CONFIG_WINDOW_HEIGHT | XCB_CONFIG_WINDOW_STACK_MODE,
                         values.data());
  }

  /// Back to its place and on top. Two windows that both want to be on top would keep a server busy, so each
  /// time soon after another waits twice as long, up to most of a second.
  void restore(timestamp now) {
    restore_ = false;
    constexpr std::int64_t shortest = 20'000'000;
    constexpr std::int64_t longest = 640'000'000;
    wait_ = now - restore_after_ > longest ? shortest : std::min(wait_ * 2, longest);
    restore_after_ = now + wait_;
    put();
  }

  void handle(xcb_generic_event_t const& event) {
    auto const type = static_cast<std::uint8_t>(event.response_type & 0x7f);
    auto const as = [&]<class Event>(Event const*) { return reinterpret_cast<Event const*>(&event); };
    switch (type) {
    case XCB_EXPOSE: draw(); break;
    case XCB_VISIBILITY_NOTIFY:
      visibility_ = as(static_cast<xcb_visibility_notify_event_t*>(nullptr))->state;
      restore_ = restore_ || visibility_ != XCB_VISIBILITY_UNOBSCURED;
      break;
    case XCB_ENTER_NOTIFY:
      on_the_left_ = !on_the_left_;
      place();
      break;
    case XCB_UNMAP_NOTIFY:
    case XCB_DESTROY_NOTIFY:
    case XCB_REPARENT_NOTIFY:
      // All three have the window at the same place. Those of the root do not occur.
      lost_ = lost_ || as(static_cast<xcb_unmap_notify_event_t*>(nullptr))->window == window_;
      break;
    case XCB_CONFIGURE_NOTIFY:
      if (as(static_cast<xcb_configure_notify_event_t*>(nullptr))->window != window_) {
        place();
      }
      break;
    default:
      if (screen_changed_ != 0 && type == screen_changed_) {
        place();
      }
    }
  }

  static constexpr std::uint32_t background_ = 0x18181c;

  xcb_connection_t* connection_ = nullptr;
  xcb_screen_t* screen_ = nullptr;
  xcb_window_t window_ = XCB_NONE;
  xcb_gcontext_t gc_ = XCB_NONE;
  int scale_ = 1;
  bool monitors_ = false;
  std::uint8_t screen_changed_ = 0;
  text_line head_{};
  std::vector<text_line> lines_{};
  std::uint32_t back_pixel_ = 0;
  std::uint32_t red_pixel_ = 0;
  std::uint32_t text_pixel_ = 0;
  std::uint32_t dim_pixel_ = 0;
  placement place_{};
  bool on_the_left_ = false;
  bool lost_ = false;
  std::uint8_t visibility_ = XCB_VISIBILITY_FULLY_OBSCURED;
  bool restore_ = false;
  timestamp restore_after_{};
  std::int64_t wait_ = 0;
};

} // namespace overt::inline v0::consent::x11::detail
