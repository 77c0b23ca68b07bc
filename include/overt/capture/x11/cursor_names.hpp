#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include <overt/event/frame.hpp>

namespace overt::inline v0::capture::x11 {

/// What a cursor's name means: the names of the core protocol's cursor font and those of CSS, which themes
/// and toolkits use.
[[nodiscard]] constexpr cursor_shape shape_named(std::string_view name) {
  struct entry {
    std::string_view name;
    cursor_shape shape;
  };
  using enum cursor_shape;
  constexpr auto known = std::to_array<entry>({
      {"left_ptr", arrow},
      {"default", arrow},
      {"arrow", arrow},
      {"top_left_arrow", arrow},
      {"right_ptr", arrow},
      {"context-menu", arrow},
      {"xterm", text},
      {"text", text},
      {"ibeam", text},
      {"vertical-text", text},
      {"hand", hand},
      {"hand1", hand},
      {"hand2", hand},
      {"pointer", hand},
      {"pointing_hand", hand},
      {"watch", wait},
      {"wait", wait},
      {"progress", wait},
      {"left_ptr_watch", wait},
      {"half-busy", wait},
      {"crosshair", crosshair},
      {"cross", crosshair},
      {"tcross", crosshair},
      {"cell", crosshair},
      {"fleur", move},
      {"move", move},
      {"all-scroll", move},
      {"grab", move},
      {"grabbing", move},
      {"openhand", move},
      {"closedhand", move},
      {"size_all", move},
      {"sb_h_double_arrow", resize},
      {"sb_v_double_arrow", resize},
      {"col-resize", resize},
      {"row-resize", resize},
      {"split_h", resize},
      {"split_v", resize},
      {"size_hor", resize},
      {"size_ver", resize},
      {"size_fdiag", resize},
      {"size_bdiag", resize},
      {"top_side", resize},
      {"bottom_side", resize},
      {"left_side", resize},
      {"right_side", resize},
      {"top_left_corner", resize},
      {"top_right_corner", resize},
      {"bottom_left_corner", resize},
      {"bottom_right_corner", resize},
      {"not-allowed", forbidden},
      {"no-drop", forbidden},
      {"forbidden", forbidden},
      {"crossed_circle", forbidden},
      {"circle", forbidden},
      {"dnd-none", forbidden},
  });
  auto const found = std::ranges::find(known, name, &entry::name);
  if (found != known.end()) {
    return found->shape;
  }
  return name.ends_with("-resize") ? resize : other;
}

} // namespace overt::inline v0::capture::x11
