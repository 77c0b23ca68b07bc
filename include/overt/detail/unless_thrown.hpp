#pragma once

#include <utility>

namespace overt::inline v0::detail {

/// What `attempt` returns, or what `otherwise` does when it throws. What was thrown is never looked at: its
/// message may hold content. Without exceptions nothing can be thrown.
template <class Attempt, class Otherwise>
[[nodiscard]] auto unless_thrown(Attempt&& attempt, [[maybe_unused]] Otherwise&& otherwise) {
#if defined(__cpp_exceptions)
  try {
    return std::forward<Attempt>(attempt)();
  } catch (...) {
    return std::forward<Otherwise>(otherwise)();
  }
#else
  return std::forward<Attempt>(attempt)();
#endif
}

} // namespace overt::inline v0::detail
