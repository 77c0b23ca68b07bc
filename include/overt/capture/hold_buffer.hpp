#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <overt/detail/secure_array.hpp>
#include <overt/event/basic_event.hpp>

namespace overt::inline v0::capture {

/// Events in the order of their times, in fixed memory. Equal times keep the order in which they came.
///
/// What comes in is nearly sorted, so putting it in place moves a few small numbers; the events stay where
/// they are.
template <any_event Event>
class hold_buffer {
public:
  explicit hold_buffer(std::size_t capacity) : slots_(capacity), order_(capacity) {
    free_.reserve(capacity);
    for (std::size_t i = capacity; i > 0; --i) {
      free_.push_back(static_cast<std::uint32_t>(i - 1));
    }
  }

  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] bool full() const noexcept { return size_ == slots_.size(); }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  /// Only when not full.
  void insert(Event&& what) {
    auto const slot = free_.back();
    free_.pop_back();
    auto const when = what.header.time;
    slots_[slot].emplace(std::move(what));
    auto place = size_++;
    for (; place > 0 && when < at(place - 1).when; --place) {
      at(place) = at(place - 1);
    }
    at(place) = {when, slot};
  }

  /// Only when not empty.
  [[nodiscard]] Event& front() noexcept { return *slots_[at(0).slot]; }

  /// Hands the first event over and forgets it.
  template <class Use>
  void take_front(Use&& use) {
    auto const slot = at(0).slot;
    start_ = (start_ + 1) % order_.size();
    --size_;
    use(std::move(*slots_[slot]));
    slots_[slot].reset();
    free_.push_back(slot);
  }

private:
  struct entry {
    timestamp when{};
    std::uint32_t slot = 0;
  };

  [[nodiscard]] entry& at(std::size_t i) noexcept { return order_[(start_ + i) % order_.size()]; }

  /// Holds what was typed: left out of core dumps.
  std::vector<std::optional<Event>, v0::detail::secure_allocator<std::optional<Event>>> slots_;
  std::vector<entry> order_;
  std::vector<std::uint32_t> free_;
  std::size_t start_ = 0;
  std::size_t size_ = 0;
};

} // namespace overt::inline v0::capture
