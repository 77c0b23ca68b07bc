#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

/// The filters that PNG puts before compression (PNG, third edition, https://www.w3.org/TR/png-3/, section
/// 9): each byte is written as its difference to what the bytes around it foretell.
namespace overt::inline v0::sink::detail {

enum class png_filter : std::uint8_t { unchanged, sub, up, average, paeth };

[[nodiscard]] constexpr unsigned char paeth_of(unsigned char left, unsigned char above,
                                               unsigned char above_left) noexcept {
  int const by_left = std::abs(int{above} - int{above_left});
  int const by_above = std::abs(int{left} - int{above_left});
  int const by_both = std::abs(int{left} + int{above} - 2 * int{above_left});
  return by_left <= by_above && by_left <= by_both ? left : by_above <= by_both ? above : above_left;
}

/// Brings a line back in place. `step`: bytes of a pixel; `above`: the line before, of the same length. False
/// for a filter that there is not.
[[nodiscard]] inline bool unfilter(std::uint8_t filter, std::span<unsigned char> line,
                                   std::span<unsigned char const> above, std::size_t step) noexcept {
  auto const size = line.size();
  auto const left = [&](std::size_t i) { return i < step ? static_cast<unsigned char>(0) : line[i - step]; };
  switch (static_cast<png_filter>(filter)) {
  case png_filter::unchanged: return true;
  case png_filter::sub:
    for (std::size_t i = step; i < size; ++i) {
      line[i] = static_cast<unsigned char>(line[i] + line[i - step]);
    }
    return true;
  case png_filter::up:
    for (std::size_t i = 0; i < size; ++i) {
      line[i] = static_cast<unsigned char>(line[i] + above[i]);
    }
    return true;
  case png_filter::average:
    for (std::size_t i = 0; i < size; ++i) {
      line[i] = static_cast<unsigned char>(line[i] + (left(i) + above[i]) / 2);
    }
    return true;
  case png_filter::paeth:
    for (std::size_t i = 0; i < size; ++i) {
      auto const corner = i < step ? static_cast<unsigned char>(0) : above[i - step];
      line[i] = static_cast<unsigned char>(line[i] + paeth_of(left(i), above[i], corner));
    }
    return true;
  }
  return false;
}

/// Writes `line` filtered to `out`.
template <png_filter Filter>
void filter_line(std::span<unsigned char const> line, std::span<unsigned char const> above, std::size_t step,
                 unsigned char* out) noexcept {
  auto const one = [&](std::size_t i, unsigned char left, unsigned char corner) {
    if constexpr (Filter == png_filter::sub) {
      out[i] = static_cast<unsigned char>(line[i] - left);
    } else if constexpr (Filter == png_filter::up) {
      out[i] = static_cast<unsigned char>(line[i] - above[i]);
    } else if constexpr (Filter == png_filter::average) {
      out[i] = static_cast<unsigned char>(line[i] - (left + above[i]) / 2);
    } else if constexpr (Filter == png_filter::paeth) {
      out[i] = static_cast<unsigned char>(line[i] - paeth_of(left, above[i], corner));
    } else {
      out[i] = line[i];
    }
  };
  for (std::size_t i = 0; i < step; ++i) {
    one(i, 0, 0);
  }
  for (std::size_t i = step; i < line.size(); ++i) {
    one(i, line[i - step], above[i - step]);
  }
}

} // namespace overt::inline v0::sink::detail
