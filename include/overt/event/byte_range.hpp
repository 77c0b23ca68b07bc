#pragma once

#include <cstddef>

namespace overt::inline v0 {

/// A half-open range of bytes in a guarded text.
struct byte_range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

} // namespace overt::inline v0
