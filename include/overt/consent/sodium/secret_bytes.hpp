#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include <sodium.h>

#include <overt/event/result.hpp>

namespace overt::inline v0::consent {

/// Memory for keys from libsodium: between guard pages, left out of core dumps, and never swapped where the
/// system's limits allow (`sodium_malloc`).
struct sodium_memory {
  /// Null when there is no memory, or when libsodium cannot start.
  [[nodiscard]] static void* allocate(std::size_t size) noexcept {
    return ::sodium_init() < 0 ? nullptr : ::sodium_malloc(size);
  }
  static void release(void* memory, std::size_t) noexcept { ::sodium_free(memory); }
};

/// So many secret bytes, in memory of their own that is wiped at the end and when they move elsewhere. There
/// is no copy, no comparison and no printing. `Memory` is a seam for tests.
template <std::size_t Size, class Memory = sodium_memory>
class secret_bytes {
public:
  static constexpr std::size_t size = Size;

  /// All zero.
  [[nodiscard]] static result<secret_bytes> make() {
    secret_bytes made;
    made.bytes_ = static_cast<std::uint8_t*>(Memory::allocate(Size));
    if (made.bytes_ == nullptr) {
      return failure{error_code::unsupported,
                     "there is no protected memory for a key. Keys are kept nowhere else; give the program "
                     "more memory."};
    }
    ::sodium_memzero(made.bytes_, Size);
    return made;
  }

  secret_bytes(secret_bytes&& other) noexcept : bytes_{std::exchange(other.bytes_, nullptr)} {}
  secret_bytes& operator=(secret_bytes&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~secret_bytes() {
    if (bytes_ != nullptr) {
      ::sodium_memzero(bytes_, Size); // before whoever owns the memory can do anything with it
      Memory::release(bytes_, Size);
    }
  }

  /// Not after a move.
  [[nodiscard]] std::uint8_t* data() noexcept { return bytes_; }
  [[nodiscard]] std::uint8_t const* data() const noexcept { return bytes_; }
  [[nodiscard]] std::span<std::uint8_t, Size> bytes() noexcept {
    return std::span<std::uint8_t, Size>{bytes_, Size};
  }
  [[nodiscard]] std::span<std::uint8_t const, Size> bytes() const noexcept {
    return std::span<std::uint8_t const, Size>{bytes_, Size};
  }

private:
  secret_bytes() = default;
  std::uint8_t* bytes_ = nullptr;
};

} // namespace overt::inline v0::consent
