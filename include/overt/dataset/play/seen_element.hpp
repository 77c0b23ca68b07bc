#pragma once

#include <optional>
#include <string>

#include <overt/event/rectangle.hpp>

namespace overt::inline v0::dataset {

/// An element of a program, as it tells of it now.
struct seen_element {
  rectangle bounds{};
  bool enabled = false;
  std::string value{}; ///< in the words of `meaning::after`; empty when it has none, or does not tell
};

/// The element that the keyboard goes to, within a window.
struct seen_field {
  bool editable = false;
  std::optional<std::string> text{}; ///< what stands in it; nothing when it is secret, or does not tell
};

} // namespace overt::inline v0::dataset
