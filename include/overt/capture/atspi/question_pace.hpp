#pragma once

#include <algorithm>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// When to ask a program again where input went: often right after the input, then less, and not at all
/// once enough time has gone by for what the input set off.
class question_pace {
public:
  static constexpr std::int64_t long_enough_ns = 350'000'000;
  static constexpr std::int64_t slow_ns =
      100'000'000; ///< a reply that took longer says that input waits, too

  void input(timestamp when) noexcept { latest_ = std::max(latest_, when); }
  /// There is news: the next question is due at once.
  void hurry() noexcept { hurried_ = true; }

  [[nodiscard]] bool due(timestamp now) const noexcept { return !under_way_ && now >= next(); }

  /// When the next question is due; never when no input is waiting for one.
  [[nodiscard]] timestamp next() const noexcept {
    if (under_way_ || latest_.ns == 0 || (asked_ > latest_ && asked_ - latest_ > long_enough_ns)) {
      return timestamp{INT64_MAX};
    }
    auto const since = asked_ - latest_;
    std::int64_t const pause = since < 60'000'000 ? 5'000'000 : since < 150'000'000 ? 15'000'000 : 30'000'000;
    return std::max(latest_, hurried_ ? asked_ + 1'000'000 : asked_ + pause);
  }

  void asked(timestamp when) noexcept {
    asked_ = when;
    under_way_ = true;
    hurried_ = false;
  }
  void answered() noexcept { under_way_ = false; }

private:
  timestamp latest_{};
  timestamp asked_{};
  bool under_way_ = false;
  bool hurried_ = false;
};

} // namespace overt::inline v0::capture::atspi
