#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include <overt/event/basic_event.hpp>

namespace overt::inline v0::capture {

/// A counter for each payload of an event type, which any thread may add to.
template <any_event Event>
class payload_counts {
public:
  void add(std::size_t payload_index) noexcept {
    counts_[payload_index].fetch_add(1, std::memory_order_relaxed);
  }

  [[nodiscard]] std::uint64_t operator[](std::size_t payload_index) const noexcept {
    return counts_[payload_index].load(std::memory_order_relaxed);
  }

private:
  std::array<std::atomic<std::uint64_t>, Event::payload_count> counts_{};
};

} // namespace overt::inline v0::capture
