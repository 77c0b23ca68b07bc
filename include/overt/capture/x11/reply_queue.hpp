#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include <xcb/xcbext.h>

#include <overt/capture/x11/connection.hpp>

namespace overt::inline v0::capture::x11 {

/// Replies that are under way. Nothing waits for them: each has a handler that is called when it came, in the
/// order in which the requests were sent.
///
/// The server answers requests and sends events in one stream, but XCB files them apart. `deliver_before`
/// puts them back into the order of the stream, so that what is known of the windows when an event is handled
/// is exactly what the server knew when it made the event.
class reply_queue {
public:
  /// Gets the reply, or null when the request failed (mostly because a window is gone).
  using handler = std::function<void(void const* reply)>;

  /// A cookie of XCB, of a request that has a reply.
  template <class Cookie>
  void expect(Cookie cookie, handler handle) {
    if (count_ == waiting_.size()) {
      grow();
    }
    waiting_[(first_ + count_++) % waiting_.size()] = {cookie.sequence, std::move(handle)};
  }

  /// Calls the handlers of what the server sent before an event with this sequence number.
  void deliver_before(xcb_connection_t* connection, std::uint32_t event_sequence) {
    while (count_ != 0 && static_cast<std::int32_t>(event_sequence - waiting_[first_].sequence) >= 0 &&
           deliver_front(connection)) {}
  }

  /// Calls the handler of the next reply, if it has arrived. Only when XCB has just said that there is no
  /// event: one that is read later may have been made later.
  bool deliver_next(xcb_connection_t* connection) { return count_ != 0 && deliver_front(connection); }

private:
  struct entry {
    std::uint32_t sequence = 0;
    handler handle{};
  };

  void grow() {
    std::vector<entry> larger(waiting_.empty() ? 64 : waiting_.size() * 2);
    for (std::size_t i = 0; i < count_; ++i) {
      larger[i] = std::move(waiting_[(first_ + i) % waiting_.size()]);
    }
    waiting_ = std::move(larger);
    first_ = 0;
  }

  bool deliver_front(xcb_connection_t* connection) {
    void* reply = nullptr;
    xcb_generic_error_t* error = nullptr;
    if (xcb_poll_for_reply(connection, waiting_[first_].sequence, &reply, &error) == 0) {
      return false;
    }
    reply_ptr<void> const owned{reply};
    reply_ptr<xcb_generic_error_t> const owned_error{error};
    auto const handle = std::exchange(waiting_[first_].handle, nullptr);
    first_ = (first_ + 1) % waiting_.size(); // before the call, because the handler may add to the queue
    --count_;
    handle(reply);
    return true;
  }

  // A ring, so that asking again and again allocates nothing.
  std::vector<entry> waiting_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

} // namespace overt::inline v0::capture::x11
