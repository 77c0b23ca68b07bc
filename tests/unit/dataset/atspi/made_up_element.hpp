#pragma once

#include <cstdint>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/event/arena_string.hpp>
#include <overt/event/rectangle.hpp>

namespace overt_test {

/// An element as a reader would give it.
inline overt::capture::atspi::element made_up_element(overt::capture::atspi::accessible_role role,
                                                      std::string_view name, overt::rectangle bounds) {
  overt::capture::atspi::element made;
  made.id = {":1.7", "/one"};
  made.role = static_cast<std::uint32_t>(role);
  made.name = overt::arena_string{name};
  made.bounds = bounds;
  return made;
}

inline void set(overt::capture::atspi::element& what, overt::capture::atspi::accessible_state state) {
  what.states |= std::uint64_t{1} << static_cast<unsigned>(state);
}

} // namespace overt_test
