#pragma once

#include <cstdint>

#include <overt/event/gap.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0::trace {

/// Follows the sequence numbers of a trace: each is one more than the one before, except after gaps that say
/// how many numbers they took (see `took_numbers`). Anything else is missing or out of place.
class sequence_check {
public:
  explicit sequence_check(std::uint64_t first = 1) noexcept : next_{first} {}

  /// Whether an event with this number may stand here. `told` is the event's payload when it is a gap, else
  /// null. The check goes on behind an event that may not.
  [[nodiscard]] bool follows(std::uint64_t sequence, gap const* told) noexcept {
    bool const takes = told != nullptr && took_numbers(told->reason) && told->count && *told->count > 0;
    bool const in_place = sequence == next_ && (unnamed_ == 0 || takes);
    bool const behind = unnamed_ > 0 && sequence == next_ + unnamed_;
    if (!in_place) {
      unnamed_ = 0;
    }
    if (takes) {
      unnamed_ += *told->count - 1;
    }
    next_ = sequence + 1;
    return in_place || behind;
  }

  /// The same for an event as it was read.
  template <any_event Event>
  [[nodiscard]] bool follows(recorded<Event> const& what) noexcept {
    if constexpr (Event::template carries<gap>) {
      return follows(what.head().sequence, what.template get_if<gap>());
    } else {
      return follows(what.head().sequence, nullptr);
    }
  }

  /// The number that comes next, if nothing is missing.
  [[nodiscard]] std::uint64_t next() const noexcept { return next_ + unnamed_; }

  /// The number at which a further gap of the same loss stands.
  [[nodiscard]] std::uint64_t next_without_gaps() const noexcept { return next_; }

private:
  std::uint64_t next_;
  std::uint64_t unnamed_ = 0; ///< numbers that gaps took and that no event has
};

} // namespace overt::inline v0::trace
