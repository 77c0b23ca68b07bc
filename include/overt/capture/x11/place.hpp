#pragma once

#include <overt/event/context_ptr.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::x11 {

/// Where input goes.
struct place {
  context_ptr where{}; ///< null: nobody knows
  bool own = false;    ///< this very program, which records nothing of itself
  rectangle window{};  ///< the window's own area on the desktop; empty when it is not known
};

} // namespace overt::inline v0::capture::x11
