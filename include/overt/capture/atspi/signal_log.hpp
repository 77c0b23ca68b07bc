#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include <overt/capture/atspi/tracked_signal.hpp>

namespace overt::inline v0::capture::atspi {

/// The latest signals, so that an act that is still being made out finds what was told before its element
/// was read. Bounded: the oldest gives way.
class signal_log {
public:
  static constexpr std::size_t most = 64;

  void add(tracked_signal const& one) { ring_[next_++ % most] = one; }

  /// The latest that `fits(signal)`, not before `since`; null when there is none.
  template <class Fits>
  [[nodiscard]] tracked_signal const* latest(timestamp since, Fits&& fits) const {
    for (std::size_t back = 1; back <= most && back <= next_; ++back) {
      auto const& one = ring_[(next_ - back) % most];
      if (one.time >= since && one.id && fits(one)) {
        return &one;
      }
    }
    return nullptr;
  }

  /// The earliest that `fits(signal)`, not before `since`.
  template <class Fits>
  [[nodiscard]] tracked_signal const* earliest(timestamp since, Fits&& fits) const {
    tracked_signal const* found = nullptr;
    static_cast<void>(latest(since, [&](tracked_signal const& one) {
      found = fits(one) ? &one : found;
      return false;
    }));
    return found;
  }

  [[nodiscard]] tracked_signal const* latest_of(timestamp since, object_id const& id,
                                                std::initializer_list<tracked_change> kinds) const {
    return latest(since, [&](tracked_signal const& one) {
      if (one.id != id) {
        return false;
      }
      for (auto const kind : kinds) {
        if (one.kind == kind) {
          return true;
        }
      }
      return false;
    });
  }

private:
  std::array<tracked_signal, most> ring_{};
  std::size_t next_ = 0;
};

} // namespace overt::inline v0::capture::atspi
