#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include <overt/capture/atspi/act_attempts.hpp>
#include <overt/capture/atspi/act_report.hpp>
#include <overt/capture/atspi/clipboard_watch.hpp>
#include <overt/capture/atspi/combo_watch.hpp>
#include <overt/capture/atspi/hover_watch.hpp>
#include <overt/capture/atspi/list_popup.hpp>
#include <overt/capture/atspi/menu_watch.hpp>
#include <overt/capture/atspi/row_run.hpp>
#include <overt/capture/atspi/snapshot.hpp>
#include <overt/capture/atspi/value_run.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// What those who follow the pointer, the keyboard and the signals of programs share.
template <class Reader, class Out>
struct act_parts {
  static constexpr std::int64_t linked_to_input_ns = 1'000'000'000;
  /// How long Tab or a click may take to move the focus. Until then keys belong to nobody: they may be a
  /// password.
  static constexpr std::int64_t moving_ns = 1'000'000'000;

  act_parts(Reader& reader, Out& out, std::function<bool(element const&)> is_secret)
      : report{reader, out, std::move(is_secret)}, hover{reader} {}
  act_parts(act_parts const&) = delete;
  act_parts& operator=(act_parts const&) = delete;

  act_report<Reader, Out> report;
  hover_watch<Reader> hover;
  menu_watch menu{};
  act_attempts<Reader, Out> attempts{report};
  value_run<Reader, Out> values{report};
  row_run<Reader, Out> rows{report};
  combo_watch<Reader, Out> combos{report};
  list_popup<Reader, Out> popups{report};
  clipboard_watch<Reader, Out> clipboard{report};
  snapshot focus{};                        ///< what has it
  object_id opener{};                      ///< of the menu that the person opened
  std::optional<timestamp> moving_since{}; ///< since when the focus may be on its way elsewhere
  timestamp last_input{};
  timestamp last_move{};
  timestamp last_key{};
  timestamp last_press{}; ///< or release, or turn of the wheel

  /// Whether the person may have led to what was told at `when`.
  [[nodiscard]] bool follows_input(timestamp when) const noexcept {
    return when - (last_move > last_input ? last_move : last_input) < linked_to_input_ns;
  }
  /// Whether a key may have. GTK 4 gives the focus to a row once more after it was clicked, when its list is
  /// closed.
  [[nodiscard]] bool follows_key(timestamp when) const noexcept {
    return last_key > last_press && when - last_key < linked_to_input_ns;
  }
};

} // namespace overt::inline v0::capture::atspi
