#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <overt/capture/atspi/snapshot.hpp>
#include <overt/capture/input_hint.hpp>

namespace overt::inline v0::capture::atspi {

/// Presses of the left button from going down to coming up, each with the element it went down on. A click,
/// and the next one too, can be over before the program has answered what was there. Bounded: of more presses
/// than that without an answer, the oldest are given up.
class pointer_presses {
public:
  static constexpr std::size_t most = 4;

  struct click {
    input_hint down{};
    input_hint up{};
    snapshot found{}; ///< null: it could not be read
    snapshot inner{}; ///< what was hit inside it
    std::uint64_t ticket = 0;
    bool used = false;
    bool resolved = false;
    bool released = false;
  };

  /// Returns what the answer has to bring along.
  std::uint64_t begin(input_hint const& down) {
    auto& place = all_[ticket_ % most];
    place = click{.down = down, .ticket = ++ticket_, .used = true};
    return ticket_;
  }

  [[nodiscard]] bool waits_for(std::uint64_t ticket) const noexcept {
    auto const& one = all_[(ticket - 1) % most];
    return one.used && one.ticket == ticket && !one.resolved;
  }

  void resolve(std::uint64_t ticket, snapshot found, snapshot inner) {
    if (waits_for(ticket)) {
      auto& one = all_[(ticket - 1) % most];
      one.found = std::move(found);
      one.inner = std::move(inner);
      one.resolved = true;
    }
  }

  /// Of the press that came last, unless it was not seen.
  void release(input_hint const& up) {
    auto& one = all_[(ticket_ + most - 1) % most];
    if (ticket_ != 0 && one.used && !one.released) {
      one.up = up;
      one.released = true;
    }
  }

  /// The oldest, if it is complete.
  [[nodiscard]] click const* complete() const noexcept {
    auto const* const first = oldest();
    return first != nullptr && first->resolved && first->released ? first : nullptr;
  }

  /// Takes out what `complete` showed.
  [[nodiscard]] click take() {
    for (auto& one : all_) {
      if (&one == oldest()) {
        return std::exchange(one, {});
      }
    }
    return {};
  }

  /// Those that were not answered in time are not answered any more.
  void give_up(timestamp now, std::int64_t patience_ns) {
    for (auto& one : all_) {
      if (one.used && !one.resolved && now - one.down.time >= patience_ns) {
        one.resolved = true;
      }
    }
  }
  [[nodiscard]] timestamp next_wakeup(std::int64_t patience_ns) const noexcept {
    timestamp first{INT64_MAX};
    for (auto const& one : all_) {
      if (one.used && !one.resolved && one.down.time + patience_ns < first) {
        first = one.down.time + patience_ns;
      }
    }
    return first;
  }

private:
  [[nodiscard]] click const* oldest() const noexcept {
    click const* first = nullptr;
    for (auto const& one : all_) {
      // A press that was overtaken by the next without a release is no click.
      bool const abandoned = !one.released && one.ticket != ticket_;
      if (one.used && !abandoned && (first == nullptr || one.ticket < first->ticket)) {
        first = &one;
      }
    }
    return first;
  }

  std::array<click, most> all_{};
  std::uint64_t ticket_ = 0;
};

} // namespace overt::inline v0::capture::atspi
