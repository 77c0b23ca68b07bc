#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace overt::inline v0::detail {

/// A lock-free stack of the numbers 0 … n-1: the free list of a fixed pool. Any thread may push and pop.
///
/// Treiber's stack (IBM RJ 5118, 1986) over indices; the upper half of the head counts changes, so that a
/// head that went away and came back is noticed (the ABA problem).
class index_stack {
public:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  explicit index_stack(std::uint32_t size) : next_{std::make_unique<std::atomic<std::uint32_t>[]>(size)} {
    for (std::uint32_t i = 0; i < size; ++i) {
      next_[i].store(i + 1 < size ? i + 1 : none, std::memory_order_relaxed);
    }
    head_.store(size > 0 ? 0 : none, std::memory_order_release);
  }

  /// Takes a number off, or `none`.
  [[nodiscard]] std::uint32_t pop() noexcept {
    auto head = head_.load(std::memory_order_acquire);
    for (;;) {
      auto const index = static_cast<std::uint32_t>(head);
      if (index == none) {
        return none;
      }
      auto const next = next_[index].load(std::memory_order_relaxed);
      if (head_.compare_exchange_weak(head, tagged(head, next), std::memory_order_acq_rel,
                                      std::memory_order_acquire)) {
        return index;
      }
    }
  }

  void push(std::uint32_t index) noexcept {
    auto head = head_.load(std::memory_order_relaxed);
    do {
      next_[index].store(static_cast<std::uint32_t>(head), std::memory_order_relaxed);
    } while (!head_.compare_exchange_weak(head, tagged(head, index), std::memory_order_acq_rel,
                                          std::memory_order_relaxed));
  }

private:
  [[nodiscard]] static std::uint64_t tagged(std::uint64_t previous, std::uint32_t index) noexcept {
    return (((previous >> 32) + 1) << 32) | index;
  }

  std::unique_ptr<std::atomic<std::uint32_t>[]> next_;
  std::atomic<std::uint64_t> head_{none};
};

} // namespace overt::inline v0::detail
