#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include <sys/ipc.h>
#include <sys/shm.h>
#include <xcb/shm.h>
#include <xcb/xcb.h>

#include <overt/capture/x11/connection.hpp>
#include <overt/detail/secure_memory.hpp>

namespace overt::inline v0::capture::x11 {

/// Memory that the server writes pixels to. It has no name any more once both sides hold it, so that nothing
/// is left behind however this ends, and it is wiped before it is given back.
class shared_pixels {
public:
  shared_pixels() = default;
  shared_pixels(shared_pixels const&) = delete;
  shared_pixels& operator=(shared_pixels const&) = delete;
  ~shared_pixels() { release(); }

  /// At least so many bytes. False: the server is not on this machine, in another namespace, or there is no
  /// memory. Waits for the server when it has to grow.
  [[nodiscard]] bool reserve(xcb_connection_t* server, std::size_t size) {
    if (size <= size_) {
      return size_ != 0;
    }
    release(server);
    auto const rounded = (size + 0xfffff) & ~std::size_t{0xfffff};
    int const made = ::shmget(IPC_PRIVATE, rounded, IPC_CREAT | 0600);
    if (made < 0) {
      return false;
    }
    void* const memory = ::shmat(made, nullptr, 0);
    if (memory == reinterpret_cast<void*>(-1)) {
      ::shmctl(made, IPC_RMID, nullptr);
      return false;
    }
    segment_ = xcb_generate_id(server);
    reply_ptr<xcb_generic_error_t> const refused{xcb_request_check(
        server, xcb_shm_attach_checked(server, segment_, static_cast<std::uint32_t>(made), 0))};
    ::shmctl(made, IPC_RMID, nullptr);
    memory_ = static_cast<std::byte*>(memory);
    size_ = rounded;
    if (refused || xcb_connection_has_error(server) != 0) {
      release();
      return false;
    }
    return true;
  }

  void wipe(std::size_t used) noexcept {
    if (memory_ != nullptr) {
      overt::detail::wipe(memory_, used < size_ ? used : size_);
    }
  }

  void release(xcb_connection_t* server = nullptr) noexcept {
    if (memory_ == nullptr) {
      return;
    }
    if (server != nullptr) {
      xcb_shm_detach(server, segment_);
    }
    wipe(size_);
    ::shmdt(std::exchange(memory_, nullptr));
    size_ = 0;
  }

  [[nodiscard]] xcb_shm_seg_t segment() const noexcept { return segment_; }
  [[nodiscard]] std::byte const* data() const noexcept { return memory_; }

private:
  xcb_shm_seg_t segment_ = 0;
  std::byte* memory_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace overt::inline v0::capture::x11
