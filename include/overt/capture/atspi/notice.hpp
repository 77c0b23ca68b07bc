#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// What is listened to on the bus. Changes of a text are not: their signal carries the text itself, and a
/// message cannot be wiped.
enum class notice_kind : std::uint8_t {
  focused,
  selected,
  checked,
  expanded,
  pressed,
  showing,
  active,
  defunct,
  selection_changed,
  active_descendant_changed, ///< `other` is the descendant
  caret_moved,               ///< where to is not kept: in a password it would tell how long it is
  value_changed,
  window_activated,
  window_deactivated,
  window_created,
  window_destroyed,
  document_loaded,
  document_reloaded,
  document_load_stopped,
  name_appeared, ///< a connection to the bus; `from.path` is empty
  name_vanished, ///< the same
};

constexpr auto enumerators(notice_kind) {
  return std::array<std::string_view, 21>{"focused",
                                          "selected",
                                          "checked",
                                          "expanded",
                                          "pressed",
                                          "showing",
                                          "active",
                                          "defunct",
                                          "selection_changed",
                                          "active_descendant_changed",
                                          "caret_moved",
                                          "value_changed",
                                          "window_activated",
                                          "window_deactivated",
                                          "window_created",
                                          "window_destroyed",
                                          "document_loaded",
                                          "document_reloaded",
                                          "document_load_stopped",
                                          "name_appeared",
                                          "name_vanished"};
}

/// One signal, without any content: which object, and numbers.
struct notice {
  notice_kind what = notice_kind::focused;
  object_id from{};
  timestamp heard{};       ///< when it was taken from the bus
  std::int32_t detail = 0; ///< of a state: 1 when it began, 0 when it ended
  object_id other{};
};

} // namespace overt::inline v0::capture::atspi
