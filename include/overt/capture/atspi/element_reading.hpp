#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include <overt/capture/atspi/bus.hpp>
#include <overt/capture/atspi/element.hpp>

namespace overt::inline v0::capture::atspi {

/// One accessible object while it is being read, and how many questions about it are open.
struct element_reading {
  element what{};
  object_id parent{};
  object_id label{};
  std::function<void(std::shared_ptr<element const>)> done{};
  int open = 0;
  bool around_asked = false;
  bool wordless = false; ///< it is named in a way that could not be read
  bool good = true;

  /// A name, which must be readable where there is one.
  [[nodiscard]] arena_string words_of(reply const& came) {
    auto const told = came.read().enter_variant().text();
    wordless = wordless || (came && !told);
    return arena_string{told.value_or(std::string_view{})};
  }
};
using shared_reading = std::shared_ptr<element_reading>;

} // namespace overt::inline v0::capture::atspi
