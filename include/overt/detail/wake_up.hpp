#pragma once

#include <cstdint>

#include <sys/eventfd.h>
#include <unistd.h>

namespace overt::inline v0::detail {

/// Lets another thread end a poll.
class wake_up {
public:
  wake_up() : descriptor_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {}
  wake_up(wake_up const&) = delete;
  wake_up& operator=(wake_up const&) = delete;
  ~wake_up() {
    if (usable()) {
      ::close(descriptor_);
    }
  }

  [[nodiscard]] bool usable() const noexcept { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

  void ring() const noexcept {
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = ::write(descriptor_, &one, sizeof one);
  }

  /// Makes the descriptor wait for the next ring.
  void clear() const noexcept {
    std::uint64_t count = 0;
    [[maybe_unused]] auto const read = ::read(descriptor_, &count, sizeof count);
  }

private:
  int descriptor_;
};

} // namespace overt::inline v0::detail
