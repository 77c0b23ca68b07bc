#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <xcb/xcb.h>

namespace overt::inline v0::capture::x11 {

struct free_reply {
  void operator()(void* reply) const noexcept { std::free(reply); }
};

/// XCB allocates replies and events with malloc; this gives them back.
template <class Reply>
using reply_ptr = std::unique_ptr<Reply, free_reply>;

/// One connection to an X server, closed at the end. XCB reports a lost server as a state of the connection
/// and never ends the process, which is why it is used and Xlib is not.
class connection {
public:
  connection() = default;

  /// `display`: as in $DISPLAY; empty means $DISPLAY itself. Check `usable()`.
  explicit connection(std::string const& display)
      : handle_{xcb_connect(display.empty() ? nullptr : display.c_str(), &screen_number_)} {
    if (!usable()) {
      return;
    }
    auto roots = xcb_setup_roots_iterator(xcb_get_setup(handle_.get()));
    for (int i = 0; i < screen_number_ && roots.rem > 1; ++i) {
      xcb_screen_next(&roots);
    }
    screen_ = roots.data;
  }

  [[nodiscard]] bool usable() const noexcept {
    return handle_ != nullptr && xcb_connection_has_error(handle_.get()) == 0;
  }
  [[nodiscard]] xcb_connection_t* get() const noexcept { return handle_.get(); }
  [[nodiscard]] xcb_screen_t const& screen() const noexcept { return *screen_; }
  [[nodiscard]] xcb_window_t root() const noexcept { return screen_->root; }

  /// The opcode of an extension, or 0. Asks the server the first time.
  [[nodiscard]] std::uint8_t opcode_of(xcb_extension_t* extension) const {
    auto const* const found = xcb_get_extension_data(handle_.get(), extension);
    return found != nullptr && found->present != 0 ? found->major_opcode : std::uint8_t{0};
  }
  [[nodiscard]] std::uint8_t first_event_of(xcb_extension_t* extension) const {
    auto const* const found = xcb_get_extension_data(handle_.get(), extension);
    return found != nullptr ? found->first_event : std::uint8_t{0};
  }

  /// Waits for the server; for `open` only.
  [[nodiscard]] xcb_atom_t atom(std::string_view name) const {
    auto const cookie =
        xcb_intern_atom(handle_.get(), 0, static_cast<std::uint16_t>(name.size()), name.data());
    reply_ptr<xcb_intern_atom_reply_t> const reply{xcb_intern_atom_reply(handle_.get(), cookie, nullptr)};
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
  }

private:
  struct disconnect {
    void operator()(xcb_connection_t* handle) const noexcept { xcb_disconnect(handle); }
  };

  int screen_number_ = 0;
  std::unique_ptr<xcb_connection_t, disconnect> handle_;
  xcb_screen_t* screen_ = nullptr;
};

} // namespace overt::inline v0::capture::x11
