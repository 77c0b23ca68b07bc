#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/play/played_action.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/dataset/play/seen_window.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/event/ui_action.hpp>

/// What parts of a replay are tested with: a desktop on which nothing takes time, and actions.
namespace overt_test::replayed {

using namespace overt::dataset;
using overt::key_symbol;
using overt::modifiers;
using overt::rectangle;
using overt::screen_point;
using overt::timestamp;
using overt::ui_act;
using overt::ui_role;

inline constexpr std::int64_t ms = 1'000'000;

/// A display that notes what input reaches it and when, and a program that changes with the time. Its clock
/// does not wait.
struct desktop {
  timestamp now{};
  std::vector<std::string> input{};
  std::vector<timestamp> times{};
  seen_window window{.process = 7, .application = "editor", .title = "note", .bounds = {0, 0, 500, 500}};
  std::function<std::optional<seen_window>(desktop const&)> windows = [](desktop const& it) {
    return std::optional{it.window};
  };
  std::function<std::optional<seen_element>(desktop const&, meaning const&)> elements =
      [](desktop const&, meaning const& wanted) {
        return std::optional{seen_element{wanted.bounds, true, wanted.after}};
      };
  std::function<std::optional<seen_field>(desktop const&)> field = [](desktop const&) {
    return std::optional<seen_field>{};
  };
  std::size_t fails_at = SIZE_MAX; ///< the input that no longer reaches the display
  int pressed = 0;

  bool say(std::string what) {
    input.push_back(std::move(what));
    times.push_back(now);
    return input.size() <= fails_at;
  }
};

struct fake_clock {
  desktop* of;
  [[nodiscard]] timestamp now() const { return of->now; }
  void sleep_until(timestamp when) const { of->now = std::max(of->now, when); }
};

struct fake_player {
  desktop* of;
  bool move(screen_point at) { return of->say("move " + std::to_string(at.x) + ' ' + std::to_string(at.y)); }
  bool button(std::uint8_t number, bool down) {
    of->pressed += down ? 1 : -1;
    return of->say((down ? "press " : "release ") + std::to_string(number));
  }
  bool hold(modifiers held) {
    return held == modifiers::none || of->say("hold " + std::to_string(static_cast<int>(held)));
  }
  bool stroke(key_symbol symbol, modifiers held) {
    auto name = overt::name_of(symbol);
    return of->say("key " + std::string{name.view()} +
                   (held == modifiers::none ? "" : " with " + std::to_string(static_cast<int>(held))));
  }
  bool let_go() {
    of->pressed = 0;
    return true;
  }
};

struct fake_windows {
  desktop* of;
  std::optional<seen_window> focused() { return of->windows(*of); }
  std::optional<seen_window> at(screen_point) { return of->windows(*of); }
};

struct fake_elements {
  desktop* of;
  std::optional<seen_element> find(meaning const& wanted, seen_window const&, screen_point) {
    return of->elements(*of, wanted);
  }
  std::optional<seen_field> focused(std::uint32_t) { return of->field(*of); }
  void settle(std::uint32_t, std::int64_t) {}
};

inline action at(std::int64_t when, action_kind what, std::vector<meaning> meant = {}) {
  action made;
  made.what = std::move(what);
  made.approached = made.began = made.ended = {when * ms};
  made.where = {.application = "editor", .title = "note"};
  made.meant = std::move(meant);
  return made;
}

inline meaning button_called(std::string label, rectangle bounds = {90, 90, 40, 20}) {
  meaning made;
  made.act = ui_act::activate;
  made.role = ui_role::button;
  made.label = std::move(label);
  made.bounds = bounds;
  return made;
}

inline replay_options semantic() {
  replay_options made;
  made.pace = replay_pace::semantic;
  return made;
}

inline episode of(std::vector<action> actions) {
  episode made;
  made.actions = std::move(actions);
  return made;
}

/// Of real time.
inline replay_options timed() { return {}; }

/// The timing of a replay that begins at 0, in the trace and on the desktop.
inline replay_timing<fake_clock> timing_on(desktop& on, replay_options const& options) {
  return {options, timestamp{}, fake_clock{&on}};
}

inline played_action playing(action const& what) { return {.what = &what, .at = point_of(what)}; }

} // namespace overt_test::replayed
