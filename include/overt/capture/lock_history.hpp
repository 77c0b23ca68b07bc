#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture {

/// When the screen was locked, as far as anybody told. Fixed size: when it is full, the two oldest stretches
/// and what is between them become one.
class lock_history {
public:
  /// From `when` on it is locked, or not any more. A second word for the same says nothing new.
  void add(timestamp when, bool locked) noexcept {
    if (locked == locked_) {
      return;
    }
    locked_ = locked;
    if (!locked) {
      stretches_[size_ - 1].until = when;
      return;
    }
    if (size_ == stretches_.size()) {
      stretches_[1].from = stretches_[0].from;
      for (std::size_t i = 1; i < size_; ++i) {
        stretches_[i - 1] = stretches_[i];
      }
      --size_;
    }
    stretches_[size_++] = {when, timestamp{INT64_MAX}};
  }

  [[nodiscard]] bool locked() const noexcept { return locked_; }

  /// Whether it was locked at any moment from `when` to `until`.
  [[nodiscard]] bool any_between(timestamp when, timestamp until) const noexcept {
    for (std::size_t i = size_; i > 0; --i) {
      auto const& one = stretches_[i - 1];
      if (one.until < when) {
        return false;
      }
      if (one.from <= until) {
        return true;
      }
    }
    return false;
  }

private:
  struct stretch {
    timestamp from{};
    timestamp until{};
  };

  std::array<stretch, 16> stretches_{};
  std::size_t size_ = 0;
  bool locked_ = false;
};

} // namespace overt::inline v0::capture
