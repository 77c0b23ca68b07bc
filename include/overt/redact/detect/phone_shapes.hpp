#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include <overt/redact/detect/checksums.hpp>

namespace overt::inline v0::detect::detail {

/// A way in which national numbers are written: the lengths of the groups, and the digits that may come
/// first.
struct phone_shape {
  std::uint64_t lengths = 0; ///< a hexadecimal digit each
  std::uint16_t first = 0;   ///< a bit for each digit
  float score = 0;
  float in_brackets = 0; ///< when the first group stands in brackets
};

[[nodiscard]] constexpr std::uint16_t first_digits(std::initializer_list<int> list) noexcept {
  unsigned bits = 0;
  for (auto const digit : list) {
    bits |= 1u << digit;
  }
  return static_cast<std::uint16_t>(bits);
}

/// National numbers that begin with no trunk zero, as the operators and the ITU's notes on numbering plans
/// (E.129) write them. What scores less than 0.5 is only a number beside a word for it.
inline constexpr auto phone_shapes = [] {
  constexpr auto any = first_digits({1, 2, 3, 4, 5, 6, 7, 8, 9});
  auto list = std::to_array<phone_shape>({
      {0x55, first_digits({6, 7, 8, 9}), 0.5f, 0.5f},                 // India, mobile
      {0x433, first_digits({6, 7, 8, 9}), 0.45f, 0.6f},               // India
      {0x244, any, 0.45f, 0.7f},                                      // Brazil, Mexico, Argentina
      {0x254, first_digits({1, 2, 3, 4, 5, 6, 7, 8, 9}), 0.5f, 0.8f}, // Brazil, mobile
      {0x3322, first_digits({3, 4, 5, 7, 8, 9}), 0.5f, 0.7f},         // Russia, Kazakhstan, Turkey
      {0x13322, first_digits({0, 7, 8}), 0.7f, 0.8f}, // Russia and Turkey with their trunk 8 and 0
      {0x13334, any, 0.3f, 0.5f},
      {0x344, first_digits({1}), 0.6f, 0.6f},                     // China, mobile
      {0x333, any, 0.4f, 0.6f},                                   // Spain, Poland, Portugal, Czechia, Peru
      {0x3222, first_digits({5, 6, 7, 8, 9}), 0.5f, 0.6f},        // Spain
      {0x2322, any, 0.5f, 0.6f},                                  // Poland, Ukraine, Switzerland abroad
      {0x12222, any, 0.5f, 0.6f},                                 // France after +33
      {0x2222, any, 0.5f, 0.5f},                                  // Norway, Denmark, Luxembourg
      {0x323, any, 0.5f, 0.5f},                                   // Norway, mobile
      {0x44, first_digits({2, 3, 4, 5, 6, 7, 8, 9}), 0.5f, 0.5f}, // Hong Kong, Singapore, Denmark
      {0x34, first_digits({2, 3, 4, 5, 6, 7, 8, 9}), 0.5f, 0.6f}, // North America within an area, Iceland
      {0x322, any, 0.3f, 0.5f},                                   // Sweden, Finland within an area
      {0x144, any, 0.45f, 0.6f},                                  // Chile
      {0x134, any, 0.3f, 0.6f},                                   // Hungary, Budapest
      {0x234, any, 0.45f, 0.6f},                                  // Hungary, mobile; Israel abroad
      {0x235, any, 0.3f, 0.6f},
      {0x233, any, 0.35f, 0.6f}, // Serbia and others in brackets
      {0x26, any, 0.3f, 0.55f},  // Cyprus, Netherlands Antilles
      {0x27, any, 0.3f, 0.6f},
      {0x28, any, 0.3f, 0.6f},
      {0x29, any, 0.3f, 0.6f},
      {0x36, any, 0.3f, 0.6f}, // Denmark, Greece
      {0x37, any, 0.3f, 0.6f},
      {0x343, any, 0.3f, 0.5f},
      {0x352, any, 0.3f, 0.5f},
      {0x424, any, 0.3f, 0.5f},
      {0x46, any, 0.3f, 0.5f}, // Greece
      {0x3333, any, 0.25f, 0.5f},
  });
  std::sort(list.begin(), list.end(), [](auto const& a, auto const& b) { return a.lengths < b.lengths; });
  return list;
}();

[[nodiscard]] constexpr phone_shape const* shape_of(std::uint64_t lengths) noexcept {
  auto const at =
      std::lower_bound(phone_shapes.begin(), phone_shapes.end(), lengths,
                       [](phone_shape const& one, std::uint64_t wanted) { return one.lengths < wanted; });
  return at != phone_shapes.end() && at->lengths == lengths ? &*at : nullptr;
}

/// What ten digits of the North American plan must be (NANPA: NXX-NXX-XXXX, N from 2 to 9).
[[nodiscard]] constexpr bool is_north_american(digit_values number) noexcept {
  return number.size() == 10 && number[0] >= 2 && number[3] >= 2;
}

} // namespace overt::inline v0::detect::detail
