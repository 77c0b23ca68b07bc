#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <overt/capture/atspi/element.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/context.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

/// A line of a text, where it stands.
struct shown_line {
  rectangle where{}; ///< on the desktop
  arena_string text{};
  bool caret = false;
};

/// One object of a program that can be seen, and what was found out about it.
struct shown_object {
  static constexpr std::size_t nothing = SIZE_MAX;

  /// Its path only names its parent. Its bounds are on the desktop; for a program that only knows its windows
  /// they are in the window.
  element what{};
  std::size_t parent = nothing;
  std::vector<std::size_t> children{}; ///< all that it has, in their order; those that are not shown too
  object_id labelled_by{};
  int unanswered = 3;         ///< questions about what it is
  bool shown = false;         ///< it can be seen, as far as its program says
  bool managed = false;       ///< a window, and no popup
  bool passage = false;       ///< it cannot be seen, but something in it may
  bool field = false;         ///< it may take text, so that it is judged before anything in it is asked for
  bool judged = false;        ///< as a field
  bool wordless = false;      ///< something it is called could not be read
  bool too_many = false;      ///< there is more in it than can be looked at
  bool placeless = false;     ///< it did not say where it is
  bool in_field = false;      ///< it is a part of a field, and so is what stands in it
  std::int32_t scale = 60;    ///< how its program counts: see `scaled`
  std::int32_t shift = 0;     ///< it and drawn so many pixels lower than it is said to be
  std::size_t window = 0;     ///< which of the tree's windows it is in
  std::size_t page = nothing; ///< the document of the web around it, or itself
  field_kind kind = field_kind::none;
  std::vector<shown_line> lines{}; ///< of its text
  bool lines_known = false;
  bool lines_lost = false; ///< it has a text that could not be read
  arena_string value{};    ///< of a combo box, a slider: what it shows besides its name

  [[nodiscard]] bool has(element::has wanted) const noexcept { return (what.interfaces & wanted) != 0; }

  /// Where it is drawn. LibreOffice is wrong about its own objects, not about those of its toolkit.
  [[nodiscard]] rectangle placed(rectangle box) const noexcept {
    if (!is_empty(box) && shift != 0 && what.attribute_named("toolkit").empty()) {
      box.y += shift;
    }
    return box;
  }
};

} // namespace overt::inline v0::capture::atspi
