#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <xcb/xcb.h>

namespace overt::inline v0::consent::x11::detail {

// The letters of one word, 7 rows of 5 dots each (the lowest bit is the rightmost dot), for servers without
// fonts and for screens on which their fonts would be too small.
inline constexpr std::string_view pixel_word = "RECORDING";
inline constexpr std::array<std::array<std::uint8_t, 7>, 9> pixel_rows{{
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001}, // R
    {0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111}, // E
    {0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110}, // C
    {0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110}, // O
    {0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001}, // R
    {0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110}, // D
    {0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110}, // I
    {0b10001, 0b11001, 0b10101, 0b10101, 0b10011, 0b10001, 0b10001}, // N
    {0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01111}, // G
}};
static_assert(pixel_word.size() == pixel_rows.size());

/// How wide the word is when a dot is `dot` pixels.
[[nodiscard]] constexpr int pixel_word_width(int dot) {
  return (static_cast<int>(pixel_word.size()) * 6 - 1) * dot;
}

/// The dots of the word, its top left corner at (x, y).
[[nodiscard]] inline std::vector<xcb_rectangle_t> pixel_word_at(int x, int y, int dot) {
  std::vector<xcb_rectangle_t> dots;
  for (std::size_t letter = 0; letter < pixel_rows.size(); ++letter) {
    for (std::size_t row = 0; row < 7; ++row) {
      for (int column = 0; column < 5; ++column) {
        if ((pixel_rows[letter][row] >> (4 - column) & 1) != 0) {
          dots.push_back({.x = static_cast<std::int16_t>(x + (static_cast<int>(letter) * 6 + column) * dot),
                          .y = static_cast<std::int16_t>(y + static_cast<int>(row) * dot),
                          .width = static_cast<std::uint16_t>(dot),
                          .height = static_cast<std::uint16_t>(dot)});
        }
      }
    }
  }
  return dots;
}

} // namespace overt::inline v0::consent::x11::detail
