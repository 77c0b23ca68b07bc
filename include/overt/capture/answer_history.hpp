#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <overt/event/context_ptr.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture {

/// The latest answers of one source for one lane, as runs of the same answer. Fixed size: when it is full the
/// oldest run is forgotten, and what still waited for it is withheld.
class answer_history {
public:
  /// A stretch in which every answer was the same.
  struct run {
    context_ptr where{};
    timestamp first{};
    timestamp last{};
  };

  void add(timestamp as_of, context_ptr where) {
    if (size_ > 0) {
      auto& newest = at(size_ - 1);
      if (as_of < newest.last) {
        return; // an answer that was overtaken says nothing new
      }
      if (newest.where == where) {
        newest.last = as_of;
        return;
      }
    }
    if (size_ == runs_.size()) {
      start_ = (start_ + 1) % runs_.size();
      forgot_ = true;
      --size_;
    }
    ++size_;
    at(size_ - 1) = run{std::move(where), as_of, as_of};
  }

  /// The run that holds the first answer given at or after `when`, or null when there is none yet.
  [[nodiscard]] run const* at_or_after(timestamp when) const noexcept {
    for (std::size_t i = 0; i < size_; ++i) {
      if (at(i).last >= when) {
        return i == 0 && forgot_ && at(i).first >= when ? &unknown_ : &at(i);
      }
    }
    return nullptr;
  }

  /// The run of the last answer given before `when`, or null.
  [[nodiscard]] run const* before(timestamp when) const noexcept {
    for (std::size_t i = size_; i > 0; --i) {
      if (at(i - 1).first < when) {
        return &at(i - 1);
      }
    }
    return nullptr;
  }

  /// Calls `use(run)` for the run of the last answer before `when`, for that of the first answer at or after
  /// `until`, and for all between.
  template <class Use>
  void each_between(timestamp when, timestamp until, Use&& use) const {
    for (std::size_t i = 0; i < size_; ++i) {
      bool const over = i + 1 < size_ && at(i + 1).first < when; // a later one is the last before `when`
      if (!over) {
        use(at(i));
      }
      if (at(i).last >= until) {
        return;
      }
    }
  }

private:
  [[nodiscard]] run& at(std::size_t i) noexcept { return runs_[(start_ + i) % runs_.size()]; }
  [[nodiscard]] run const& at(std::size_t i) const noexcept { return runs_[(start_ + i) % runs_.size()]; }

  std::array<run, 64> runs_{};
  run const unknown_{};
  std::size_t start_ = 0;
  std::size_t size_ = 0;
  bool forgot_ = false;
};

} // namespace overt::inline v0::capture
