#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// Whether the screen is locked, by what the login manager and the screen savers say. Locked is what anybody
/// says is locked.
///
/// The login manager also passes on that somebody asked for a lock, before any program has locked anything.
/// Such a wish counts at once, until a program says that it has locked: then that one says when it ends. If
/// none says so in ten seconds, the desktop has no program that does; one that locks without a word holds the
/// keyboard, which the source of applications sees.
template <std::size_t Count>
class screen_lock_state {
public:
  static constexpr std::int64_t wish_ns = 10'000'000'000;

  /// What number `who` says of itself.
  void says(std::size_t who, bool locked) noexcept {
    locked_[who] = locked;
    if (locked) {
      wished_until_ = {};
    }
  }

  /// Somebody asked for a lock.
  void wished(timestamp now) noexcept { wished_until_ = now + wish_ns; }
  /// Somebody asked for the end of one: what was locked says itself when it is not any more.
  void unwished() noexcept { wished_until_ = {}; }

  [[nodiscard]] bool locked(timestamp now) const noexcept {
    for (bool const each : locked_) {
      if (each) {
        return true;
      }
    }
    return now < wished_until_;
  }

  /// When `locked` may change although nobody says anything.
  [[nodiscard]] timestamp wish_ends() const noexcept {
    return wished_until_.ns == 0 ? timestamp{INT64_MAX} : wished_until_;
  }

private:
  std::array<bool, Count> locked_{};
  timestamp wished_until_{};
};

} // namespace overt::inline v0::capture::atspi
