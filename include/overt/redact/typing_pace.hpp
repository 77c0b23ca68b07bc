#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::redact {

/// A clock on which typing takes as long as it takes people on average, so that how long a text took depends
/// on its length alone: from the seconds that ten texts took, the right one of 55 people was named four times
/// as often as by chance. Between other things time passes as it did.
///
/// The average is 239 ms a key (Dhakal, Feit, Kristensson, Oulasvirta: Observations on Typing from 136
/// Million Keystrokes, CHI 2018). One thread.
class typing_pace {
public:
  static constexpr std::int64_t usual_ns = 239'000'000;
  static constexpr std::int64_t longest_ns = 600'000'000'000; ///< a longer pause is not part of typing

  /// A key was taken into a text. `enters`: it put a character in; what corrects takes no time.
  void typed(timestamp when, bool enters) noexcept {
    auto const took = when - last_;
    if (any_ && took > 0 && took < longest_ns) {
      left_out_ += took - (enters ? usual_ns : 0);
    }
    passed(when);
    static_cast<void>(of(when));
  }

  /// Something else happened.
  void passed(timestamp when) noexcept {
    last_ = any_ ? std::max(last_, when) : when;
    any_ = true;
  }

  /// When it is, on this clock. Never earlier than the last time it was asked.
  [[nodiscard]] timestamp of(timestamp when) noexcept {
    auto const shown = when + -left_out_;
    if (shown > shown_) {
      shown_ = shown;
      if (size_ == 0 || shown - newest().shown >= apart_ns) {
        start_ = size_ == marks_.size() ? (start_ + 1) % marks_.size() : start_;
        size_ = std::min(size_ + 1, marks_.size());
        newest() = {when, shown};
      }
    }
    return shown_;
  }

  /// When it was, at a moment of the last quarter of an hour or more: to within a second, and no later.
  [[nodiscard]] timestamp was(timestamp when) const noexcept {
    for (auto i = size_; i > 0; --i) {
      auto const& one = marks_[(start_ + i - 1) % marks_.size()];
      if (one.real <= when) {
        return one.shown;
      }
    }
    // Before the first of them nothing was typed yet, unless it was forgotten.
    return size_ == 0               ? when
           : size_ == marks_.size() ? marks_[start_].shown
                                    : marks_[start_].shown + (when - marks_[start_].real);
  }

private:
  static constexpr std::int64_t apart_ns = 1'000'000'000;

  struct moment {
    timestamp real{};
    timestamp shown{};
  };
  [[nodiscard]] moment& newest() noexcept { return marks_[(start_ + size_ - 1) % marks_.size()]; }

  std::array<moment, 1024> marks_{};
  std::size_t start_ = 0;
  std::size_t size_ = 0;
  timestamp last_{};
  timestamp shown_{INT64_MIN};
  std::int64_t left_out_ = 0;
  bool any_ = false;
};

} // namespace overt::inline v0::redact
