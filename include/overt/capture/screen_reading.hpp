#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/screen_windows.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/result.hpp>
#include <overt/event/screen_element.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture {

/// A page that is open in a window: of a browser, or of a program that shows pages.
struct screen_page {
  std::uint64_t window = 0;
  rectangle
      where{}; ///< on the desktop; a frame of another page lies within that of its parent, and follows it
  arena_string origin{};   ///< scheme, host and port; empty: could not be told
  bool is_private = false; ///< of a private window: never pictured
};

/// How well a window was understood.
enum class window_reading : std::uint8_t {
  complete, ///< every element in it is known, with its place
  unplaced, ///< its elements are known, but not where they are (GTK 4): they are told as `unplaced`
  failed,   ///< too slow, too large, not accessible, or what it tells does not fit the window
};

/// What accessibility tells of some windows at one moment.
struct screen_reading {
  std::vector<window_reading> windows{}; ///< in the order in which they were asked for
  std::vector<screen_page> pages{};
  std::vector<screen_element> elements{};
};

/// Whether two readings tell the same: the same elements in the same order, places and texts.
[[nodiscard]] inline bool same_reading(screen_reading const& a, screen_reading const& b) {
  auto const same_page = [](screen_page const& x, screen_page const& y) {
    return x.window == y.window && x.where == y.where && x.origin.view() == y.origin.view() &&
           x.is_private == y.is_private;
  };
  auto const same_element = [](screen_element const& x, screen_element const& y) {
    return x.where == y.where && x.what == y.what && x.role == y.role && x.focused == y.focused &&
           x.group == y.group && x.text.view() == y.text.view();
  };
  return a.windows == b.windows && std::ranges::equal(a.pages, b.pages, same_page) &&
         std::ranges::equal(a.elements, b.elements, same_element);
}

/// A second one, to compare with a later one.
[[nodiscard]] inline screen_reading copy_of(screen_reading const& one) {
  screen_reading copy{.windows = one.windows};
  for (auto const& page : one.pages) {
    copy.pages.push_back({page.window, page.where, arena_string{page.origin.view()}, page.is_private});
  }
  for (auto const& element : one.elements) {
    copy.elements.push_back({.where = element.where,
                             .visible = element.visible,
                             .what = element.what,
                             .role = element.role,
                             .focused = element.focused,
                             .group = element.group,
                             .text = arena_string{element.text.view()}});
  }
  return copy;
}

/// Something that tells what stands where in windows. One thread.
///
/// `read(windows, deadline)` asks now, and waits for the answers until `deadline`; a window that was not
/// understood by then has failed. Elements that cannot be seen are left out; those whose place is not known
/// are told as `unplaced`.
template <class Reader>
concept screen_reader = requires(Reader& reader, std::span<screen_window const> windows, timestamp deadline) {
  { reader.open() } -> std::same_as<result<void>>;
  { reader.read(windows, deadline) } -> std::same_as<screen_reading>;
};

} // namespace overt::inline v0::capture
