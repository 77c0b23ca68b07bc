#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace overt::inline v0::sink::detail {

/// The colours of a picture, as long as there are no more than 256.
class palette {
public:
  static constexpr std::size_t most = 256;

  /// False: there are more. Pixels are 0x00RRGGBB.
  [[nodiscard]] bool collect(std::span<std::uint32_t const> pixels) noexcept {
    slots_.fill({});
    count_ = 0;
    auto last = pixels.empty() ? 0 : ~pixels.front();
    for (auto const pixel : pixels) {
      if (pixel == last) {
        continue;
      }
      last = pixel;
      auto& found = slot_of(pixel);
      if (found.place == 0) {
        if (count_ == most) {
          return false;
        }
        colours_[count_++] = pixel & rgb;
        found = {pixel & rgb, static_cast<std::uint16_t>(count_)};
      }
    }
    return true;
  }

  [[nodiscard]] std::span<std::uint32_t const> colours() const noexcept {
    return std::span{colours_}.first(count_);
  }

  /// Of a colour that is one of them.
  [[nodiscard]] unsigned char place_of(std::uint32_t colour) noexcept {
    return static_cast<unsigned char>(slot_of(colour).place - 1);
  }

private:
  struct slot {
    std::uint32_t colour = 0;
    std::uint16_t place = 0; ///< from 1; 0: free
  };
  static constexpr std::uint32_t rgb = 0xffffff;
  static constexpr std::size_t slot_count = 1024;

  /// Where a colour is, or would be: open addressing, a quarter full at the most.
  [[nodiscard]] slot& slot_of(std::uint32_t colour) noexcept {
    colour &= rgb;
    auto at = static_cast<std::size_t>(colour * 0x9e3779b1U >> 22); // Knuth's multiplicative hash
    while (slots_[at].place != 0 && slots_[at].colour != colour) {
      at = (at + 1) % slot_count;
    }
    return slots_[at];
  }

  std::array<slot, slot_count> slots_{};
  std::array<std::uint32_t, most> colours_{};
  std::size_t count_ = 0;
};

} // namespace overt::inline v0::sink::detail
