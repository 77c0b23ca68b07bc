#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include <overt/capture/backend.hpp>
#include <overt/consent/active_consent.hpp>
#include <overt/consent/indicator.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/event.hpp>
#include <overt/redact/chain.hpp>
#include <overt/redact/digest.hpp>
#include <overt/redact/key_times.hpp>
#include <overt/redact/only.hpp>

/// Everything a recorder needs, made for tests: clocks that go as fast as they are read, an indicator that
/// does as it is told, an agreed consent and a backend that is a function.
namespace overt_test {

/// A handle to a clock that takes a step each time it is read. The wall clock goes along with it.
class fake_clock {
public:
  static constexpr std::int64_t wall_start = 1'700'000'000'000'000'000;

  explicit fake_clock(std::int64_t step_ns = 1'000'000, std::int64_t start_ns = 1'000'000'000'000)
      : shared_{std::make_shared<shared>()} {
    shared_->start = start_ns;
    shared_->step = step_ns;
    shared_->ns = start_ns;
  }

  [[nodiscard]] overt::timestamp now() const {
    return {shared_->ns.fetch_add(shared_->step) + shared_->step};
  }
  [[nodiscard]] std::int64_t wall_ns() const {
    return wall_start + shared_->ns.load() - shared_->start + shared_->wall_jump.load();
  }

  /// What it shows, without a step.
  [[nodiscard]] overt::timestamp look() const { return {shared_->ns.load()}; }
  void advance(std::int64_t ns) const { shared_->ns.fetch_add(ns); }
  void jump_wall(std::int64_t ns) const { shared_->wall_jump.fetch_add(ns); }

private:
  struct shared {
    std::atomic<std::int64_t> ns{0};
    std::atomic<std::int64_t> wall_jump{0};
    std::int64_t start = 0;
    std::int64_t step = 0;
  };
  std::shared_ptr<shared> shared_;
};

/// An indicator of a program's own.
class fake_indicator {
public:
  static constexpr std::string_view name = "test lamp";

  explicit fake_indicator(fake_clock clock) : clock_{std::move(clock)} {}

  [[nodiscard]] overt::result<void> show() {
    ++shows;
    if (broken) {
      return overt::failure{overt::error_code::indicator_missing, "the lamp is broken"};
    }
    visible.store(true);
    return {};
  }

  [[nodiscard]] std::optional<overt::timestamp> confirmed() {
    if (when_asked) {
      when_asked();
    }
    if (!visible.load()) {
      return std::nullopt;
    }
    auto const frozen = stuck_at.load();
    return frozen != 0 ? overt::timestamp{frozen} : clock_.look();
  }

  void hide() {
    ++hides;
    visible.store(false);
  }

  bool broken = false;
  int shows = 0;
  int hides = 0;
  std::atomic<bool> visible{false};
  std::function<void()> when_asked{};    ///< on the recorder's thread, in the middle of a round
  std::atomic<std::int64_t> stuck_at{0}; ///< when not 0: the last moment at which it was seen

private:
  fake_clock clock_;
};

/// A receipt that agrees to exactly this chain, for one hour of the fake clock.
template <class... Policies>
overt::consent::receipt receipt_for(overt::redact::chain<Policies...> const& policies,
                                    std::string_view indicator = fake_indicator::name) {
  overt::consent::receipt terms{.record_id = "6b1a6e3e-0a55-4c1c-9f2e-2f6d2a0b7f11",
                                .receipt_id = "0e0c2f0a-7a6c-4a7e-8e0a-7e6a5f4b3c2d",
                                .principal = "psn1:0123456789abcdef0123456789abcdef",
                                .language = "en",
                                .jurisdiction = "DE",
                                .preset = overt::consent::jurisdiction_preset::research_irb,
                                .purposes = {overt::consent::purpose::academic_research},
                                .grants = overt::redact::needs_of(policies),
                                .apps = std::get<overt::redact::only>(policies.policies).applications,
                                .sites = std::get<overt::redact::only>(policies.policies).origins,
                                .never = overt::consent::never::password_fields,
                                .keystroke_timing = overt::redact::key_times_of(policies),
                                .policy_digest = overt::redact::digest_of(policies, indicator),
                                .latest = overt::consent::consent_event::given,
                                .granted_wall_ns = fake_clock::wall_start - 1'000'000'000,
                                .expires_wall_ns =
                                    fake_clock::wall_start + std::int64_t{3600} * 1'000'000'000,
                                .retention_days = 1};
  terms.pointer_max_hz = 1000;
  return terms;
}

/// A backend that is a function. It may call `push…`, `answer` and `request_stop` of the port, and returns
/// when it is done; then the backend waits to be stopped.
template <class Event = overt::event>
struct scripted {
  static constexpr std::string_view name = "scripted";
  using backend_tag = void;
  using event_type = Event;
  using script = std::function<overt::result<void>(overt::capture::port<Event>&, std::stop_token const&)>;

  script act = {};
  std::function<overt::result<overt::source>(overt::capture::port<Event>&)> opening = {};

  [[nodiscard]] overt::result<overt::source> open(overt::capture::port<Event>& out) {
    return opening ? opening(out) : overt::source{.backend = name, .can_see = overt::capability::keys};
  }

  [[nodiscard]] overt::result<void> run(overt::capture::port<Event>& out, std::stop_token stop) {
    return act(out, stop);
  }
};

} // namespace overt_test
