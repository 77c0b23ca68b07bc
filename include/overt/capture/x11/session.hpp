#pragma once

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include <poll.h>
#include <pthread.h>

#include <overt/capture/port.hpp>
#include <overt/capture/x11/keyboard_focus.hpp>
#include <overt/capture/x11/keyboard_lane.hpp>
#include <overt/capture/x11/machinery.hpp>
#include <overt/capture/x11/monitors.hpp>
#include <overt/capture/x11/pointer_lane.hpp>
#include <overt/detail/wake_up.hpp>
#include <overt/event/event.hpp>

namespace overt::inline v0::capture::x11 {

/// One run of the desktop backend: reads the server's stream in order, hands over the input, and asks where
/// it went.
///
/// A question is three requests in one go (the focus, the active window, the pointer), at most one question
/// is under way, and one is sent whenever input waits for its answer. Replies and events are handled in the
/// order in which the server made them, so that a reply shows whether the picture kept from the notices is
/// right at that very point of the stream.
template <any_event Event>
class session {
public:
  session(machinery& made, desktop_options const& options, port<Event>& out)
      : made_{made}, handle_{made.server.get()}, out_{out},
        registry_{made.server, replies_, out.arena(), {made.window_name, made.utf8_string}},
        windows_{made.server, replies_, registry_, made.client_list},
        focus_{made.server, replies_, registry_, windows_},
        keyboard_{made.keys, options, out, focus_, registry_},
        pointer_{made.keys, options, out, windows_, registry_, monitors_} {}

  session(session const&) = delete;
  session& operator=(session const&) = delete;

  [[nodiscard]] result<void> run(std::stop_token stop) {
    // A server that goes away must not end the program: writing to it would raise SIGPIPE. This thread is
    // ours.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    overt::detail::wake_up const bell;
    std::stop_callback const ring{stop, [&bell] { bell.ring(); }};
    windows_.start();
    ask_buttons();
    if (made_.has_monitors) {
      ask_monitors();
    }
    while (!stop.stop_requested()) {
      xcb_flush(handle_);
      bool const busy = drain();
      if (xcb_connection_has_error(handle_) != 0) {
        return failure{error_code::source_lost, "The connection to the X server was lost: it ended or was "
                                                "restarted. Start a new session when it is back."};
      }
      if (ask_if_needed() || busy) {
        continue; // what was read while sending would not wake the poll
      }
      std::array<pollfd, 2> waiting{
          {{xcb_get_file_descriptor(handle_), POLLIN, 0}, {bell.descriptor(), POLLIN, 0}}};
      ::poll(waiting.data(), bell.usable() ? 2 : 1,
             bell.usable() ? patience_ms() : std::min(patience_ms(), 50));
    }
    return {};
  }

private:
  static constexpr std::int64_t shortest_pause_ns = 1'000'000;
  static constexpr std::int64_t heartbeat_ns = 200'000'000;

  /// Handles what has arrived, but not so much that questions and the stop have to wait long.
  bool drain() {
    for (int count = 0; count < 256; ++count) {
      if (reply_ptr<xcb_generic_event_t> const event{xcb_poll_for_event(handle_)}) {
        replies_.deliver_before(handle_, event->full_sequence);
        handle(*event);
      } else if (!replies_.deliver_next(handle_)) {
        return count != 0;
      }
    }
    return true;
  }

  void handle(xcb_generic_event_t const& event) {
    auto const type = event.response_type & 0x7f;
    if (type == XCB_GE_GENERIC) {
      handle_input(reinterpret_cast<xcb_ge_generic_event_t const&>(event));
    } else if (type == XCB_MAPPING_NOTIFY) {
      ask_buttons();
    } else if (type == XCB_FOCUS_IN || type == XCB_FOCUS_OUT) {
      focus_.handle(reinterpret_cast<xcb_focus_in_event_t const&>(event), type == XCB_FOCUS_IN, now());
    } else if (made_.has_monitors &&
               (type == made_.randr_first_event || type == made_.randr_first_event + 1)) {
      ask_monitors();
    } else if (!made_.keys.handle(event)) {
      if (type == XCB_PROPERTY_NOTIFY) {
        auto const& changed = reinterpret_cast<xcb_property_notify_event_t const&>(event);
        if (changed.atom == made_.active_window && changed.window == made_.server.root()) {
          focus_.doubt();
        } else if (changed.atom == made_.window_name || changed.atom == XCB_ATOM_WM_NAME) {
          registry_.title_changed(changed.window);
        }
      }
      if (windows_.handle(event, now())) {
        focus_.doubt();
      }
    }
  }

