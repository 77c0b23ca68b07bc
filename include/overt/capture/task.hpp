#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include <overt/capture/application.hpp>
#include <overt/capture/backend.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/event.hpp>
#include <overt/event/marker.hpp>

namespace overt::inline v0::capture {

/// Says what a person is about to do, when they began and how it ended, so that what was recorded in between
/// is an episode that can be trained on and graded. It is said by the program or the person, never guessed.
///
///     capture::task task{"Set the display scale to 100 %"};   // begins with the session
///     overt::recorder rec{consent, indicator, capture::x11::desktop{} + task, policy, sink};
///     …
///     task.end(task_outcome::success);
///     task.start("Set it back");
///
/// A handle like `capture::application`: keep one copy, give the recorder another. All but the backend's own
/// functions may be called from any thread, never wait, and do nothing while no session is open. The
/// instruction is content, which a policy has to let out.
template <any_event Event = overt::event, clock_source Clock = system_clocks>
class task {
public:
  static constexpr std::string_view name = "task";
  using backend_tag = void;
  using event_type = Event;

  explicit task(std::string_view instruction = {}, Clock clock = {})
      : first_{instruction}, clock_{clock}, said_{name, std::move(clock)} {}

  /// Begins a task. False when no session is open or the ring was full.
  bool start(std::string_view instruction) {
    return say({.kind = marker_kind::task_start, .instruction = content(instruction)});
  }

  /// Ends the one that was begun last.
  bool end(task_outcome outcome) { return say({.kind = marker_kind::task_end, .outcome = outcome}); }

  /// A remark.
  bool note(std::string_view remark) {
    return say({.kind = marker_kind::note, .instruction = content(remark)});
  }

  [[nodiscard]] result<source> open(port<Event>& out) {
    auto opened = said_.open(out);
    if (opened) {
      opened->backend = name;
      opened->can_see = capability::none;
    }
    return opened;
  }

  [[nodiscard]] result<void> run(port<Event>& out, std::stop_token stop) {
    if (!first_.empty()) { // before any other thread can say something
      out.push_confirmed(clock_.now(), context_ptr{},
                         marker{.kind = marker_kind::task_start, .instruction = content(first_)});
    }
    return said_.run(out, std::move(stop));
  }

  void close() { said_.close(); }

private:
  [[nodiscard]] static guarded_text content(std::string_view text) {
    return guarded_text{arena_string{text}};
  }

  bool say(marker what) { return said_.record_in(context_ptr{}, std::move(what)); }

  std::string first_;
  Clock clock_;
  application<Event, Clock> said_;
};

} // namespace overt::inline v0::capture
