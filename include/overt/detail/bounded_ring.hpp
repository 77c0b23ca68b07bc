#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include <overt/detail/secure_array.hpp>

namespace overt::inline v0::detail {

/// A bounded queue of fixed memory: any number of producers, one consumer, no waiting and no allocation.
///
/// Dmitry Vyukov's bounded queue (1024cores.net, "Bounded MPMC queue"): each cell carries a turn number that
/// says whose it is next. Here only one thread takes, which lets it do so without a compare-and-swap.
template <class Item>
class bounded_ring {
public:
  /// `capacity` is rounded up to a power of two.
  explicit bounded_ring(std::size_t capacity)
      : mask_{std::bit_ceil(capacity < 2 ? std::size_t{2} : capacity) - 1},
        cells_{secure_allocator<cell>{}.allocate(mask_ + 1)} {
    for (std::size_t i = 0; i <= mask_; ++i) {
      std::construct_at(cells_ + i);
      cells_[i].turn.store(i, std::memory_order_relaxed);
    }
  }

  bounded_ring(bounded_ring const&) = delete;
  bounded_ring& operator=(bounded_ring const&) = delete;

  ~bounded_ring() {
    while (take([](Item&&) {})) {}
    secure_allocator<cell>{}.deallocate(cells_, mask_ + 1);
  }

  [[nodiscard]] std::size_t capacity() const noexcept { return mask_ + 1; }

  /// How many items are queued, as exact as a number read from another thread can be.
  [[nodiscard]] std::size_t size() const noexcept {
    auto const tail = tail_.load(std::memory_order_relaxed);
    auto const head = head_.load(std::memory_order_relaxed);
    return tail > head ? tail - head : 0;
  }

  /// Any thread. False, and `item` untouched, when the ring is full.
  [[nodiscard]] bool push(Item&& item) noexcept {
    auto position = tail_.load(std::memory_order_relaxed);
    for (;;) {
      auto& slot = cells_[position & mask_];
      auto const turn = slot.turn.load(std::memory_order_acquire);
      auto const ahead = static_cast<std::ptrdiff_t>(turn - position);
      if (ahead == 0) {
        if (tail_.compare_exchange_weak(position, position + 1, std::memory_order_relaxed)) {
          new (slot.bytes) Item{std::move(item)};
          slot.turn.store(position + 1, std::memory_order_release);
          return true;
        }
      } else if (ahead < 0) {
        return false;
      } else {
        position = tail_.load(std::memory_order_relaxed);
      }
    }
  }

  /// The consumer's thread only. Calls `use(Item&&)` with the oldest item; false when there is none.
  template <class Use>
  bool take(Use&& use) {
    auto const position = head_.load(std::memory_order_relaxed);
    auto& slot = cells_[position & mask_];
    if (slot.turn.load(std::memory_order_acquire) != position + 1) {
      return false;
    }
    auto* const item = std::launder(reinterpret_cast<Item*>(slot.bytes));
    use(std::move(*item));
    item->~Item();
    slot.turn.store(position + mask_ + 1, std::memory_order_release);
    head_.store(position + 1, std::memory_order_relaxed);
    return true;
  }

private:
  struct cell {
    std::atomic<std::size_t> turn;
    alignas(Item) unsigned char bytes[sizeof(Item)];
  };

  std::size_t const mask_;
  cell* const cells_; ///< holds what was typed: left out of core dumps
  alignas(64) std::atomic<std::size_t> tail_{0};
  alignas(64) std::atomic<std::size_t> head_{0};
};

} // namespace overt::inline v0::detail