  void handle_input(xcb_ge_generic_event_t const& event) {
    if (event.extension != made_.input_opcode) {
      return;
    }
    if (event.event_type == XCB_INPUT_HIERARCHY || event.event_type == XCB_INPUT_DEVICE_CHANGED) {
      replies_.expect(xcb_input_xi_query_device(handle_, XCB_INPUT_DEVICE_ALL), [this](void const* reply) {
        if (reply != nullptr) {
          made_.devices.update(*static_cast<xcb_input_xi_query_device_reply_t const*>(reply));
        }
      });
      ask_buttons();
      return;
    }
    // XCB keeps 4 bytes of its own behind the first 32, and `length` counts words behind these 32.
    auto const* const bytes = reinterpret_cast<std::byte const*>(&event);
    auto const raw = decode_raw_event({bytes, 36 + std::size_t{event.length} * 4});
    if (!raw) {
      return;
    }
    auto const time = in_order(made_.clock.at(raw->time_ms, now()));
    auto& device = made_.devices.of(raw->source);
    switch (raw->what) {
    case raw_event::kind::key_press: keyboard_.key_down(*raw, time, device); break;
    case raw_event::kind::key_release: keyboard_.key_up(*raw, time, device); break;
    case raw_event::kind::button_press: pointer_.button_changed(*raw, time, device, true); break;
    case raw_event::kind::button_release: pointer_.button_changed(*raw, time, device, false); break;
    case raw_event::kind::motion: pointer_.moved(*raw, time, device); break;
    }
  }

  /// The server stamps in milliseconds. What falls into the same one gets nanoseconds that count up, because
  /// the order in which the server sent it is known and would be lost where two lanes meet again.
  [[nodiscard]] timestamp in_order(timestamp time) noexcept {
    constexpr std::int64_t tick_ns = 1'000'000;
    if (time.ns / tick_ns == latest_stamp_.ns / tick_ns) {
      time = latest_stamp_ + 1;
    }
    latest_stamp_ = std::max(latest_stamp_, time);
    return time;
  }

  bool ask_if_needed() {
    if (question_under_way_) {
      return false;
    }
    auto const since = now() - asked_;
    bool const urgent = pointer_.urgent() || focus_.wants_question();
    if (!urgent && since < (wants_to_ask() ? shortest_pause_ns : heartbeat_ns)) {
      return false;
    }
    question_under_way_ = true;
    asked_ = now();
    // Monitors that were made by cutting up a screen change without a notice.
    if (made_.has_monitors && asked_ - asked_monitors_ > heartbeat_ns) {
      ask_monitors();
    }
    asked_version_ = registry_.version();
    focus_.question_sent();
    replies_.expect(xcb_get_input_focus(handle_), [this](void const* reply) {
      auto const* const found = static_cast<xcb_get_input_focus_reply_t const*>(reply);
      focused_ = found != nullptr ? found->focus : 0;
    });
    replies_.expect(
        xcb_get_property(handle_, 0, made_.server.root(), made_.active_window, XCB_ATOM_WINDOW, 0, 1),
        [this](void const* reply) {
          auto const* const found = static_cast<xcb_get_property_reply_t const*>(reply);
          active_.reset();
          if (found != nullptr && found->format == 32 && found->value_len == 1) {
            active_ = *static_cast<std::uint32_t const*>(xcb_get_property_value(found));
          }
        });
    replies_.expect(xcb_query_pointer(handle_, made_.server.root()), [this](void const* reply) {
      question_under_way_ = false;
      // A stamp may be older than its event, so that the answer must not reach to the moment of the question.
      auto const as_of = asked_ + -server_clock::granularity_ns;
      keyboard_.answer(focused_, active_, as_of);
      pointer_.answer(static_cast<xcb_query_pointer_reply_t const*>(reply), as_of);
    });
    return true;
  }

  [[nodiscard]] bool wants_to_ask() const {
    return keyboard_.waiting() || pointer_.waiting() || registry_.version() != asked_version_;
  }

  void ask_buttons() {
    replies_.expect(xcb_get_pointer_mapping(handle_), [this](void const* reply) {
      pointer_.map_buttons(static_cast<xcb_get_pointer_mapping_reply_t const*>(reply));
    });
  }

  void ask_monitors() {
    asked_monitors_ = now();
    replies_.expect(xcb_randr_get_monitors(handle_, made_.server.root(), 1), [this](void const* reply) {
      auto const* const found = static_cast<xcb_randr_get_monitors_reply_t const*>(reply);
      if (found != nullptr && monitors_.update(monitor_layout::read(*found))) {
        out_.push_confirmed(now(), context_ptr{}, monitors_.as_payload());
      }
    });
  }

  [[nodiscard]] int patience_ms() const {
    if (question_under_way_) {
      return 1000;
    }
    auto const pause = wants_to_ask() ? shortest_pause_ns : heartbeat_ns;
    auto const left = pause - (now() - asked_);
    return left <= 0 ? 0 : static_cast<int>((left + 999'999) / 1'000'000);
  }

  [[nodiscard]] static timestamp now() { return system_clocks{}.now(); }

  machinery& made_;
  xcb_connection_t* handle_;
  port<Event>& out_;
  reply_queue replies_;
  window_registry registry_;
  window_watch windows_;
  keyboard_focus focus_;
  monitor_layout monitors_;
  keyboard_lane<Event> keyboard_;
  pointer_lane<Event> pointer_;

  timestamp latest_stamp_{};
  bool question_under_way_ = false;
  timestamp asked_{};
  timestamp asked_monitors_{};
  std::uint64_t asked_version_ = 0;
  window_id focused_ = 0;
  std::optional<window_id> active_{};
};

} // namespace overt::inline v0::capture::x11
