#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace overt::inline v0::capture::x11 {

/// How a pixel of an image in Z format becomes 0x00RRGGBB. Depths 24 and 32 in 32 bits with eight bits per
/// colour; nothing else is read. Alpha is dropped: colours are multiplied by it already (the Render
/// extension's convention), so what is left is the window over black.
struct pixel_layout {
  int red = 16; ///< the lowest bit of each
  int green = 8;
  int blue = 0;
  bool swapped = false; ///< the server's bytes are in the other order

  friend constexpr bool operator==(pixel_layout const&, pixel_layout const&) = default;

  /// Nothing for what cannot be read.
  [[nodiscard]] static constexpr std::optional<pixel_layout>
  of(std::uint8_t depth, std::uint8_t bits_per_pixel, std::uint32_t red_mask, std::uint32_t green_mask,
     std::uint32_t blue_mask, bool lowest_byte_first) {
    auto const byte = [](std::uint32_t mask) { return mask != 0 && mask >> std::countr_zero(mask) == 0xff; };
    if ((depth != 24 && depth != 32) || bits_per_pixel != 32 || !byte(red_mask) || !byte(green_mask) ||
        !byte(blue_mask)) {
      return std::nullopt;
    }
    return pixel_layout{std::countr_zero(red_mask), std::countr_zero(green_mask), std::countr_zero(blue_mask),
                        lowest_byte_first != (std::endian::native == std::endian::little)};
  }

  [[nodiscard]] constexpr std::uint32_t colour(std::uint32_t pixel) const noexcept {
    if (swapped) {
      pixel = pixel >> 24 | (pixel >> 8 & 0xff00U) | (pixel << 8 & 0xff0000U) | pixel << 24;
    }
    return (pixel >> red & 0xffU) << 16 | (pixel >> green & 0xffU) << 8 | (pixel >> blue & 0xffU);
  }

  /// `from`: four bytes for each pixel of `into`.
  void convert(std::byte const* from, std::span<std::uint32_t> into) const noexcept {
    auto const each = [from, into](auto change) {
      for (std::size_t i = 0; i < into.size(); ++i) {
        std::uint32_t pixel = 0;
        std::memcpy(&pixel, from + i * 4, 4);
        into[i] = change(pixel);
      }
    };
    if (*this == pixel_layout{}) { // nearly always
      each([](std::uint32_t pixel) { return pixel & 0x00ff'ffffU; });
    } else {
      each([this](std::uint32_t pixel) { return colour(pixel); });
    }
  }
};

} // namespace overt::inline v0::capture::x11
