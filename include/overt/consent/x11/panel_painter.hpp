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
#include <utility>
#include <vector>

#include <xcb/xcb.h>

#include <overt/consent/indicator_line.hpp>
#include <overt/consent/x11/indicator_panel.hpp>
#include <overt/consent/x11/pixel_letters.hpp>

namespace overt::inline v0::consent::x11::detail {

struct free_reply {
  void operator()(void* reply) const noexcept { std::free(reply); }
};
template <class Reply>
using reply_ptr = std::unique_ptr<Reply, free_reply>;

/// What the indicator's window says.
struct panel_content {
  std::string head{};               ///< "Recording", "Paused 9:41"
  bool paused = false;              ///< drawn with two bars and a broken frame, whatever colours are seen
  std::vector<std::string> lines{}; ///< smaller ones below
  bool buttons = false;

  friend bool operator==(panel_content const&, panel_content const&) = default;
};

/// Measures and draws that content with the fonts of the server, or with dots where they would be too small.
class panel_painter {
public:
  /// Opens fonts and makes colours. `scale`: 1 on a screen of common size, more on larger ones.
  void begin(xcb_connection_t* connection, xcb_screen_t* screen, int scale) {
    connection_ = connection;
    screen_ = screen;
    scale_ = scale;
    // The fonts of a server come in few sizes; on a large screen dots are drawn large enough instead, but not
    // for names.
    small_ = scale_ > 1 ? open_font({"-*-helvetica-medium-r-normal-*-24-*-*-*-*-*-iso8859-1", "12x24"})
                        : xcb_font_t{XCB_NONE};
    if (small_ == XCB_NONE) {
      small_ = open_font({"-*-helvetica-medium-r-normal-*-12-*-*-*-*-*-iso8859-1", "6x13", "fixed"});
    }
    if (scale_ == 1) {
      large_ = open_font({"-*-helvetica-bold-r-normal-*-18-*-*-*-*-*-iso8859-1", "10x20", "9x15bold"});
    }
    back_ = colour(0x18181c);
    red_ = colour(0xf0281e);
    amber_ = colour(0xffb000);
    text_ = colour(0xffffff);
    dim_ = colour(0xc8c8d0);
    button_ = colour(0x3a3a44);
    lit_ = colour(0x5a5a68);
    edge_ = colour(0x9a9aa8);
  }

  /// From now on it draws into this window.
  void draw_into(xcb_window_t window) {
    window_ = window;
    gc_ = xcb_generate_id(connection_);
    xcb_create_gc(connection_, gc_, window_, 0, nullptr);
  }

  [[nodiscard]] std::uint32_t background() const noexcept { return back_; }

  /// Puts everything in its place and gives the size of the whole. The width does not depend on how much of a
  /// pause is left, so that the window does not fidget.
  [[nodiscard]] placement lay_out(panel_content const& content, panel& buttons) {
    auto const room = std::min<int>(360 * scale_, screen_->width_in_pixels - 60 * scale_);
    lines_.clear();
    head_ = measured(content.head, large_, room);
    auto const first = std::max(head_.height, mark_size());
    auto width =
        mark_size() + 8 * scale_ + std::max(head_.width, measured("Paused 00:00:00", large_, room).width);
    auto height = first;
    for (auto const& each : content.lines) {
      if (small_ == XCB_NONE) {
        break; // the dots are no good for names
      }
      if (auto next = measured(each, small_, room); !each.empty() && next.width > 0) {
        height += next.height + 2 * scale_;
        width = std::max(width, next.width);
        lines_.push_back(std::move(next));
      }
    }
    if (content.buttons) {
      height += 8 * scale_;
      auto x = margin();
      for (std::size_t i = 0; i < panel_actions; ++i) {
        auto const does = static_cast<panel_action>(i);
        auto const label = std::max(label_width(label_of(does, false)), label_width(label_of(does, true)));
        placement const at{x, margin() + height, label + 16 * scale_, button_height()};
        buttons.put(does, at);
        x += at.width + 6 * scale_;
      }
      height += button_height();
      width = std::max(width, x - 6 * scale_ - margin());
    }
    return {0, 0, width + 2 * margin(), height + 2 * margin()};
  }

  void draw(panel_content const& content, placement const& whole, panel const& buttons) {
    pen(back_);
    fill({0, 0, whole.width, whole.height});
    frame(content, whole);
    auto const first = std::max(head_.height, mark_size());
    mark(content, margin(), margin() + (first - mark_size()) / 2);
    write(head_, margin() + mark_size() + 8 * scale_, margin() + (first - head_.height) / 2, text_, back_);
    auto y = margin() + first;
    for (auto const& each : lines_) {
      write(each, margin(), y + 2 * scale_, dim_, back_);
      y += each.height + 2 * scale_;
    }
    for (std::size_t i = 0; content.buttons && i < panel_actions; ++i) {
      button(static_cast<panel_action>(i), content, buttons);
    }
  }

private:
  struct text_line {
    std::string text{};
    xcb_font_t font = XCB_NONE;
    int dot = 0; ///< where there is no font
    int width = 0;
    int ascent = 0;
    int height = 0;
  };

  [[nodiscard]] int mark_size() const { return 16 * scale_; }
  [[nodiscard]] int margin() const { return 10 * scale_; }
  [[nodiscard]] int button_height() const { return 22 * scale_; }

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

  [[nodiscard]] static text_line dotted(std::string_view text, int dot) {
    return {.text = std::string{text}, .dot = dot, .width = pixel_text_width(text, dot), .height = 7 * dot};
  }

