#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "carriers.hpp"
#include "random.hpp"

namespace leaks {

/// So many words without anything secret, with spaces between them, and `last` behind.
[[nodiscard]] inline std::string carrier_words(random_numbers& any, std::size_t count,
                                               std::string_view last = {}) {
  std::string made;
  for (std::size_t i = 0; i < count; ++i) {
    made += (made.empty() ? "" : " ") + std::string{any.pick(carriers)};
  }
  return made + std::string{last};
}

} // namespace leaks
