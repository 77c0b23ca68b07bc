#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

#include <overt/consent/controls.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/consent/x11/indicator_window.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent::x11 {

struct window_options {
  indicator_text text{};
  std::string display{}; ///< empty means $DISPLAY
};

/// A small window in the upper right corner of the primary monitor, above everything else: a red disc, the
/// word "Recording" and what is recorded; during a pause two amber bars, a broken frame, "Paused" and how
/// long still. A recorder hands it its controls; then it has four buttons, one click each: Pause (Resume), 10
/// min (a pause of ten minutes), Not here (exempts the application that has the keyboard) and Stop.
///
/// It takes no input focus, so that clicking it changes nothing about where keys go, and a recorder leaves
/// out what happens in windows of its own program. What it covers can be reached: it can be dragged away, and
/// a click beside its buttons sends it to the other upper corner.
///
/// A thread of its own asks the X server every 100 ms whether the window is mapped, viewable, in its place
/// and not entirely covered. When it is covered it raises itself. Unmapped, destroyed, killed or adopted by
/// anybody it is lost for good; on a server that does not answer it is lost until it does. What it cannot see
/// is what a compositing manager makes of it, and whether anybody looks at the screen.
///
/// `confirmed` reads an atomic. The thread runs with all signals blocked.
///
///     overt::consent::x11::window_indicator shown{{.text = indicator_text::of(consent.terms())}};
class window_indicator {
public:
  static constexpr std::string_view name = "x11_window";

  explicit window_indicator(window_options options) : options_{std::move(options)} {}
  window_indicator(window_indicator&&) noexcept = default;
  window_indicator& operator=(window_indicator&& other) noexcept {
    hide();
    options_ = std::move(other.options_);
    hand_ = std::move(other.hand_);
    shared_ = std::move(other.shared_);
    thread_ = std::move(other.thread_);
    return *this;
  }
  ~window_indicator() { hide(); }

  /// What its buttons do. The time left of a pause is told on `system_clocks`. Before `show`.
  void offer(controls hand) { hand_ = std::move(hand); }

  /// Waits until the server says that the window is visible, two seconds at most (and for as long as
  /// connecting to the server takes). Errors: `indicator_missing`.
  [[nodiscard]] result<void> show() {
    hide();
    shared_ = std::make_unique<shared>();
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    // The new thread inherits this: a server that goes away must not end the program through SIGPIPE.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread{
        [state = shared_.get(), options = options_, hand = hand_] { run(*state, options, hand); }};
    pthread_sigmask(SIG_SETMASK, &before, nullptr);

    std::unique_lock lock{shared_->mutex};
    shared_->changed.wait(lock, [&] { return shared_->connected; });
    shared_->changed.wait_for(lock, std::chrono::seconds{2}, [&] { return shared_->outcome.has_value(); });
    auto outcome = shared_->outcome.value_or(not_visible());
    lock.unlock();
    if (!outcome) {
      hide();
    }
    return outcome;
  }

  [[nodiscard]] std::optional<timestamp> confirmed() {
    if (!shared_) {
      return std::nullopt;
    }
    auto const last = shared_->confirmed_ns.load(std::memory_order_acquire);
    if (last == never_ || system_clocks{}.now() - timestamp{last} > longest_unconfirmed_ns) {
      return std::nullopt;
    }
    return timestamp{last};
  }

  /// Takes the window away and ends the thread, also one that waits for a server that does not answer.
  void hide() {
    if (!shared_) {
      return;
    }
    {
      std::lock_guard const lock{shared_->mutex};
      if (shared_->descriptor >= 0) {
        ::shutdown(shared_->descriptor, SHUT_RDWR); // which the thread takes for a server that is gone
      }
    }
    thread_.join();
    shared_.reset();
  }

private:
  static constexpr auto never_ = std::numeric_limits<std::int64_t>::min();
  static constexpr int round_ms_ = 100;
  static constexpr int soon_ms_ = 10; ///< while it is not visible

  struct shared {
    std::atomic<std::int64_t> confirmed_ns{never_};
    std::mutex mutex{};
    std::condition_variable changed{};
    bool connected = false;                ///< connecting succeeded or failed
    int descriptor = -1;                   ///< of the connection, while there is one
    std::optional<result<void>> outcome{}; ///< whether it was shown, once that is known
  };

  static failure not_visible() {
    return {
        error_code::indicator_missing,
        "The recording indicator cannot be shown: the X server does not show its window, or something covers "
        "it. Nothing is recorded."};
  }

  static void run(shared& state, window_options const& options, std::optional<controls> const& hand) {
    auto const settle = [&](result<void> outcome) {
      std::lock_guard const lock{state.mutex};
      state.connected = true;
      if (!state.outcome) {
        state.outcome = std::move(outcome);
        state.changed.notify_all();
      }
    };
    detail::indicator_window window;
    auto outcome = window.connect(options.display);
    if (!outcome) {
      return settle(std::move(outcome));
    }
    {
      std::lock_guard const lock{state.mutex};
      state.connected = true;
      state.descriptor = window.descriptor();
      state.changed.notify_all();
    }
    if (hand) {
      window.offer(*hand);
    }
    outcome = window.open(options.text);
    while (outcome && !window.lost()) {
      // What was seen is dated with the time of asking: it is not older than that.
      auto const asked = system_clocks{}.now();
      auto const visible = window.visible();
      window.process(system_clocks{}.now());
      if (visible && !window.lost()) {
        state.confirmed_ns.store(asked.ns, std::memory_order_release);
        settle({});
      }
      pollfd readable{.fd = window.descriptor(), .events = POLLIN, .revents = 0};
      ::poll(&readable, 1, visible ? round_ms_ : soon_ms_);
      window.process(system_clocks{}.now());
      window.update(system_clocks{}.now());
      window.process(system_clocks{}.now()); // which sends what was drawn
    }
    state.confirmed_ns.store(never_, std::memory_order_release);
    settle(outcome ? not_visible() : std::move(outcome));
    std::lock_guard const lock{state.mutex};
    state.descriptor = -1; // before the window closes it
  }

  window_options options_{};
  std::optional<controls> hand_{};
  std::unique_ptr<shared> shared_;
  std::thread thread_;
};

static_assert(indicator<window_indicator>);

} // namespace overt::inline v0::consent::x11
