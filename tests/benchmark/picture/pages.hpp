#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <overt/event/rectangle.hpp>
#include <overt/event/screen_picture.hpp>

/// Pictures that are like those of a desktop, drawn by lot: windows of text with smoothed edges, a
/// photograph, panels and buttons.
namespace overt_benchmark {

class page_painter {
public:
  explicit page_painter(std::uint32_t seed) : random_{seed} {
    for (auto& glyph : glyphs_) {
      draw_glyph(glyph);
    }
  }

  /// A window of text, lines of words from left to right.
  void text(overt::screen_picture& on, overt::rectangle where, std::uint32_t paper, std::uint32_t ink) {
    on.fill(where, paper);
    for (auto y = where.y + 8; y + glyph_height + 6 < where.y + where.height; y += glyph_height + 6) {
      line_of_text(on, {where.x + 10, y, where.width - 20, glyph_height}, paper, ink);
    }
  }

  /// Glyphs of one line; ends somewhere.
  void line_of_text(overt::screen_picture& on, overt::rectangle where, std::uint32_t paper,
                    std::uint32_t ink) {
    auto const length = where.width / 3 + below(where.width * 2 / 3);
    for (auto x = where.x; x + glyph_width < where.x + length; x += glyph_width) {
      if (below(6) != 0) {
        glyph(on, x, where.y, glyphs_[static_cast<std::size_t>(below(glyphs))], paper, ink);
      }
    }
  }

  /// One glyph more, as somebody types.
  void typed(overt::screen_picture& on, std::int32_t x, std::int32_t y, std::uint32_t paper,
             std::uint32_t ink) {
    glyph(on, x, y, glyphs_[static_cast<std::size_t>(below(glyphs))], paper, ink);
  }

  /// Smooth areas with noise, as a camera has.
  void photograph(overt::screen_picture& on, overt::rectangle where) {
    std::array<std::array<int, 3>, 25> corners{};
    for (auto& each : corners) {
      for (auto& part : each) {
        part = below(256);
      }
    }
    for (std::int32_t y = 0; y < where.height; ++y) {
      for (std::int32_t x = 0; x < where.width; ++x) {
        std::uint32_t pixel = 0;
        auto const gx = x * 4 * 256 / where.width;
        auto const gy = y * 4 * 256 / where.height;
        for (std::size_t part = 0; part < 3; ++part) {
          auto const at = [&](int cx, int cy) {
            return corners[static_cast<std::size_t>(std::min(cy, 4) * 5 + std::min(cx, 4))][part];
          };
          auto const fx = gx % 256;
          auto const fy = gy % 256;
          auto const top = at(gx / 256, gy / 256) * (256 - fx) + at(gx / 256 + 1, gy / 256) * fx;
          auto const low = at(gx / 256, gy / 256 + 1) * (256 - fx) + at(gx / 256 + 1, gy / 256 + 1) * fx;
          auto const value = (top * (256 - fy) + low * fy) / 65536 + below(9) - 4;
          pixel = pixel << 8 | static_cast<std::uint32_t>(std::clamp(value, 0, 255));
        }
        set(on, where.x + x, where.y + y, pixel);
      }
    }
  }

  [[nodiscard]] std::int32_t below(std::int32_t limit) {
    return static_cast<std::int32_t>(random_() % static_cast<std::uint32_t>(std::max(limit, 1)));
  }

  static constexpr std::int32_t glyph_width = 8;
  static constexpr std::int32_t glyph_height = 14;

private:
  using shape = std::array<std::uint8_t, static_cast<std::size_t>(glyph_width* glyph_height)>; ///< coverage
  static constexpr std::int32_t glyphs = 60;

  /// Two or three strokes, with edges that are half covered.
  void draw_glyph(shape& glyph) {
    glyph.fill(0);
    auto const mark = [&](std::int32_t x, std::int32_t y, int strength) {
      if (x >= 0 && y >= 0 && x < glyph_width - 1 && y < glyph_height) {
        auto& at = glyph[static_cast<std::size_t>(y * glyph_width + x)];
        at = static_cast<std::uint8_t>(std::min(255, at + strength));
      }
    };
    for (auto strokes = 2 + below(2); strokes > 0; --strokes) {
      auto x = below(6);
      auto y = 2 + below(8);
      auto const dx = below(3) - 1;
      auto const dy = dx == 0 ? 1 : below(2);
      for (auto length = 4 + below(6); length > 0; --length, x += dx, y += dy) {
        mark(x, y, 255);
        mark(x + 1, y, 40 + 40 * below(4));
      }
    }
  }

  static void set(overt::screen_picture& on, std::int32_t x, std::int32_t y, std::uint32_t pixel) {
    if (x >= 0 && y >= 0 && x < on.size().width && y < on.size().height) {
      on.row(static_cast<std::size_t>(y))[static_cast<std::size_t>(x)] = pixel;
    }
  }

  static void glyph(overt::screen_picture& on, std::int32_t x, std::int32_t y, shape const& drawn,
                    std::uint32_t paper, std::uint32_t ink) {
    for (std::int32_t gy = 0; gy < glyph_height; ++gy) {
      for (std::int32_t gx = 0; gx < glyph_width; ++gx) {
        auto const cover = drawn[static_cast<std::size_t>(gy * glyph_width + gx)];
        std::uint32_t pixel = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          auto const from = paper >> shift & 0xff;
          auto const to = ink >> shift & 0xff;
          pixel = pixel << 8 | (from * (255U - cover) + to * cover) / 255U;
        }
        set(on, x + gx, y + gy, pixel);
      }
    }
  }

  std::minstd_rand random_;
  std::array<shape, glyphs> glyphs_{};
};

/// A desk at 1920x1080: an editor, a page with a photograph, a dialogue.
inline void paint_desk(overt::screen_picture& on, page_painter& with, bool photograph) {
  on.fill({0, 0, 1920, 1080}, 0x2b2b2b);
  with.text(on, {0, 30, 1000, 1050}, 0xffffff, 0x1a1a1a);
  with.text(on, {1000, 30, 920, 500}, 0x1e1e2e, 0xcdd6f4);
  on.fill({1000, 530, 920, 550}, 0xf4f4f4);
  if (photograph) {
    with.photograph(on, {1060, 560, 800, 480});
  } else {
    with.text(on, {1060, 560, 800, 480}, 0xfafafa, 0x003366);
  }
  for (std::int32_t i = 0; i < 12; ++i) {
    on.fill({20 + i * 80, 4, 70, 22}, 0x3c6eb4);
  }
}

} // namespace overt_benchmark
