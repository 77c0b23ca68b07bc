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
#include <overt/capture/x11/click_counter.hpp>
#include <overt/capture/x11/hid_usage.hpp>
#include <overt/capture/x11/keyboard_focus.hpp>
#include <overt/capture/x11/lane_ledger.hpp>
#include <overt/capture/x11/machinery.hpp>
#include <overt/capture/x11/monitors.hpp>
#include <overt/capture/x11/pointer_position.hpp>
#include <overt/capture/x11/wake_up.hpp>
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
      : made_{made}, handle_{made.server.get()}, options_{options}, out_{out},
        clicks_{std::chrono::nanoseconds{options.double_click_time}.count(), options.double_click_distance},
        registry_{made.server, replies_, out.arena(), {made.window_name, made.utf8_string}},
        windows_{made.server, replies_, registry_, made.client_list},
        focus_{made.server, replies_, registry_, windows_} {}

  session(session const&) = delete;
  session& operator=(session const&) = delete;

  [[nodiscard]] result<void> run(std::stop_token stop) {
    // A server that goes away must not end the program: writing to it would raise SIGPIPE. This thread is
    // ours.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    wake_up const bell;
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
  /// Where input goes: null for nobody knows, and whether it is this program, which records nothing of
  /// itself.
  struct place {
    context_ptr where{};
    bool own = false;
  };

  /// Pointer input that waits for the server to say where the pointer is.
  struct held_back {
    enum class kind : std::uint8_t { button, wheel, move };
    kind what = kind::button;
    timestamp time{};
    std::uint64_t picture = 0; ///< which version of the window model it came with
    std::uint64_t motions = 0; ///< how many times devices had moved the pointer by then
    bool known = false;        ///< whether a position was believed then: x, y, and what was under it
    std::int32_t x = 0;
    std::int32_t y = 0;
    place under{};
    std::uint8_t number = 0;
    bool pressed = false;
    wheel_step turned{};
    modifiers held = modifiers::none;
    std::uint16_t device_number = 0;
    bool injected = false;
  };

  static constexpr std::int64_t shortest_pause_ns = 1'000'000;
  static constexpr std::int64_t heartbeat_ns = 200'000'000;

  // ---- the stream

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
    case raw_event::kind::key_press: key_down(*raw, time, device); break;
    case raw_event::kind::key_release: key_up(*raw, time, device); break;
    case raw_event::kind::button_press: button_changed(*raw, time, device, true); break;
    case raw_event::kind::button_release: button_changed(*raw, time, device, false); break;
    case raw_event::kind::motion: moved(*raw, time, device); break;
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

  // ---- the keyboard lane

  [[nodiscard]] place keyboard_place() {
    auto* const target = focus_.target();
    if (target == nullptr) {
      return {};
    }
    return {keyboard_context_, target->is_own()};
  }

  template <class Payload>
  void push_typed(timestamp time, place const& to, Payload&& content) {
    if (!to.own) {
      auto const stamp = keyboard_ledger_.note(to.where, time);
      out_.push(stamp, to.where, std::forward<Payload>(content));
    }
  }

  [[nodiscard]] key key_payload(raw_event const& raw, input_device const& device, key_phase phase,
                                key_reading const& read, guarded<entered_text> entered) const {
    auto const usage = hid_usage_of(raw.detail);
    return {.phase = phase,
            .kind = read.kind,
            .held = read.held,
            .layout = read.layout,
            .injected = device.injected,
            .device = device.number,
            .usage = usage != 0 ? guarded<std::uint16_t>{usage} : guarded<std::uint16_t>{},
            .symbol = guarded<key_symbol>{read.symbol},
            .entered = std::move(entered)};
  }

  void key_down(raw_event const& raw, timestamp time, input_device const& device) {
    bool const repeat = (raw.flags & raw_event::repeat_or_emulated) != 0 || made_.keys.is_down(raw.detail);
    auto const read = made_.keys.press(raw.detail);
    if (is_stop_chord(raw.detail, read)) {
      stop_key_ = raw.detail;
      out_.request_stop();
    }
    if (stop_key_ == raw.detail) {
      return;
    }
    auto const phase = repeat ? key_phase::repeat : key_phase::press;
    auto const to = keyboard_place();
    auto const fitting = entered_text::from(read.entered);
    push_typed(
        time, to,
        key_payload(raw, device, phase, read, guarded<entered_text>{fitting.value_or(entered_text{})}));
    if constexpr (Event::template carries<text>) {
      if (!fitting && !to.own) {
        push_typed(time, to, composed_text(read.entered));
      }
    }
  }

  void key_up(raw_event const& raw, timestamp time, input_device const& device) {
    auto const read = made_.keys.release(raw.detail);
    if (stop_key_ == raw.detail) {
      stop_key_.reset();
      return;
    }
    push_typed(time, keyboard_place(),
               key_payload(raw, device, key_phase::release, read, guarded<entered_text>{}));
  }

  [[nodiscard]] text composed_text(std::string_view entered) {
    std::uint32_t characters = 0;
    for (char const byte : entered) {
      characters += (static_cast<unsigned char>(byte) & 0xc0) != 0x80 ? 1 : 0;
    }
    return {.source = text_source::composed,
            .length = guarded<std::uint32_t>{characters},
            .edits = guarded<std::uint32_t>{0},
            .value = out_.store(entered)};
  }

  [[nodiscard]] bool is_stop_chord(std::uint32_t keycode, key_reading const& read) const {
    auto const locks = modifiers::caps_lock | modifiers::num_lock | modifiers::alt_graph;
    return options_.stop_chord && options_.stop_chord->held == without(read.held, locks) &&
           (options_.stop_chord->symbol == read.symbol ||
            options_.stop_chord->symbol == made_.keys.plain_symbol(keycode));
  }

  // ---- the pointer lane

  [[nodiscard]] place place_at(std::int32_t x, std::int32_t y) {
    auto const hit = windows_.stack().hit(x, y);
    auto* const found = hit.certain && hit.window != 0 ? registry_.behind(hit.window) : nullptr;
    return found == nullptr ? place{} : place{registry_.context_of(*found), found->is_own()};
  }

  /// While a button is down, everything goes to the window where it went down, wherever the pointer is.
  [[nodiscard]] place pointer_place() {
    return buttons_down_ != 0 ? grabbed_by_press_ : place_at(position_.x(), position_.y());
  }

  template <class Payload>
  void push_pointed(timestamp time, place const& to, Payload&& content) {
    if (!to.own) {
      auto const stamp = pointer_ledger_.note(to.where, time);
      out_.push(stamp, to.where, std::forward<Payload>(content));
    }
  }

  [[nodiscard]] screen_point here() const { return monitors_.point(position_.x(), position_.y()); }

  void moved(raw_event const& raw, timestamp time, input_device& device) {
    wheel_step turned{};
    for (auto& wheel : device.scroll) {
      if (raw.has(wheel.axis)) {
        (wheel.vertical ? turned.dy_v120 : turned.dx_v120) += wheel.turned.add(raw.values[wheel.axis]);
      }
    }
    if (turned.dx_v120 != 0 || turned.dy_v120 != 0) {
      scrolled(time, turned, device);
    }
    auto const axes = pointing_axes(device);
    if ((raw.axes & axes) == 0) {
      return;
    }
    ++motions_;
    if (device.injected) {
      auto const pixel = [&](std::size_t axis, std::int32_t otherwise) {
        return raw.has(axis) ? static_cast<std::int32_t>(raw.values[axis] >> 32) : otherwise;
      };
      if (position_.claim(pixel(0, position_.claimed_x()), pixel(1, position_.claimed_y()),
                          windows_.whole())) {
        hand_over(
            {.what = held_back::kind::move, .time = time, .device_number = device.number, .injected = true});
        return;
      }
    } else {
      position_.lose();
      if (device.relative) {
        auto const step = [&](std::size_t axis) {
          return raw.has(axis) ? static_cast<std::int32_t>(raw.values[axis] >> 24) : 0;
        };
        push_pointed(time, pointer_place(),
                     pointer_delta{.dx = step(0), .dy = step(1), .device = device.number});
      }
    }
    moved_ = held_back{.what = held_back::kind::move,
                       .time = time,
                       .picture = windows_.stack().version(),
                       .device_number = device.number,
                       .injected = device.injected};
  }

  [[nodiscard]] static std::uint64_t pointing_axes(input_device const& device) {
    std::uint64_t axes = 3;
    for (auto const& wheel : device.scroll) {
      axes &= ~(std::uint64_t{1} << (wheel.axis & 63));
    }
    return axes;
  }

  void button_changed(raw_event const& raw, timestamp time, input_device const& device, bool pressed) {
    if ((raw.flags & raw_event::repeat_or_emulated) != 0) {
      return; // the server's translation of a smooth wheel, which was counted from its axis
    }
    // Raw events number the buttons as the device does; left-handed people have them mapped.
    auto const number = raw.detail < button_map_.size() ? button_map_[raw.detail] : std::uint8_t{0};
    if (number == 0) {
      return; // switched off
    }
    if (auto const turned = wheel_step_of_button(number)) {
      if (pressed) {
        scrolled(time, *turned, device);
      }
      return;
    }
    hand_over({.time = time,
               .number = number,
               .pressed = pressed,
               .held = made_.keys.held(),
               .device_number = device.number,
               .injected = device.injected});
  }

  void scrolled(timestamp time, wheel_step turned, input_device const& device) {
    hand_over({.what = held_back::kind::wheel,
               .time = time,
               .turned = turned,
               .held = made_.keys.held(),
               .device_number = device.number,
               .injected = device.injected});
  }

  /// A move whose place is believed goes on at once, and is confirmed by the next answer. A button or wheel
  /// has no place of its own, and a program may have moved the pointer without a device (XWarpPointer, which
  /// no event tells), so it waits for the next reply; so does what comes behind it.
  void hand_over(held_back input) {
    input.picture = windows_.stack().version();
    input.motions = motions_;
    input.known = position_.known();
    input.x = position_.x();
    input.y = position_.y();
    input.under = input.known ? place_at(input.x, input.y) : place{};
    if (input.what == held_back::kind::move && held_count_ == 0) {
      push_held(input, true);
    } else if (held_count_ < held_.size()) {
      held_[held_count_++] = std::move(input);
    } else {
      push_nowhere(input);
    }
  }

  /// `fits`: the pointer was where it was believed to be. Otherwise it is where the server says, unless a
  /// device has moved it since this input; then nobody can say.
  void push_held(held_back const& input, bool fits) {
    if (input.known && fits) {
      return push_at(input, input.x, input.y, input.under);
    }
    if (input.known && input.motions != motions_) {
      return push_nowhere(input);
    }
    // When windows changed since, nobody can say any more which of them it went to.
    bool const same_picture = input.picture == windows_.stack().version();
    push_at(input, position_.x(), position_.y(),
            same_picture ? place_at(position_.x(), position_.y()) : place{});
  }

  void push_nowhere(held_back const& input) {
    auto at = here();
    at.display = screen_point::no_display;
    push_kind(input, at, place{});
  }

  void push_at(held_back const& input, std::int32_t x, std::int32_t y, place const& under) {
    push_kind(input, monitors_.point(x, y), under);
  }

  /// While a button is down, everything goes to the window where it went down.
  void push_kind(held_back const& input, screen_point at, place const& under) {
    if (input.what == held_back::kind::button) {
      return push_button(input, at, under);
    }
    auto const& to = buttons_down_ != 0 ? grabbed_by_press_ : under;
    if (input.what == held_back::kind::move) {
      push_pointed(input.time, to,
                   pointer_move{.at = at, .injected = input.injected, .device = input.device_number});
    } else {
      push_pointed(input.time, to,
                   scroll{.dx_v120 = input.turned.dx_v120,
                          .dy_v120 = input.turned.dy_v120,
                          .held = input.held,
                          .at = at,
                          .injected = input.injected,
                          .device = input.device_number});
    }
  }

  void push_button(held_back const& input, screen_point at, place const& under) {
    auto const bit = std::uint64_t{1} << (input.number & 63);
    if (buttons_down_ == 0) {
      grabbed_by_press_ = input.pressed ? under : place{};
    }
    buttons_down_ |= input.pressed ? bit : 0;
    auto const count =
        input.pressed ? clicks_.press(input.number, input.time, at.x, at.y) : clicks_.release(input.number);
    push_pointed(input.time, grabbed_by_press_,
                 button{.phase = input.pressed ? button_phase::press : button_phase::release,
                        .which = name_of_button(input.number),
                        .number = input.number,
                        .clicks = count,
                        .held = input.held,
                        .at = at,
                        .injected = input.injected,
                        .device = input.device_number});
    buttons_down_ &= input.pressed ? ~std::uint64_t{0} : ~bit;
  }

  [[nodiscard]] static button_name name_of_button(std::uint8_t number) {
    switch (number) {
    case 1: return button_name::left;
    case 2: return button_name::middle;
    case 3: return button_name::right;
    case 8: return button_name::back;
    case 9: return button_name::forward;
    default: return button_name::other;
    }
  }

  // ---- questions and answers

  bool ask_if_needed() {
    if (question_under_way_) {
      return false;
    }
    auto const since = now() - asked_;
    bool const urgent = held_count_ != 0 || focus_.wants_question();
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
      answer_keyboard(as_of);
      answer_pointer(static_cast<xcb_query_pointer_reply_t const*>(reply), as_of);
    });
    return true;
  }

  [[nodiscard]] bool wants_to_ask() const {
    return keyboard_ledger_.waiting() || pointer_ledger_.waiting() || moved_ ||
           registry_.version() != asked_version_;
  }

  void answer_keyboard(timestamp as_of) {
    bool const explained = focus_.learn(focused_, active_);
    auto* const target = focus_.target();
    auto const where = target != nullptr && !target->is_own() ? registry_.context_of(*target) : context_ptr{};
    auto const answer = [this](timestamp time, context_ptr to) {
      out_.answer({context_aspect::application, input_lane::keyboard, time, std::move(to)});
    };
    if (explained) {
      keyboard_ledger_.confirm(where, as_of, answer);
    } else {
      keyboard_ledger_.refuse(as_of, answer);
    }
    keyboard_context_ = where;
    if (where && !(where == announced_)) {
      made_.keys.forget_composition();
      announced_ = where;
      out_.push_confirmed(keyboard_ledger_.answered(), where, focus{.target = focus_target::window});
    }
  }

  void answer_pointer(xcb_query_pointer_reply_t const* reply, timestamp as_of) {
    auto const answer = [this](timestamp time, context_ptr to) {
      out_.answer({context_aspect::application, input_lane::pointer, time, std::move(to)});
    };
    if (reply == nullptr || reply->same_screen == 0) {
      position_.lose();
      pointer_ledger_.refuse(as_of, answer);
      return;
    }
    bool const fits = position_.learn(reply->root_x, reply->root_y, windows_.whole());
    auto const hit = windows_.stack().hit(reply->root_x, reply->root_y);
    bool const agreed = hit.certain && hit.window == reply->child;
    if (!fits) {
      // What was handed over with the wrong place is lost; what waited for this reply is not.
      pointer_ledger_.refuse(held_count_ == 0 ? as_of : std::min(as_of, held_.front().time + -1), answer);
    }
    flush_held(fits);
    constexpr std::uint64_t listed = 0b1110; // buttons 1 to 3, the ones in the mask that are no wheel
    auto const down = static_cast<std::uint64_t>(reply->mask >> 7) & listed;
    buttons_down_ &= ~listed | down; // a release that never came, with a device that was unplugged
    if (agreed) {
      auto const to = pointer_place();
      pointer_ledger_.confirm(to.own ? context_ptr{} : to.where, as_of, answer);
      return;
    }
    pointer_ledger_.refuse(as_of, answer);
    if (!agreed && hit.certain && now() - listed_again_ > heartbeat_ns) {
      listed_again_ = now();
      windows_.list_again();
    }
  }

  void flush_held(bool fits) {
    if (auto const last = std::exchange(moved_, std::nullopt)) {
      bool const same_picture = last->picture == windows_.stack().version();
      push_at(*last, position_.x(), position_.y(),
              same_picture ? place_at(position_.x(), position_.y()) : place{});
    }
    auto const count = std::exchange(held_count_, 0);
    for (std::size_t i = 0; i < count; ++i) {
      push_held(held_[i], fits);
      held_[i] = {};
    }
  }

  void ask_buttons() {
    replies_.expect(xcb_get_pointer_mapping(handle_), [this](void const* reply) {
      auto const* const found = static_cast<xcb_get_pointer_mapping_reply_t const*>(reply);
      for (std::size_t i = 0; found != nullptr && i < found->map_len; ++i) {
        button_map_[i + 1] = xcb_get_pointer_mapping_map(found)[i];
      }
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
  desktop_options const& options_;
  port<Event>& out_;
  click_counter clicks_;
  reply_queue replies_;
  window_registry registry_;
  window_watch windows_;
  keyboard_focus focus_;
  monitor_layout monitors_;
  pointer_position position_;

  lane_ledger keyboard_ledger_;
  lane_ledger pointer_ledger_;
  context_ptr keyboard_context_;
  context_ptr announced_; ///< by the last `focus`
  timestamp latest_stamp_{};
  std::uint64_t motions_ = 0;
  place grabbed_by_press_{};
  std::uint64_t buttons_down_ = 0;
  std::optional<held_back> moved_{}; ///< the last movement whose end is not known yet
  std::array<held_back, 512> held_{};
  std::size_t held_count_ = 0;
  std::optional<std::uint32_t> stop_key_{};
  std::array<std::uint8_t, 257> button_map_ = [] {
    std::array<std::uint8_t, 257> same{};
    for (std::size_t i = 0; i < 256; ++i) {
      same[i] = static_cast<std::uint8_t>(i);
    }
    return same;
  }();

  bool question_under_way_ = false;
  timestamp asked_{};
  timestamp asked_monitors_{};
  timestamp listed_again_{};
  std::uint64_t asked_version_ = 0;
  window_id focused_ = 0;
  std::optional<window_id> active_{};
};

} // namespace overt::inline v0::capture::x11
