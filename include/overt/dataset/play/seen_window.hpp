#pragma once

#include <cstdint>
#include <string>

#include <overt/event/rectangle.hpp>

namespace overt::inline v0::dataset {

/// A window on the display that is played into.
struct seen_window {
  std::uint32_t process = 0;
  std::string application{}; ///< as `action_place` names it
  std::string title{};
  rectangle bounds{}; ///< what the program draws, on the desktop
  bool popup = false; ///< a menu or a list, which has no title
};

} // namespace overt::inline v0::dataset
