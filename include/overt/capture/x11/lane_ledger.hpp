#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include <overt/event/context_ptr.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::x11 {

/// Which contexts the input of one lane was handed over with since the last answer, in order.
///
/// The recorder releases an event when the first answer at or after its time names the same context. A
/// context often ends right after the input that ends it: Return closes the dialog, the click takes the menu
/// away, typing changes the title. A question that is sent after the input would then be answered with what
/// came next, and every such event would be lost. But the server's stream is ordered: the notice of a change
/// comes after the input that went before it. So once a reply has shown that our picture of the server is
/// right, each stretch between two notices can be answered for its own time.
class lane_ledger {
public:
  /// Input with this context is handed over. Returns the time it has to carry: its own, or a nanosecond more
  /// than that of the stretch before when both fell into one tick of the server's clock. Their order is
  /// known, and without it the answer for the one would be taken for the other.
  [[nodiscard]] timestamp note(context_ptr const& where, timestamp time) {
    if (used_ == 0 || !(stretches_[used_ - 1].where == where)) {
      auto const before = used_ == 0 ? latest_ : stretches_[used_ - 1].last;
      if (time <= before && before.ns < time.ns + one_tick_ns) {
        time = before + 1;
      }
      if (used_ == stretches_.size()) {
        // The oldest stretch gets no answer of its own, so that the next one withholds it.
        std::rotate(stretches_.begin(), stretches_.begin() + 1, stretches_.end());
        --used_;
      }
      stretches_[used_++] = stretch{where, time, time};
    }
    auto& now = stretches_[used_ - 1];
    if (time < now.first && now.first.ns < time.ns + one_tick_ns) {
      time = now.first;
    }
    now.last = std::max(now.last, time);
    return time;
  }

  [[nodiscard]] bool waiting() const noexcept { return used_ != 0; }

  /// The time of the last answer.
  [[nodiscard]] timestamp answered() const noexcept { return latest_; }

  /// A reply fits: calls `answer(as_of, where)` for each stretch, and for `now` at `as_of` if that is later.
  template <class Answer>
  void confirm(context_ptr const& now, timestamp as_of, Answer&& answer) {
    for (std::size_t i = 0; i < used_; ++i) {
      latest_ = std::max(latest_, stretches_[i].last);
      answer(latest_, std::move(stretches_[i].where));
      stretches_[i] = {};
    }
    used_ = 0;
    if (as_of > latest_) {
      latest_ = as_of;
      answer(latest_, now);
    }
  }

  /// A reply does not fit, or says that nobody knows: nothing that waits is confirmed.
  template <class Answer>
  void refuse(timestamp as_of, Answer&& answer) {
    latest_ = std::max(latest_, as_of);
    for (std::size_t i = 0; i < used_; ++i) {
      latest_ = std::max(latest_, stretches_[i].last);
      stretches_[i] = {};
    }
    used_ = 0;
    answer(latest_, context_ptr{});
  }

private:
  static constexpr std::int64_t one_tick_ns = 1'000'000;

  struct stretch {
    context_ptr where{};
    timestamp first{};
    timestamp last{};
  };

  std::array<stretch, 16> stretches_{};
  std::size_t used_ = 0;
  timestamp latest_{std::numeric_limits<std::int64_t>::min()};
};

} // namespace overt::inline v0::capture::x11
