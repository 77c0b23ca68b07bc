#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <overt/capture/atspi/edit_session.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Which keys went to one field.
///
/// A program moves the focus when it likes and tells of it later, and the next field may be a password. So a
/// key counts only once a question that was sent after it found the field still focused. What comes behind a
/// key or click that may move the focus does not count at all, until that is known to have led nowhere.
class edit_count {
public:
  static constexpr std::int64_t ask_after_ns = 60'000'000;
  /// How long a program may take to get to a key before it answers a question that was sent after it.
  static constexpr std::int64_t handled_ns = 30'000'000;
  /// How long Tab or a click may take to move the focus.
  static constexpr std::int64_t moving_ns = 1'000'000'000;
  static constexpr std::int64_t entering_ns = 300'000'000; ///< the same of Enter, after which most stay
  static constexpr std::size_t most = 1024;

  /// A key, by itself.
  void add(edit_keys const& one) {
    if (leaving_) {
      after_.add(one);
      return;
    }
    pressed_.add(one);
    if (waiting_.size() < most) {
      waiting_.push_back(one);
    } else {
      lost_ = true;
    }
  }

  /// The focus may be on its way elsewhere since `when`.
  void leave_soon(timestamp when, std::int64_t within = moving_ns) {
    lose_waiting();
    stayed();
    leaving_ = when + within;
  }
  /// Its program told at `when` that something else has the focus.
  void elsewhere(timestamp when) {
    lose_waiting();
    leaving_ = when + moving_ns;
  }
  [[nodiscard]] bool leaving() const noexcept { return leaving_.has_value(); }

  /// Nobody can say any more where the keys went that wait.
  void lose_waiting() {
    lost_ = lost_ || !waiting_.empty();
    waiting_.clear();
  }

  /// Keys that came before it was known that the field has the focus; they may have gone there.
  void begin_after(edit_keys const& early) {
    pressed_ = early;
    lost_ = early.any();
  }

  /// Enter, that ended the text, is part of where it came from; if what came before it is.
  void end_with(edit_keys const& last) {
    if (all_sure() && sure_.any()) {
      sure_.add(last);
    }
  }

  /// When to ask whether the field has the focus; nothing to ask: never.
  [[nodiscard]] timestamp ask_at() const noexcept {
    if (leaving_) {
      return *leaving_;
    }
    return waiting_.empty() ? timestamp{INT64_MAX} : waiting_.front().first + ask_after_ns;
  }

  /// A question sent at `asked` found the field focused.
  void confirm(timestamp asked) {
    if (leaving_ && asked >= *leaving_) {
      leaving_.reset();
      stayed();
    }
    auto const late = std::find_if(waiting_.begin(), waiting_.end(),
                                   [asked](edit_keys const& one) { return asked - one.last < handled_ns; });
    for (auto one = waiting_.begin(); one != late; ++one) {
      sure_.add(*one);
    }
    waiting_.erase(waiting_.begin(), late);
  }

  [[nodiscard]] edit_keys const& sure() const noexcept { return sure_; }
  [[nodiscard]] edit_keys const& pressed() const noexcept { return pressed_; }
  /// Whether every key is known to have gone to the field.
  [[nodiscard]] bool all_sure() const noexcept { return !lost_ && waiting_.empty(); }

private:
  /// The focus did not go elsewhere. Still, not every key since then needs to have come here.
  void stayed() {
    lost_ = lost_ || after_.any();
    pressed_.add(std::exchange(after_, {}));
  }

  std::vector<edit_keys> waiting_{};
  edit_keys sure_{};
  edit_keys pressed_{};                ///< those too that may have gone elsewhere
  edit_keys after_{};                  ///< those since the focus may be on its way elsewhere
  std::optional<timestamp> leaving_{}; ///< until when
  bool lost_ = false;
};

} // namespace overt::inline v0::capture::atspi
