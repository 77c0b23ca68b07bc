#pragma once

#include <optional>
#include <span>

#include <overt/capture/x11/window_stack.hpp>

namespace overt::inline v0::capture::x11 {

/// A window inside a child of the root, as far as it matters for whose the child is.
struct framed_window {
  window_id id = 0;
  bool viewable = false;
  bool client = false; ///< it has WM_STATE (ICCCM 4.1.3.1), or _NET_CLIENT_LIST names it
};

/// Which of the windows in a frame is the one that the frame is for. 0: none of these. Nothing: two can be
/// seen at once, and nobody knows whose pixels are whose.
[[nodiscard]] constexpr std::optional<window_id> client_among(std::span<framed_window const> windows) {
  window_id found = 0;
  for (auto const& window : windows) {
    if (window.viewable && window.client) {
      if (found != 0) {
        return std::nullopt;
      }
      found = window.id;
    }
  }
  return found;
}

} // namespace overt::inline v0::capture::x11
