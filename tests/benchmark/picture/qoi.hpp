#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <overt/event/screen_picture.hpp>

namespace overt_benchmark {

/// Encodes as QOI, for comparison alone: written for this benchmark after the specification
/// (https://qoiformat.org/qoi-specification.pdf), three channels.
inline void encode_qoi(std::span<std::uint32_t const> pixels, overt::picture_size size, std::string& out) {
  out = "qoif";
  for (auto const number : {size.width, size.height}) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out += static_cast<char>(number >> shift & 0xff);
    }
  }
  out += '\3';
  out += '\0';
  std::array<std::uint32_t, 64> seen{};
  seen.fill(0xff000000); // what no pixel is
  std::uint32_t previous = 0;
  std::uint32_t run = 0;
  auto const end_run = [&] {
    if (run > 0) {
      out += static_cast<char>(0xc0 | (run - 1));
      run = 0;
    }
  };
  for (auto const pixel : pixels) {
    if (pixel == previous) {
      if (++run == 62) {
        end_run();
      }
      continue;
    }
    end_run();
    auto const part = [](std::uint32_t of, int shift) { return static_cast<std::uint8_t>(of >> shift); };
    auto const r = part(pixel, 16);
    auto const g = part(pixel, 8);
    auto const b = part(pixel, 0);
    auto& slot = seen[(r * 3U + g * 5U + b * 7U + 255U * 11U) % 64];
    if (slot == pixel) {
      out += static_cast<char>(&slot - seen.data());
    } else {
      slot = pixel;
      auto const dr = static_cast<std::int8_t>(r - part(previous, 16));
      auto const dg = static_cast<std::int8_t>(g - part(previous, 8));
      auto const db = static_cast<std::int8_t>(b - part(previous, 0));
      auto const within = [](int value, int least, int most) { return value >= least && value <= most; };
      if (within(dr, -2, 1) && within(dg, -2, 1) && within(db, -2, 1)) {
        out += static_cast<char>(0x40 | (dr + 2) << 4 | (dg + 2) << 2 | (db + 2));
      } else if (within(dg, -32, 31) && within(dr - dg, -8, 7) && within(db - dg, -8, 7)) {
        out += static_cast<char>(0x80 | (dg + 32));
        out += static_cast<char>((dr - dg + 8) << 4 | (db - dg + 8));
      } else {
        out += '\xfe';
        out += static_cast<char>(r);
        out += static_cast<char>(g);
        out += static_cast<char>(b);
      }
    }
    previous = pixel;
  }
  end_run();
  out.append(7, '\0');
  out += '\1';
}

} // namespace overt_benchmark
