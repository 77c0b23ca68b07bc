#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/capture/atspi/act_tracker.hpp>
#include <overt/capture/atspi/edit_tracker.hpp>
#include <overt/event/clipboard.hpp>
#include <overt/event/text.hpp>
#include <overt/event/ui_action.hpp>
#include <overt_test/keys.hpp>

namespace overt_test {

using overt::timestamp;
using overt::capture::hint_kind;
using overt::capture::input_hint;
using overt::capture::key_use;
using overt::capture::atspi::element;
using overt::capture::atspi::object_id;
using overt::capture::atspi::tracked_change;
using role = overt::capture::atspi::accessible_role;
using state = overt::capture::atspi::accessible_state;

inline constexpr std::int64_t one_ms = 1'000'000;
inline constexpr std::uint32_t its_process = 77;

/// What stands behind a guard, and nothing for what was denied.
inline std::optional<std::string> content(overt::guarded_text const& guarded) {
  if (guarded.state() == overt::guard_state::denied) {
    return std::nullopt;
  }
  return with_clearance([&](overt::clearance const& key) { return std::string{guarded.look(key).view()}; });
}
inline std::optional<std::uint32_t> content(overt::guarded<std::uint32_t> const& guarded) {
  if (guarded.state() == overt::guard_state::denied) {
    return std::nullopt;
  }
  return with_clearance([&](overt::clearance const& key) { return guarded.look(key); });
}

/// An object of a program that is made up.
struct fake_object {
  role what = role::panel;
  std::string name{};
  overt::rectangle bounds{};
  std::string parent{};
  std::string label{};
  std::string value{};
  std::string description{};
  std::uint64_t states = 0;
  std::uint32_t interfaces = 0;
  std::vector<std::pair<std::string, std::string>> attributes{};
  std::int32_t children = 0;
  std::int32_t index = -1;
  std::string text{};

  fake_object& set(state number, bool on = true) {
    auto const bit = std::uint64_t{1} << static_cast<unsigned>(number);
    states = on ? states | bit : states & ~bit;
    return *this;
  }
};

/// A program, and the reader that answers for it: later, in order.
struct fake_reader {
  std::map<std::string, fake_object> objects;
  std::string bus = ":1.7";
  std::function<std::string(std::int32_t, std::int32_t)> hit; ///< by default the smallest that is there
  std::deque<std::function<void()>> questions;
  std::size_t reads = 0;
  std::size_t texts_read = 0;
  timestamp now{};

  [[nodiscard]] element make(std::string const& path, timestamp observed) const {
    auto const& from = objects.at(path);
    element made{.id = {bus, path},
                 .observed = observed,
                 .process = its_process,
                 .role = static_cast<std::uint32_t>(from.what),
                 .states = from.states,
                 .interfaces = from.interfaces,
                 .name = overt::arena_string{from.name},
                 .description = overt::arena_string{from.description},
                 .label = overt::arena_string{from.label},
                 .bounds = from.bounds,
                 .index_in_parent = from.index,
                 .children = from.children,
                 .value = overt::arena_string{from.value}};
    for (auto const& [key, value] : from.attributes) {
      made.attributes.push_back({key, overt::arena_string{value}});
    }
    std::vector<std::string> up;
    for (auto at = from.parent; !at.empty(); at = objects.at(at).parent) {
      up.push_back(at);
    }
    for (auto one = up.rbegin(); one != up.rend(); ++one) {
      auto const& above = objects.at(*one);
      made.path.push_back(
          {{bus, *one}, static_cast<std::uint32_t>(above.what), overt::arena_string{above.name}});
    }
    return made;
  }

  void read(object_id const& id, std::function<void(element const*)> done) {
    ++reads;
    questions.push_back([this, id, done = std::move(done), asked = now] { give(id.path, asked, done); });
  }

  void under(std::uint32_t, overt::rectangle, std::int32_t x, std::int32_t y,
             std::function<void(element const*)> done) {
    questions.push_back([this, x, y, done = std::move(done), asked = now] {
      give(hit ? hit(x, y) : smallest(x, y), asked, done);
    });
  }

  void read_text(object_id const& id, std::function<void(overt::arena_string const*)> done) {
    ++texts_read;
    questions.push_back([this, id, done = std::move(done)] {
      if (!objects.contains(id.path)) {
        done(nullptr);
        return;
      }
      overt::arena_string const found{objects.at(id.path).text};
      done(&found);
    });
  }

  void answer() {
    while (!questions.empty()) {
      auto const next = std::move(questions.front());
      questions.pop_front();
      next();
    }
  }

private:
  void give(std::string const& path, timestamp asked, std::function<void(element const*)> const& done) const {
    if (!objects.contains(path)) {
      done(nullptr);
      return;
    }
    auto const made = make(path, asked);
    done(&made);
  }

