#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <overt/dataset/action.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::dataset {

/// A title without the marks that programs put into it as long as a document is not saved: whether they
/// already had is a matter of milliseconds.
[[nodiscard]] inline std::string steady_title(std::string_view title) {
  constexpr std::string_view bullet = "\u2022";
  std::string kept;
  while (!title.empty()) {
    if (title.front() == '*') {
      title.remove_prefix(1);
    } else if (title.starts_with(bullet)) {
      title.remove_prefix(bullet.size());
    } else {
      kept += title.front();
      title.remove_prefix(1);
    }
  }
  auto const begin = kept.find_first_not_of(' ');
  auto const end = kept.find_last_not_of(' ');
  return begin == std::string::npos ? std::string{} : kept.substr(begin, end - begin + 1);
}

/// Whether a window is the one of the trace, as far as that discloses it: what was withheld is not compared.
[[nodiscard]] inline bool is_place(action_place const& recorded, std::string_view application,
                                   std::string_view title) {
  return (recorded.application.empty() || recorded.application == application) &&
         (recorded.title.empty() || steady_title(recorded.title) == steady_title(title));
}

/// Whether the place of an action says that something was at its point that is drawn over the element: a row
/// of the list that a combo box opened.
[[nodiscard]] constexpr bool is_outside(meaning const& meant, screen_point at) noexcept {
  return !is_empty(meant.bounds) && !meant.bounds.contains(at.x, at.y);
}

/// Where to point at an element that is somewhere else than in the trace: as far from its upper left corner
/// as then, or in the middle when it has become smaller than that. A point that was not in it stays.
[[nodiscard]] constexpr screen_point point_in(rectangle const& recorded, rectangle const& found,
                                              screen_point at) {
  if (is_empty(recorded) || is_empty(found) || recorded == found || !recorded.contains(at.x, at.y) ||
      (found.contains(at.x, at.y) && recorded.width == found.width && recorded.x == found.x &&
       recorded.y == found.y)) {
    return at;
  }
  auto moved = at;
  moved.x = at.x - recorded.x + found.x;
  moved.y = at.y - recorded.y + found.y;
  if (!found.contains(moved.x, moved.y)) {
    moved.x = found.x + found.width / 2;
    moved.y = found.y + found.height / 2;
  }
  return moved;
}

} // namespace overt::inline v0::dataset
