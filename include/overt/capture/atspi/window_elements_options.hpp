#pragma once

#include <cstddef>
#include <string>

namespace overt::inline v0::capture::atspi {

struct window_elements_options {
  std::size_t most_elements = 3000;     ///< of one program; more: its windows count as not understood
  std::size_t most_in_one = 3000;       ///< children of one object; more: it counts as not read
  std::size_t most_lines = 200;         ///< of one text that can be seen; more: it counts as not read
  std::size_t longest_text = 16 * 1024; ///< bytes of one text; more: it counts as not read
  std::string session_bus{};            ///< address; empty: the one of this session
};

} // namespace overt::inline v0::capture::atspi
