#pragma once

#include <overt/event/context_ptr.hpp>

namespace overt::inline v0::capture::x11 {

/// Where input goes.
struct place {
  context_ptr where{}; ///< null: nobody knows
  bool own = false;    ///< this very program, which records nothing of itself
};

} // namespace overt::inline v0::capture::x11
