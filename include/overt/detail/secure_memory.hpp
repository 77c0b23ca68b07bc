#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#endif

namespace overt::inline v0::detail {

/// Overwrites memory in a way the optimiser may not remove. `memory` may be null when `size` is 0.
inline void wipe(void* memory, std::size_t size) noexcept {
#if defined(__GNUC__)
  if (size != 0) {
    std::memset(memory, 0, size);
  }
  asm volatile("" : : "r"(memory) : "memory"); // somebody may look at it, for all the optimiser knows
#else
  auto* bytes = static_cast<unsigned char volatile*>(memory);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = 0;
  }
#endif
}

/// Memory for content: whole pages, left out of core dumps and, where the system's limits allow, never
/// swapped. Nothing process-wide is changed. Null when there is no memory.
[[nodiscard]] inline void* map_secure(std::size_t size) noexcept {
#if defined(__unix__) || defined(__APPLE__)
  void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    return nullptr;
  }
#if defined(MADV_DONTDUMP)
  madvise(memory, size, MADV_DONTDUMP);
#endif
  // A small RLIMIT_MEMLOCK is common; the arena then works unlocked, and a session says so in its
  // capabilities.
  static_cast<void>(mlock(memory, size));
  return memory;
#else
  return std::calloc(1, size);
#endif
}

inline void unmap_secure(void* memory, std::size_t size) noexcept {
  wipe(memory, size);
#if defined(__unix__) || defined(__APPLE__)
  munmap(memory, size);
#else
  std::free(memory);
#endif
}

} // namespace overt::inline v0::detail