  /// What stands on a button; small fonts are too small on a large screen.
  [[nodiscard]] text_line label(std::string_view text) {
    return small_ == XCB_NONE || scale_ > 1 ? dotted(text, scale_)
                                            : measured(std::string{text}, small_, INT16_MAX);
  }
  [[nodiscard]] int label_width(std::string_view text) { return label(text).width; }

  [[nodiscard]] text_line measured(std::string text, xcb_font_t font, int room) {
    if (font == XCB_NONE) {
      return dotted(text, 2 * scale_);
    }
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

  [[nodiscard]] std::uint32_t colour(std::uint32_t rgb) {
    auto const part = [&](int shift) { return static_cast<std::uint16_t>((rgb >> shift & 0xff) * 0x101); };
    auto const made = reply_ptr<xcb_alloc_color_reply_t>{xcb_alloc_color_reply(
        connection_, xcb_alloc_color(connection_, screen_->default_colormap, part(16), part(8), part(0)),
        nullptr)};
    return made ? made->pixel : (rgb >> 8 & 0xff) < 0x60 ? screen_->black_pixel : screen_->white_pixel;
  }

  void pen(std::uint32_t pixel, std::uint32_t behind = 0, xcb_font_t font = XCB_NONE) {
    std::array<std::uint32_t, 3> const values{pixel, behind, font};
    xcb_change_gc(connection_, gc_,
                  XCB_GC_FOREGROUND | XCB_GC_BACKGROUND |
                      (font == XCB_NONE ? 0u : std::uint32_t{XCB_GC_FONT}),
                  values.data());
  }

  [[nodiscard]] static xcb_rectangle_t rectangle_of(placement const& at) {
    return {static_cast<std::int16_t>(at.x), static_cast<std::int16_t>(at.y),
            static_cast<std::uint16_t>(at.width), static_cast<std::uint16_t>(at.height)};
  }

  void fill(placement const& at) {
    auto const area = rectangle_of(at);
    xcb_poly_fill_rectangle(connection_, window_, gc_, 1, &area);
  }

  void write(text_line const& line, int x, int y, std::uint32_t pixel, std::uint32_t behind) {
    pen(pixel, behind, line.font);
    if (line.font == XCB_NONE) {
      auto const dots = pixel_text_at(line.text, x, y, line.dot);
      xcb_poly_fill_rectangle(connection_, window_, gc_, static_cast<std::uint32_t>(dots.size()),
                              dots.data());
      return;
    }
    xcb_image_text_8(connection_, static_cast<std::uint8_t>(std::min<std::size_t>(line.text.size(), 255)),
                     window_, gc_, static_cast<std::int16_t>(x), static_cast<std::int16_t>(y + line.ascent),
                     line.text.data());
  }

  /// Whole while recording, broken during a pause.
  void frame(panel_content const& content, placement const& whole) {
    auto const edge = 2 * scale_;
    pen(content.paused ? amber_ : red_);
    auto const dash = content.paused ? 8 * scale_ : std::max(whole.width, whole.height);
    for (int x = 0; x < whole.width; x += 2 * dash) {
      auto const length = std::min(dash, whole.width - x);
      fill({x, 0, length, edge});
      fill({x, whole.height - edge, length, edge});
    }
    for (int y = 0; y < whole.height; y += 2 * dash) {
      auto const length = std::min(dash, whole.height - y);
      fill({0, y, edge, length});
      fill({whole.width - edge, y, edge, length});
    }
  }

  /// A disc while recording, two bars during a pause.
  void mark(panel_content const& content, int x, int y) {
    pen(content.paused ? amber_ : red_);
    if (content.paused) {
      auto const bar = 5 * scale_;
      fill({x + scale_, y, bar, mark_size()});
      fill({x + mark_size() - scale_ - bar, y, bar, mark_size()});
      return;
    }
    xcb_arc_t const disc{static_cast<std::int16_t>(x),
                         static_cast<std::int16_t>(y),
                         static_cast<std::uint16_t>(mark_size()),
                         static_cast<std::uint16_t>(mark_size()),
                         0,
                         360 * 64};
    xcb_poly_fill_arc(connection_, window_, gc_, 1, &disc);
  }

  void button(panel_action does, panel_content const& content, panel const& buttons) {
    auto const& at = buttons.button(does);
    auto const inside = buttons.is_under_pointer(does) ? lit_ : button_;
    pen(buttons.is_pressed(does) ? text_ : edge_);
    fill(at);
    pen(inside);
    fill({at.x + scale_, at.y + scale_, at.width - 2 * scale_, at.height - 2 * scale_});
    auto const said = label(label_of(does, content.paused));
    write(said, at.x + (at.width - said.width) / 2, at.y + (at.height - said.height) / 2, text_, inside);
  }

  xcb_connection_t* connection_ = nullptr;
  xcb_screen_t* screen_ = nullptr;
  xcb_window_t window_ = XCB_NONE;
  xcb_gcontext_t gc_ = XCB_NONE;
  int scale_ = 1;
  xcb_font_t small_ = XCB_NONE;
  xcb_font_t large_ = XCB_NONE;
  text_line head_{};
  std::vector<text_line> lines_{};
  std::uint32_t back_ = 0;
  std::uint32_t red_ = 0;
  std::uint32_t amber_ = 0;
  std::uint32_t text_ = 0;
  std::uint32_t dim_ = 0;
  std::uint32_t button_ = 0;
  std::uint32_t lit_ = 0;
  std::uint32_t edge_ = 0;
};

} // namespace overt::inline v0::consent::x11::detail
