#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <overt/capture/atspi/private_window.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/capture/atspi/shown_object.hpp>
#include <overt/capture/atspi/shown_tree.hpp>
#include <overt/capture/atspi/web_address.hpp>
#include <overt/capture/screen_reading.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

/// Writes the pages in one of a tree's windows: those with an address, frames of which nobody tells what is
/// in them, and all of a private window. `inside`: of the window of the X server that it is.
inline void write_pages(shown_tree const& tree, std::size_t window, rectangle const& inside,
                        std::vector<screen_page>& into) {
  auto const holds_page = [&tree](shown_object const& frame) {
    return std::ranges::any_of(frame.children, [&tree](std::size_t child) {
      return tree.all[child].shown && tree.all[child].page == child;
    });
  };
  auto const& top = tree.all[tree.windows()[window]].what;
  bool const is_private = tree.shows_pages() && names_private_window(top.name.view());
  for (std::size_t i = 0; i < tree.all.size(); ++i) {
    auto const& one = tree.all[i];
    if (!one.shown || one.window != window) {
      continue;
    }
    bool const all_of_it = is_private && one.parent == shown_object::nothing;
    bool const frame = is_role(one.what.role, accessible_role::internal_frame) && !holds_page(one);
    if (one.page != i && !frame && !all_of_it) {
      continue;
    }
    screen_page page{.where = clipped(one.what.bounds, inside), .is_private = is_private};
    for (auto up = one.parent; up != shown_object::nothing; up = tree.all[up].parent) {
      if (tree.all[up].page == up) {
        page.where = clipped(page.where, tree.all[up].what.bounds);
      }
    }
    if (all_of_it) {
      page.where = inside;
    } else if (!frame) {
      page.origin = parse_address(one.what.address.view()).origin;
    }
    if (!is_empty(page.where)) {
      into.push_back(std::move(page));
    }
  }
}

} // namespace overt::inline v0::capture::atspi
