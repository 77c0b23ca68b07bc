#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

/// Replaces operator new in the whole program, so that a test can let the n-th allocation fail. For one file
/// of a program of its own (…_alone_test.cpp). One thread.
namespace overt_test {

inline std::size_t allocations_left = 0; ///< 0: nothing fails
inline bool allocation_failed = false;
inline bool all_fail_from_then = false; ///< not the n-th alone

/// The n-th allocation from now on fails, once; 0: none does.
inline void fail_allocation(std::size_t number) noexcept {
  allocations_left = number;
  allocation_failed = false;
}

// Not inlined: g++ takes the memory of the replaced operators for that of malloc, and warns.
[[gnu::noinline]] inline void* allocate_or_fail(std::size_t size) {
  bool const failing = all_fail_from_then && allocation_failed;
  if (failing || (allocations_left > 0 && --allocations_left == 0)) {
    allocation_failed = true;
    throw std::bad_alloc{};
  }
  void* const memory = std::malloc(size > 0 ? size : 1);
  if (memory == nullptr) {
    throw std::bad_alloc{};
  }
  return memory;
}

} // namespace overt_test

// AddressSanitizer takes a replaced operator new and the memory it gives for a mismatch.
extern "C" char const* __asan_default_options();
extern "C" char const* __asan_default_options() { return "alloc_dealloc_mismatch=0"; }

void* operator new(std::size_t size) { return overt_test::allocate_or_fail(size); }
void* operator new[](std::size_t size) { return overt_test::allocate_or_fail(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
