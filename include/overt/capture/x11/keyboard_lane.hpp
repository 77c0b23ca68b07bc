#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/capture/port.hpp>
#include <overt/capture/x11/desktop_options.hpp>
#include <overt/capture/x11/devices.hpp>
#include <overt/capture/x11/hid_usage.hpp>
#include <overt/capture/x11/key_uses.hpp>
#include <overt/capture/x11/keyboard.hpp>
#include <overt/capture/x11/keyboard_focus.hpp>
#include <overt/capture/x11/lane_ledger.hpp>
#include <overt/capture/x11/place.hpp>
#include <overt/capture/x11/raw_event.hpp>
#include <overt/capture/x11/window_registry.hpp>
#include <overt/event/event.hpp>

namespace overt::inline v0::capture::x11 {

/// The keyboard's half of a session: makes keys out of raw events, hands them over with the context that has
/// the focus, and answers for it.
template <any_event Event>
class keyboard_lane {
public:
  keyboard_lane(keyboard& keys, desktop_options const& options, port<Event>& out, keyboard_focus& focus,
                window_registry& registry)
      : keys_{keys}, options_{options}, out_{out}, focus_{focus}, registry_{registry} {}

  void key_down(raw_event const& raw, timestamp time, input_device const& device) {
    bool const repeat = (raw.flags & raw_event::repeat_or_emulated) != 0 || keys_.is_down(raw.detail);
    auto const read = keys_.press(raw.detail);
    if (auto const* const stop = stop_chord_of(raw.detail, read); stop != nullptr) {
      chord_key_ = raw.detail;
      if (stop->first) {
        stop->first();
      }
      out_.request_stop();
    } else if (!repeat && is_pause_chord(raw.detail, read)) {
      chord_key_ = raw.detail;
      out_.request_pause();
    }
    if (chord_key_ == raw.detail) {
      return;
    }
    auto const phase = repeat ? key_phase::repeat : key_phase::press;
    auto const to = current_place();
    auto const fitting = entered_text::from(read.entered);
    auto const number =
        push(time, to,
             key_payload(raw, device, phase, read, guarded<entered_text>{fitting.value_or(entered_text{})}));
    tell(hint_kind::key_down, time, number, to, read);
    if constexpr (Event::template carries<text>) {
      if (!fitting && !to.own) {
        push(time, to, composed_text(read.entered));
      }
    }
  }

  void key_up(raw_event const& raw, timestamp time, input_device const& device) {
    auto const read = keys_.release(raw.detail);
    if (chord_key_ == raw.detail) {
      chord_key_.reset();
      return;
    }
    auto const to = current_place();
    auto const number =
        push(time, to, key_payload(raw, device, key_phase::release, read, guarded<entered_text>{}));
    tell(hint_kind::key_up, time, number, to, read);
  }

  /// Whether input waits for an answer.
  [[nodiscard]] bool waiting() const noexcept { return ledger_.waiting(); }

  /// The server said which window has the focus and which is active, at a moment after `as_of`.
  void answer(window_id focused, std::optional<window_id> active, timestamp as_of) {
    bool const explained = focus_.learn(focused, active);
    auto* const target = focus_.target();
    auto const where = target != nullptr && !target->is_own() ? registry_.context_of(*target) : context_ptr{};
    auto const tell = [this](timestamp time, context_ptr to) {
      out_.answer({context_aspect::application, input_lane::keyboard, time, std::move(to)});
    };
    if (explained) {
      ledger_.confirm(where, as_of, tell);
    } else {
      ledger_.refuse(as_of, tell);
    }
    context_ = where;
    if (where && !(where == announced_)) {
      keys_.forget_composition();
      announced_ = where;
      out_.push_confirmed(ledger_.answered(), where, focus{.target = focus_target::window});
      out_.tell({.what = hint_kind::focus_moved, .time = ledger_.answered(), .process = where.process()});
    }
  }

private:
  [[nodiscard]] place current_place() {
    auto* const target = focus_.target();
    if (target == nullptr) {
      return {};
    }
    return {context_, target->is_own()};
  }

  template <class Payload>
  std::uint64_t push(timestamp time, place const& to, Payload&& content) {
    if (to.own) {
      return 0;
    }
    auto const stamp = ledger_.note(to.where, time);
    return out_.push(stamp, to.where, std::forward<Payload>(content));
  }

  void tell(hint_kind what, timestamp time, std::uint64_t number, place const& to, key_reading const& read) {
    out_.tell({.what = what,
               .time = time,
               .event = number,
               .process = to.where.process(),
               .use = use_of(read.kind, read.held, read.symbol)});
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

  [[nodiscard]] stop_chord const* stop_chord_of(std::uint32_t keycode, key_reading const& read) const {
    auto const& all = options_.stop_chords;
    auto const found = std::find_if(
        all.begin(), all.end(), [&](stop_chord const& one) { return is_pressed(one.keys, keycode, read); });
    return found == all.end() ? nullptr : &*found;
  }

  [[nodiscard]] bool is_pause_chord(std::uint32_t keycode, key_reading const& read) const {
    auto const& all = options_.pause_chords;
    return std::any_of(all.begin(), all.end(),
                       [&](chord const& one) { return is_pressed(one, keycode, read); });
  }

  [[nodiscard]] bool is_pressed(chord const& one, std::uint32_t keycode, key_reading const& read) const {
    auto const held = without(read.held, modifiers::caps_lock | modifiers::num_lock | modifiers::alt_graph);
    return one.held == held && (one.symbol == read.symbol || one.symbol == keys_.plain_symbol(keycode));
  }

  keyboard& keys_;
  desktop_options const& options_;
  port<Event>& out_;
  keyboard_focus& focus_;
  window_registry& registry_;
  lane_ledger ledger_;
  context_ptr context_;
  context_ptr announced_;                    ///< by the last `focus`
  std::optional<std::uint32_t> chord_key_{}; ///< ended or paused something; it does not come up either
};

} // namespace overt::inline v0::capture::x11
