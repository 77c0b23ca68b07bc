#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::capture::x11 {

/// Keys that are pressed together. `symbol` is what the last one means without any modifier.
struct chord {
  modifiers held = modifiers::none; ///< of shift, control, alt and super, exactly these
  key_symbol symbol{};
};

struct desktop_options {
  std::string display{}; ///< as in $DISPLAY; empty means $DISPLAY itself
  std::chrono::milliseconds double_click_time{400};
  std::int32_t double_click_distance = 5; ///< pixels
  std::optional<chord> stop_chord{};      ///< ends the session, and is not recorded
  std::string locale{}; ///< whose Compose table is used; empty: LC_ALL, LC_CTYPE, LANG, else en_US.UTF-8
};

} // namespace overt::inline v0::capture::x11
