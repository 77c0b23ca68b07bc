#pragma once

#include <array>
#include <cstddef>

#include <overt/detail/secure_memory.hpp>

namespace overt::inline v0::detail {

/// Overwrites the stack below the caller, where functions that have returned may have left copies of content:
/// registers that were saved, vectors of an unoptimised build. 96 KiB: a scan of a text takes half of that.
#if defined(__GNUC__)
[[gnu::noinline]]
#endif
inline void wipe_stack() noexcept {
  std::array<unsigned char, std::size_t{96} * 1024> used; // not filled: it is what others left
  wipe(used.data(), used.size());
}

} // namespace overt::inline v0::detail
