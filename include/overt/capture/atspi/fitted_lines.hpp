#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/window_fit.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

namespace detail {

/// Where a line of an object is; empty when it was scrolled out of the field that it is in.
[[nodiscard]] inline rectangle line_in(shown_object const& one, rectangle const& line, rectangle const& box,
                                       std::int32_t slack) {
  if (is_empty(line)) {
    return box;
  }
  if (clipped(line, grown(box, slack)) == line) {
    return line;
  }
  if (nature_of(one.what.role) != role_nature::text_field) {
    return around_both(line, box);
  }
  // At another scale a line may only seem to be elsewhere.
  auto const seen = clipped(line, box);
  return is_empty(seen) && one.scale != whole_scale ? box : seen;
}

} // namespace detail

/// Puts the lines of texts where they are drawn, by what is known for certain: that they stand in their
/// objects.
///
/// On a desktop at 200 % Firefox counts its objects in logical pixels, and lines of texts in physical ones,
/// so that the scale of its window makes them too large. The scale at which most lines lie in their objects
/// counts for all of them. A line that sticks out all the same is as large as it and its object together; one
/// without a place is as large as the object. Of a field only what was not scrolled away shows.
inline void fit_lines(std::deque<shown_object>& all) {
  constexpr std::array<std::int32_t, 5> scales{60, 48, 40, 30, 20};
  constexpr std::int32_t slack = 12;
  auto const lies_in = [](rectangle const& line, rectangle const& box) {
    return clipped(line, grown(box, slack)) == line;
  };
  for (bool const in_page : {false, true}) {
    std::array<std::size_t, scales.size()> fitting{};
    auto const each = [&](auto const& use) {
      for (auto& one : all) {
        auto const box = one.placed(one.what.bounds);
        if ((one.page != shown_object::nothing) == in_page && !is_empty(box)) {
          for (auto& line : one.lines) {
            use(line, box);
          }
        }
      }
    };
    each([&](shown_line const& line, rectangle const& box) {
      for (std::size_t i = 0; i < scales.size() && !is_empty(line.where); ++i) {
        fitting[i] += lies_in(scaled(line.where, scales[i]), box) ? 1 : 0;
      }
    });
    std::size_t best = 0;
    for (std::size_t i = 1; i < scales.size(); ++i) {
      best = fitting[i] > fitting[best] ? i : best;
    }
    for (auto& one : all) {
      auto const box = one.placed(one.what.bounds);
      if ((one.page != shown_object::nothing) != in_page || is_empty(box)) {
        continue;
      }
      for (auto& line : one.lines) {
        line.where = detail::line_in(one, scaled(line.where, scales[best]), box, slack);
      }
      std::erase_if(one.lines, [](shown_line const& line) { return is_empty(line.where); });
    }
  }
}

} // namespace overt::inline v0::capture::atspi
