#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include <overt/event/rectangle.hpp>
#include <overt/event/screen_element.hpp>

namespace overt::inline v0::redact {

/// Elements that are read together, in the order of reading: their places in the list they came from.
using element_line = std::vector<std::size_t>;

namespace detail {

[[nodiscard]] inline bool has_words(screen_element const& one) noexcept { return !one.text.view().empty(); }

/// Whether two share at least half of the shorter one's stretch.
[[nodiscard]] constexpr bool side_by_side(std::int32_t a, std::int32_t a_size, std::int32_t b,
                                          std::int32_t b_size) noexcept {
  auto const from = std::max<std::int64_t>(a, b);
  auto const to = std::min(std::int64_t{a} + a_size, std::int64_t{b} + b_size);
  return (to - from) * 2 >= std::min(a_size, b_size) && to > from;
}

/// Joins neighbours of a list that was sorted across the direction of reading, and sorts each along it.
template <class Neighbours, class Before>
[[nodiscard]] std::vector<element_line> lines_of(std::span<screen_element const> all, element_line sorted,
                                                 Neighbours neighbours, Before before) {
  std::vector<element_line> lines;
  for (auto const at : sorted) {
    if (!lines.empty() && neighbours(all[lines.back().back()], all[at])) {
      lines.back().push_back(at);
    } else {
      lines.push_back({at});
    }
  }
  for (auto& line : lines) {
    std::ranges::sort(line, [&](std::size_t a, std::size_t b) {
      return before(all[a], all[b]) || (!before(all[b], all[a]) && a < b);
    });
  }
  std::erase_if(lines, [](element_line const& line) { return line.size() < 2; });
  return lines;
}

} // namespace detail

/// The ways in which elements with words belong together, so that what is split between several is found: the
/// lines of one text, what stands side by side (a form's label and its field, a number in four boxes), and
/// what stands one below the other from the same edge.
[[nodiscard]] inline std::vector<element_line> element_lines(std::span<screen_element const> all) {
  std::map<std::uint32_t, element_line> groups;
  element_line words;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (detail::has_words(all[i])) {
      words.push_back(i);
      if (all[i].group != 0) {
        groups[all[i].group].push_back(i);
      }
    }
  }
  std::vector<element_line> lines;
  for (auto& [number, group] : groups) {
    if (group.size() > 1) {
      lines.push_back(std::move(group));
    }
  }
  auto const add = [&](std::vector<element_line> more) {
    lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  auto sorted = words;
  std::ranges::sort(sorted, {}, [&](std::size_t i) { return std::pair{all[i].where.y, i}; });
  add(detail::lines_of(
      all, sorted,
      [](screen_element const& a, screen_element const& b) {
        return detail::side_by_side(a.where.y, a.where.height, b.where.y, b.where.height);
      },
      [](screen_element const& a, screen_element const& b) { return a.where.x < b.where.x; }));
  sorted = std::move(words);
  std::ranges::sort(sorted, {}, [&](std::size_t i) { return std::pair{all[i].where.x, i}; });
  add(detail::lines_of(
      all, std::move(sorted),
      [](screen_element const& a, screen_element const& b) { return b.where.x - a.where.x <= 4; },
      [](screen_element const& a, screen_element const& b) { return a.where.y < b.where.y; }));
  return lines;
}

} // namespace overt::inline v0::redact
