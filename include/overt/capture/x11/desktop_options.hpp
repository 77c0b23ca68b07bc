#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::capture::x11 {

/// Keys that are pressed together. `symbol` is what the last one means without any modifier.
struct chord {
  modifiers held = modifiers::none; ///< of shift, control, alt and super, exactly these
  key_symbol symbol{};
};

/// Keys that end the session.
struct stop_chord {
  chord keys{};
  std::function<void()>
      first{}; ///< called on the backend's thread before the stop is asked for; must not wait
};

struct desktop_options {
  std::string display{}; ///< as in $DISPLAY; empty means $DISPLAY itself
  std::chrono::milliseconds double_click_time{400};
  std::int32_t double_click_distance = 5; ///< pixels
  std::vector<stop_chord> stop_chords{};  ///< each ends the session, and none is recorded
  std::vector<chord> pause_chords{}; ///< each pauses the session or lets it go on; none is recorded either
  std::string locale{}; ///< whose Compose table is used; empty: LC_ALL, LC_CTYPE, LANG, else en_US.UTF-8
};

} // namespace overt::inline v0::capture::x11
