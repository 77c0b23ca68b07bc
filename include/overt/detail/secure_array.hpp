#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include <overt/detail/secure_memory.hpp>

namespace overt::inline v0::detail {

/// Gives standard containers memory that is left out of core dumps and wiped when it is given back. For those
/// that take their memory once: each allocation is a mapping of its own.
template <class Value>
struct secure_allocator {
  using value_type = Value;

  secure_allocator() noexcept = default;
  template <class Other>
  explicit(false) secure_allocator(secure_allocator<Other> const&) noexcept {}

  /// Ends the program when there is no memory, as `operator new` does where nothing catches.
  [[nodiscard]] Value* allocate(std::size_t count) {
    void* const memory = count > (std::numeric_limits<std::size_t>::max)() / sizeof(Value)
                             ? nullptr
                             : map_secure(count * sizeof(Value));
    if (memory == nullptr) {
      std::abort();
    }
    return static_cast<Value*>(memory);
  }
  void deallocate(Value* memory, std::size_t count) noexcept { unmap_secure(memory, count * sizeof(Value)); }

  friend bool operator==(secure_allocator, secure_allocator) noexcept { return true; }
};

/// Ends an object that `make_secure` made.
template <class Type>
struct secure_delete {
  void operator()(Type* object) const noexcept {
    std::destroy_at(object);
    secure_allocator<Type>{}.deallocate(object, 1);
  }
};

/// An object in memory of its own that is left out of core dumps, and wiped at its end.
template <class Type>
using secure_ptr = std::unique_ptr<Type, secure_delete<Type>>;

template <class Type, class... Arguments>
[[nodiscard]] secure_ptr<Type> make_secure(Arguments&&... arguments) {
  return secure_ptr<Type>{new (secure_allocator<Type>{}.allocate(1))
                              Type(std::forward<Arguments>(arguments)...)};
}

} // namespace overt::inline v0::detail
