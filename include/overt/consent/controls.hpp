#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/consent/exemptions.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent {

/// Where a recording stands, as far as the person decides it while it goes on.
struct control_state {
  bool paused = false;
  bool timed = false;               ///< it goes on by itself
  std::optional<timestamp> until{}; ///< when, on the session's clock; known some milliseconds later
  bool stopping = false;            ///< the person asked for the end
  bool ended = false;               ///< the recorder has ended
  exemptions exempt{};
};

/// What the person may do to a recording while it goes on: a copyable handle. The recorder has one
/// (`recorder::controls()`) and hands it to an indicator that has `offer(consent::controls)`.
///
///     auto const hand = recorder.controls();
///     hand.pause_for(600'000'000'000); // ten minutes
///     hand.exempt_application("mousepad");
///
/// From the moment of `pause` nothing of a later time leaves, and nothing that was held back or undecided at
/// that moment leaves either, also not after `resume`. What happens during a pause is forgotten: of a text
/// that was begun before or during it, nothing leaves but what was written already. An exemption holds for
/// the rest of the session; nothing takes one back.
///
/// Any thread; nothing waits for the recorder, and none of it allocates but the exemptions. A recorder that
/// has ended takes no notice.
class controls {
public:
  controls() : shared_{std::make_shared<shared>()} {}

  /// Until `resume`.
  void pause() const { begin_pause(std::nullopt); }

  /// For so many nanoseconds (at most a year) from the moment at which the recorder takes notice, or until
  /// `resume`. During a pause: for so long from now. Nothing above 0: until `resume`.
  void pause_for(std::int64_t ns) const {
    constexpr std::int64_t year_ns = std::int64_t{366} * 86'400 * 1'000'000'000;
    begin_pause(ns > 0 ? std::optional{std::min(ns, year_ns)} : std::nullopt);
  }

  void resume() const {
    std::lock_guard const lock{shared_->mutex};
    end_pause(*shared_);
  }

  /// Pauses, or resumes: for a key.
  void toggle() const {
    std::lock_guard const lock{shared_->mutex};
    shared_->state.paused ? end_pause(*shared_) : begin_pause(*shared_, std::nullopt);
  }

  /// Takes an application, as contexts name it, out of the scope for the rest of the session.
  /// Errors: see `exemptions`.
  result<void> exempt_application(std::string_view name) const {
    return exempt([&](exemptions& all) { return all.add_application(name); });
  }

  /// The same for a site, wherever it is open.
  result<void> exempt_site(std::string_view address) const {
    return exempt([&](exemptions& all) { return all.add_site(address); });
  }

  /// The same for the application that has the keyboard, or had it last. Which that is, the recorder knows.
  void exempt_here() const {
    std::lock_guard const lock{shared_->mutex};
    ++shared_->asked_here;
    ++shared_->changes;
  }

  /// Ends the session, as its stop does.
  void stop() const {
    std::lock_guard const lock{shared_->mutex};
    shared_->state.stopping = true;
    ++shared_->changes;
  }

  [[nodiscard]] control_state state() const {
    std::lock_guard const lock{shared_->mutex};
    return shared_->state;
  }

  /// Calls `ask(exemptions const&)` while nobody changes them.
  template <class Ask>
  [[nodiscard]] auto exempts(Ask&& ask) const {
    std::lock_guard const lock{shared_->mutex};
    return ask(std::as_const(shared_->state.exempt));
  }

  [[nodiscard]] bool paused() const noexcept { return shared_->paused.load(std::memory_order_acquire); }

private:
  friend class controls_follower;

  struct shared {
    std::mutex mutex{};
    control_state state{};
    std::optional<std::int64_t> pause_ns{}; ///< of the pause that was asked for last
    std::uint64_t pauses = 0;               ///< so many times it was asked for
    std::uint64_t asked_here = 0;
    std::atomic<std::uint64_t> changes{0};
    std::atomic<bool> paused{false}; ///< as `state.paused`
  };

  void begin_pause(std::optional<std::int64_t> ns) const {
    std::lock_guard const lock{shared_->mutex};
    begin_pause(*shared_, ns);
  }
  static void begin_pause(shared& all, std::optional<std::int64_t> ns) {
    all.paused.store(true, std::memory_order_release);
    all.state.paused = true;
    all.state.timed = ns.has_value();
    all.state.until.reset();
    all.pause_ns = ns;
    ++all.pauses;
    ++all.changes;
  }
  static void end_pause(shared& all) {
    all.state.paused = all.state.timed = false;
    all.state.until.reset();
    all.pause_ns.reset();
    all.paused.store(false, std::memory_order_release);
    ++all.changes;
  }

  template <class Add>
  result<void> exempt(Add&& add) const {
    std::lock_guard const lock{shared_->mutex};
    auto added = add(shared_->state.exempt);
    if (added) {
      ++shared_->changes;
    }
    return added;
  }

  std::shared_ptr<shared> shared_;
};

} // namespace overt::inline v0::consent
