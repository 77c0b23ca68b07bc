#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

/// Replaces operator new in the whole program, so that a test can count. For one file of a program of its own
/// (…_alone_test.cpp).
namespace overt_test {

inline std::atomic<std::size_t> allocations{0};

// Not inlined: g++ takes the memory of the replaced operators for that of malloc, and warns.
[[gnu::noinline]] inline void* counted(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  void* const memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) {
    std::abort();
  }
  return memory;
}

} // namespace overt_test

// AddressSanitizer takes a replaced operator new and the memory it gives for a mismatch.
extern "C" char const* __asan_default_options();
extern "C" char const* __asan_default_options() { return "alloc_dealloc_mismatch=0"; }

void* operator new(std::size_t size) { return overt_test::counted(size); }
void* operator new[](std::size_t size) { return overt_test::counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