  [[nodiscard]] std::string smallest(std::int32_t x, std::int32_t y) const {
    std::string found;
    std::int64_t area = INT64_MAX;
    for (auto const& [path, one] : objects) {
      auto const size = std::int64_t{one.bounds.width} * one.bounds.height;
      if (one.bounds.contains(x, y) && size < area) {
        area = size;
        found = path;
      }
    }
    return found;
  }
};

/// An act, in plain words.
struct told_act {
  std::int64_t when_ms = 0;
  std::string act{};
  std::string what{};
  std::optional<std::string> label{};
  std::optional<std::string> before{};
  std::optional<std::string> after{};
  std::vector<std::uint64_t> made_of{};
  std::string path{};
  std::optional<std::string> selector{};
  timestamp observed{};
  std::string in{}; ///< path of the element it happened in
};

struct told_text {
  std::int64_t when_ms = 0;
  std::string in{};
  overt::text_source source{};
  std::optional<std::uint32_t> length{};
  std::optional<std::uint32_t> edits{};
  std::optional<std::string> value{};
  std::vector<std::uint64_t> made_of{};
};

struct collected {
  std::vector<told_act> acts;
  std::vector<told_text> texts;
  std::vector<std::pair<overt::clipboard_operation, std::string>> clips;

  void act(timestamp when, element const& what, overt::ui_action&& told) {
    told_act one{.when_ms = when.ns / one_ms,
                 .act = std::string{overt::name_of(told.act)},
                 .what = std::string{overt::name_of(told.role)},
                 .label = content(told.label),
                 .before = content(told.before),
                 .after = content(told.after),
                 .made_of = told.made_of,
                 .path = {},
                 .selector = content(told.selector),
                 .observed = told.observed,
                 .in = what.id.path};
    for (auto const& step : told.path) {
      one.path += (one.path.empty() ? "" : " > ") + std::string{overt::name_of(step.role)};
      if (auto const called = content(step.label)) {
        one.path += "'" + *called + "'";
      }
    }
    acts.push_back(std::move(one));
  }
  void wrote(timestamp when, element const& field, overt::text&& told) {
    texts.push_back({when.ns / one_ms, field.id.path, told.source, content(told.length), content(told.edits),
                     content(told.value), told.made_of});
  }
  void clipboard_used(timestamp, element const& where, overt::clipboard&& told) {
    clips.emplace_back(told.operation, where.id.path);
  }
};

/// A tracker at work: time passes, and questions are answered at once unless they are held back.
template <template <class, class> class Tracker>
struct desk {
  fake_reader program;
  collected out;
  std::vector<std::string> secrets;
  Tracker<fake_reader, collected> tracker{program, out, [this](element const& what) {
                                            for (auto const& one : secrets) {
                                              if (one == what.id.path) {
                                                return true;
                                              }
                                            }
                                            return what.role ==
                                                   static_cast<std::uint32_t>(role::password_text);
                                          }};
  std::uint64_t number = 0;
  std::uint32_t process = its_process;
  overt::rectangle window{0, 0, 800, 600};
  std::int32_t x = 0;
  std::int32_t y = 0;
  bool answers = true;

  [[nodiscard]] timestamp now() const { return program.now; }

  void answer() {
    if (answers) {
      program.answer();
    }
  }
  /// Lets time pass.
  void wait(std::int64_t milliseconds) {
    auto const until = program.now + milliseconds * one_ms;
    for (auto next = tracker.next_wakeup(); next <= until; next = tracker.next_wakeup()) {
      program.now = next > program.now ? next : program.now + one_ms;
      if (program.now > until) {
        break;
      }
      tracker.tick(program.now);
      answer();
    }
    program.now = until;
    tracker.tick(program.now);
    answer();
  }
  std::uint64_t hint(hint_kind what, key_use use = key_use::other,
                     overt::button_name which = overt::button_name::left) {
    input_hint given{.what = what,
                     .time = program.now,
                     .process = process,
                     .x = x,
                     .y = y,
                     .window = window,
                     .which = which,
                     .use = use};
    given.event = what == hint_kind::pointer_moved ? 0 : ++number;
    tracker.hint(given);
    answer();
    return number;
  }
  void move(std::int32_t to_x, std::int32_t to_y) {
    x = to_x;
    y = to_y;
    hint(hint_kind::pointer_moved);
    wait(100);
  }
  void down() { hint(hint_kind::button_down); }
  void up() { hint(hint_kind::button_up); }
  void click() {
    down();
    wait(40);
    up();
  }
  void click_at(std::int32_t to_x, std::int32_t to_y) {
    move(to_x, to_y);
    click();
  }
  std::uint64_t key(key_use use) {
    auto const made = hint(hint_kind::key_down, use);
    wait(5);
    return made;
  }
  void tell(tracked_change kind, std::string const& path) {
    tracker.signal({kind, {program.bus, path}, program.now});
    answer();
  }
  void focus(std::string const& path) {
    if (path.empty()) {
      tracker.focus_changed(nullptr);
    } else {
      auto const made = program.make(path, program.now);
      tracker.focus_changed(&made);
    }
    answer();
  }
  fake_object& add(std::string const& path, fake_object what) {
    return program.objects[path] = std::move(what);
  }

  desk() { program.now = {1000 * one_ms}; }
};

} // namespace overt_test
