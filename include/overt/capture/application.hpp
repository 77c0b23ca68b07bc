#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <string_view>
#include <thread>
#include <utility>

#include <overt/capture/backend.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/event.hpp>

namespace overt::inline v0::capture {

/// A program that records what happens in its own windows. It keeps one copy of this handle and gives the
/// recorder another:
///
///     capture::application<> app{"com.example.editor"};
///     overt::recorder rec{consent, indicator, app, policy, sink};
///     …
///     app.record(overt::clipboard{overt::clipboard_operation::copy});
///
/// `record` may be called from any thread, never waits, and does nothing while no session is open. The
/// program answers for its own contexts, so nothing waits for a confirmation.
template <any_event Event = overt::event, clock_source Clock = system_clocks>
class application {
public:
  static constexpr std::string_view name = "application";
  using backend_tag = void;
  using event_type = Event;

  /// `id`: the application as the consent and the policy name it.
  explicit application(std::string_view id, Clock clock = {})
      : shared_{std::make_shared<shared>(std::move(clock))} {
    shared_->here = in(context{.application = guarded_text{arena_string{id}}});
  }

  /// Another place in this program: a window with a title, a field of a kind. Make it once, and use it for
  /// all that happens there.
  [[nodiscard]] static context_ptr in(context place) { return context_ptr{std::move(place)}; }

  /// Something happened just now. False when no session is open or the ring was full.
  template <class Payload>
  bool record(Payload&& content) {
    return record_in(shared_->here, std::forward<Payload>(content));
  }

  template <class Payload>
  bool record_in(context_ptr where, Payload&& content) {
    shared_->pushing.fetch_add(1);
    auto* const out = shared_->out.load();
    bool const pushed = out != nullptr && out->push_confirmed(shared_->clock.now(), std::move(where),
                                                              std::forward<Payload>(content));
    shared_->pushing.fetch_sub(1);
    return pushed;
  }

  /// One session at a time: a program that is part of two recorders needs two of these.
  [[nodiscard]] result<source> open(port<Event>&) {
    if (shared_->taken.exchange(true)) {
      return failure{error_code::misuse,
                     "this capture::application is part of another session that is still open. "
                     "Make another one for a second recorder."};
    }
    return source{.backend = name, .state = source_state::opened, .can_see = capability::application};
  }

  /// Lets the program's own threads push, from when the person can see that recording is on until the stop.
  /// Leaves no thread inside `record` behind.
  [[nodiscard]] result<void> run(port<Event>& out, std::stop_token stop) {
    shared_->out.store(&out);
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    close();
    return {};
  }

  /// Ends recording now. Called by `run`, and safe to call again.
  void close() {
    shared_->out.store(nullptr);
    while (shared_->pushing.load() != 0) {
      std::this_thread::yield();
    }
    shared_->taken.store(false);
  }

private:
  struct shared {
    explicit shared(Clock given) : clock{std::move(given)} {}
    Clock clock;
    context_ptr here;
    std::atomic<bool> taken{false}; ///< by a session that was opened
    std::atomic<port<Event>*> out{nullptr};
    std::atomic<int> pushing{0};
  };

  std::shared_ptr<shared> shared_;
};

} // namespace overt::inline v0::capture
