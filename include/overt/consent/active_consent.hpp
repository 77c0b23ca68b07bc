#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/consent/file_watch.hpp>
#include <overt/consent/receipt.hpp>
#include <overt/consent/signature_check.hpp>
#include <overt/consent/validate.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/consent_change.hpp>
#include <overt/event/result.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::consent {

/// Ends a consent from any thread, also after the consent itself was moved into a recorder or is gone.
/// No reason is asked, nothing can refuse it, and it cannot be undone.
class withdrawal {
public:
  void operator()() const noexcept {
    auto still = consent_state::active;
    state_->compare_exchange_strong(still, consent_state::withdrawn);
  }

private:
  friend class active_consent;
  explicit withdrawal(std::shared_ptr<std::atomic<consent_state>> state) : state_{std::move(state)} {}

  std::shared_ptr<std::atomic<consent_state>> state_;
};

/// A consent that holds. Only `activate` makes one (and `from_file`, which calls it), and a recorder is built
/// from nothing else. Once it has ended it stays ended; recording again needs a new activation.
///
///     auto agreed = overt::consent::activate(terms, overt::system_clocks{}, overt::consent::signed_by{key});
///     if (!agreed) { ... agreed.error().message ... }
///
/// `withdraw` and a `withdrawal` may be used from any thread at any time. Everything else is for one thread
/// at a time. A moved-from consent is an ended one.
class active_consent {
public:
  /// What a changed file means for the consent: `withdrawn` or `expired`; anything else is `invalidated`.
  using reading = std::function<consent_state(std::string_view content)>;

  active_consent(active_consent&&) noexcept = default;
  active_consent& operator=(active_consent&&) noexcept = default;
  active_consent(active_consent const&) = delete;
  active_consent& operator=(active_consent const&) = delete;
  ~active_consent() {} // user-provided: bytes cannot be cast into a consent

  /// What was agreed.
  [[nodiscard]] receipt const& terms() const noexcept { return *terms_; }

  /// Whether it holds at this moment, given by both clocks. Looks at the watched files; meant to be called
  /// about a hundred times a second. It ends on the wall clock (also one that is earlier than the grant) and
  /// on the monotonic clock, so that setting the wall clock back does not make it last longer.
  [[nodiscard]] consent_state state(timestamp now, std::int64_t wall_ns) {
    if (!state_) {
      return consent_state::invalidated;
    }
    if (auto const known = state_->load(); known != consent_state::active) {
      return known;
    }
    for (auto& each : watched_) {
      if (auto const content = each.file.changed_content()) {
        auto const meaning = each.means ? each.means(*content) : consent_state::invalidated;
        return end(meaning == consent_state::withdrawn || meaning == consent_state::expired
                       ? meaning
                       : consent_state::invalidated);
      }
    }
    if (now >= deadline_ || wall_ns >= terms_->expires_wall_ns || wall_ns < terms_->granted_wall_ns) {
      return end(consent_state::expired);
    }
    return state_->load();
  }

  /// Ends it. Any thread.
  void withdraw() const noexcept {
    if (state_) {
      withdrawal{state_}();
    }
  }

  /// Something to withdraw with that outlives this object: for a button, a signal handler's thread.
  /// Not of a moved-from consent.
  [[nodiscard]] withdrawal withdraw_later() const { return withdrawal{state_}; }

  /// From now on the consent also ends when this file changes (the policy, the notice).
  void watch(file_watch file, reading means = {}) {
    watched_.push_back({.file = std::move(file), .means = std::move(means)});
  }

private:
  template <clock_source Clock, signature_check Check>
  friend result<active_consent> activate(receipt terms, Clock const& clock, Check const& check);

  struct watched {
    file_watch file;
    reading means{};
  };

  active_consent(receipt terms, timestamp deadline)
      : terms_{std::make_shared<receipt const>(std::move(terms))}, deadline_{deadline},
        state_{std::make_shared<std::atomic<consent_state>>(consent_state::active)} {}

  consent_state end(consent_state how) {
    auto found = consent_state::active; // a withdrawal that came first is what it was
    return state_->compare_exchange_strong(found, how) ? how : found;
  }

  std::shared_ptr<receipt const> terms_;
  timestamp deadline_;
  std::shared_ptr<std::atomic<consent_state>> state_;
  std::vector<watched> watched_;
};

/// Turns a receipt into a consent that holds from now on, if it does: the only way to one. `check` says
/// whether it is the person's: `signed_by`, or `accept_unsigned` where that is known otherwise.
///
/// Errors: `consent_missing` (refused, withdrawn, expired, not begun yet), `invalid_input` (it says what no
/// receipt may say; see `validate`), those of `check`.
template <clock_source Clock, signature_check Check>
[[nodiscard]] result<active_consent> activate(receipt terms, Clock const& clock, Check const& check) {
  auto const now = clock.now();
  auto const wall = clock.wall_ns();
  if (auto const valid = validate(terms); !valid) {
    return valid.error();
  }
  if (auto const holds = holds_at(terms, wall); !holds) {
    return holds.error();
  }
  if (auto const theirs = check(terms); !theirs) {
    return theirs.error();
  }
  auto const deadline = now + (terms.expires_wall_ns - wall);
  return active_consent{std::move(terms), deadline};
}

} // namespace overt::inline v0::consent
