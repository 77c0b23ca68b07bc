#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>
#include <span>
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
  /// On the desktop; a frame of another page lies within that of its parent, and follows it.
  rectangle where{};
  arena_string origin{};   ///< scheme, host and port; empty: could not be told
  bool is_private = false; ///< of a private window: never pictured
};

/// How well a window was understood.
enum class window_reading : std::uint8_t {
  complete, ///< every element in it is known, with its place
  unplaced, ///< its elements are known, but not where they are (GTK 4): they are told as `unplaced`
  failed,   ///< too slow, too large, not accessible, or what it tells does not fit the window
};

/// What accessibility tells of one window.
struct window_contents {
  window_reading understood = window_reading::failed;
  std::vector<screen_page> pages{};
  std::vector<screen_element> elements{};
};

/// What it tells of some windows at one moment, in the order in which they were asked for. The numbers of
/// texts (`screen_element::group`) count through all of them. What may be in two windows is told of both.
using screen_reading = std::vector<window_contents>;

/// Whether two readings tell the same: the same elements in the same order, places and texts.
[[nodiscard]] inline bool same_reading(screen_reading const& a, screen_reading const& b) {
  auto const same_page = [](screen_page const& x, screen_page const& y) {
    return x.where == y.where && x.origin.view() == y.origin.view() && x.is_private == y.is_private;
  };
  auto const same_element = [](screen_element const& x, screen_element const& y) {
    return x.where == y.where && x.what == y.what && x.role == y.role && x.focused == y.focused &&
           x.group == y.group && x.text.view() == y.text.view();
  };
  return std::ranges::equal(a, b, [&](window_contents const& x, window_contents const& y) {
    return x.understood == y.understood && std::ranges::equal(x.pages, y.pages, same_page) &&
           std::ranges::equal(x.elements, y.elements, same_element);
  });
}

/// A second one, to compare with a later one.
[[nodiscard]] inline screen_reading copy_of(screen_reading const& all) {
  screen_reading copies;
  for (auto const& one : all) {
    auto& copy = copies.emplace_back();
    copy.understood = one.understood;
    for (auto const& page : one.pages) {
      copy.pages.push_back({page.where, arena_string{page.origin.view()}, page.is_private});
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
  }
  return copies;
}

/// What must not wait while a reader waits for answers: `attend` is called when `descriptor` has news. False:
/// the answers are of no use any more.
struct reading_duty {
  int descriptor = -1;
  std::function<bool()> attend{};
};

/// Something that tells what stands where in windows. One thread.
///
/// `read(windows, deadline, duty)` asks now, and waits for the answers until `deadline`, or until its duty
/// says that there is no use in it; a window that was not understood by then has failed. Elements that cannot
/// be seen are left out; those whose place is not known are told as `unplaced`.
template <class Reader>
concept screen_reader = requires(Reader& reader, std::span<screen_window const> windows, timestamp deadline,
                                 reading_duty const& duty) {
  { reader.open() } -> std::same_as<result<void>>;
  { reader.read(windows, deadline, duty) } -> std::same_as<screen_reading>;
};

} // namespace overt::inline v0::capture
