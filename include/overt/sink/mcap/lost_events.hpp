#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::sink {

/// What could not be written, to be told when writing is possible again: how many of each payload, and the
/// sequence number and time of the first. The numbers are one stretch without a hole.
template <std::size_t PayloadCount>
class lost_events {
public:
  void add(std::size_t payload, std::uint64_t sequence, timestamp when) noexcept {
    if (total_ == 0) {
      first_ = sequence;
      since_ = when;
    }
    ++counts_[payload];
    ++total_;
  }

  [[nodiscard]] bool any() const noexcept { return total_ > 0; }
  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
  [[nodiscard]] std::uint64_t first() const noexcept { return first_; }
  [[nodiscard]] timestamp since() const noexcept { return since_; }
  [[nodiscard]] std::uint64_t of(std::size_t payload) const noexcept { return counts_[payload]; }

  void clear() noexcept { *this = {}; }

private:
  std::array<std::uint64_t, PayloadCount> counts_{};
  std::uint64_t total_ = 0;
  std::uint64_t first_ = 0;
  timestamp since_{};
};

} // namespace overt::inline v0::sink
