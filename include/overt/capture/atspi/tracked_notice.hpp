#pragma once

#include <optional>

#include <overt/capture/atspi/notice.hpp>
#include <overt/capture/atspi/tracked_signal.hpp>

namespace overt::inline v0::capture::atspi {

/// A notice as the trackers know it; nothing for what they do not follow.
[[nodiscard]] inline std::optional<tracked_signal> as_tracked(notice const& told) {
  bool const began = told.detail != 0;
  auto const made = [&](tracked_change change) { return tracked_signal{change, told.from, told.heard}; };
  auto const either = [&](tracked_change yes, tracked_change no) { return made(began ? yes : no); };
  using enum tracked_change;
  switch (told.what) {
  case notice_kind::focused: return began ? std::optional{made(focused)} : std::nullopt;
  case notice_kind::defunct: return began ? std::optional{made(gone)} : std::nullopt;
  case notice_kind::selected: return either(selected, unselected);
  case notice_kind::checked:
  case notice_kind::pressed: return either(checked, unchecked);
  case notice_kind::expanded: return either(expanded, collapsed);
  case notice_kind::showing: return either(showing, hidden);
  case notice_kind::selection_changed: return made(selection_changed);
  case notice_kind::caret_moved: return made(caret_moved);
  case notice_kind::value_changed: return made(value_changed);
  case notice_kind::active_descendant_changed:
  case notice_kind::active:
  case notice_kind::window_activated:
  case notice_kind::window_deactivated:
  case notice_kind::window_created:
  case notice_kind::window_destroyed:
  case notice_kind::document_loaded:
  case notice_kind::document_reloaded:
  case notice_kind::document_load_stopped:
  case notice_kind::name_appeared:
  case notice_kind::name_vanished: break;
  }
  return std::nullopt;
}

} // namespace overt::inline v0::capture::atspi
