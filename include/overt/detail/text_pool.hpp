#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include <overt/detail/index_stack.hpp>
#include <overt/detail/secure_memory.hpp>

namespace overt::inline v0::detail {

class text_pool;

/// What stands before the bytes of a text. A handle is a pointer to one of these.
struct text_block {
  text_pool* home = nullptr; ///< null: a block of its own from the heap
  std::uint32_t size = 0;
  std::uint32_t capacity = 0;
  std::uint32_t number = 0;

  [[nodiscard]] char* bytes() noexcept { return reinterpret_cast<char*>(this + 1); }
};

/// Fixed blocks of one size for text, in memory that is wiped block by block as texts end.
///
/// Lives as long as its owner or any of its texts, whichever is longer, so that a text can never outlive its
/// bytes. Any thread may take and give back blocks; neither waits nor allocates.
class text_pool {
public:
  /// Null when there is no memory.
  [[nodiscard]] static text_pool* create(std::uint32_t blocks, std::uint32_t capacity) {
    auto const stride =
        (sizeof(text_block) + capacity + alignof(text_block) - 1) / alignof(text_block) * alignof(text_block);
    void* const memory = map_secure(stride * blocks);
    return memory == nullptr ? nullptr : new text_pool{static_cast<char*>(memory), stride, blocks, capacity};
  }

  text_pool(text_pool const&) = delete;
  text_pool& operator=(text_pool const&) = delete;

  [[nodiscard]] std::uint32_t capacity() const noexcept { return capacity_; }

  /// An empty block, or null when all are in use.
  [[nodiscard]] text_block* take() noexcept {
    auto const number = free_.pop();
    if (number == index_stack::none) {
      return nullptr;
    }
    users_.fetch_add(1, std::memory_order_relaxed);
    return new (memory_ + number * stride_)
        text_block{.home = this, .size = 0, .capacity = capacity_, .number = number};
  }

  void give_back(text_block* block) noexcept {
    auto const number = block->number;
    wipe(block->bytes(), block->size);
    free_.push(number);
    release();
  }

  /// Called once by the owner when it goes away.
  void release() noexcept {
    if (users_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete this;
    }
  }

private:
  text_pool(char* memory, std::size_t stride, std::uint32_t blocks, std::uint32_t capacity)
      : memory_{memory}, stride_{stride}, bytes_{stride * blocks}, capacity_{capacity}, free_{blocks} {}
  ~text_pool() { unmap_secure(memory_, bytes_); }

  char* memory_;
  std::size_t stride_;
  std::size_t bytes_;
  std::uint32_t capacity_;
  std::atomic<std::uint32_t> users_{1};
  index_stack free_;
};

/// A block of its own, for texts made outside a capture path. Null when there is no memory.
[[nodiscard]] inline text_block* heap_text_block(std::size_t size) noexcept {
  void* const memory = std::malloc(sizeof(text_block) + size);
  if (memory == nullptr) {
    return nullptr;
  }
  return new (memory)
      text_block{.home = nullptr, .size = 0, .capacity = static_cast<std::uint32_t>(size), .number = 0};
}

/// Wipes a block's bytes and gives it back to where it came from.
inline void end_text_block(text_block* block) noexcept {
  if (block->home != nullptr) {
    block->home->give_back(block);
  } else {
    wipe(block->bytes(), block->size);
    std::free(block);
  }
}

} // namespace overt::inline v0::detail
