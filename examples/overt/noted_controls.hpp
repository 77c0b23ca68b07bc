#pragma once

#include "home.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <overt/consent/controls.hpp>
#include <overt/event/clock.hpp>
#include <overt/event/consent_change.hpp>
#include <overt/event/result.hpp>
#include <overt/redact/cleared.hpp>

namespace command {

/// A sink that notes in the ledger what the person does to a recording while it goes on, whichever way they
/// do it: pauses, resumptions, exemptions. What cannot be noted ends the recording.
class noted_controls {
public:
  noted_controls(home where, std::string record_id)
      : home_{std::move(where)}, record_id_{std::move(record_id)} {}

  /// Whose pauses these are. A copy of this sink asks them too.
  void follow(overt::consent::controls hand) const { *hand_ = std::move(hand); }

  template <class Event>
  void write(overt::cleared<Event> const& what) {
    what.visit([&](auto const& payload) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(payload)>, overt::consent_change>) {
        changed(payload.state);
      }
    });
  }
  [[nodiscard]] overt::result<void> flush() const { return noted_; }
  [[nodiscard]] overt::result<void> close(auto const&) const { return noted_; }

private:
  void changed(overt::consent_state to) {
    using overt::consent::ledger_kind;
    switch (to) {
    case overt::consent_state::paused: return tell(ledger_kind::paused, minutes());
    case overt::consent_state::resumed: return tell(ledger_kind::resumed, 0);
    case overt::consent_state::narrowed:
      return tell(ledger_kind::exempted, *hand_ ? (*hand_)->state().exempt.size() : 0);
    default: return;
    }
  }

  /// How long the pause is, in minutes that were begun; 0: until it is resumed.
  [[nodiscard]] std::uint64_t minutes() const {
    constexpr std::int64_t minute = 60'000'000'000;
    auto const until = *hand_ ? (*hand_)->state().until : std::nullopt;
    auto const left = until ? *until - overt::system_clocks{}.now() : 0;
    return left <= 0 ? 0 : static_cast<std::uint64_t>((left + minute - 1) / minute);
  }

  void tell(overt::consent::ledger_kind what, std::uint64_t count) {
    if (noted_) {
      noted_ = note(home_, {.kind = what, .record_id = record_id_, .count = count});
    }
  }

  home home_;
  std::string record_id_;
  std::shared_ptr<std::optional<overt::consent::controls>> hand_ =
      std::make_shared<std::optional<overt::consent::controls>>();
  overt::result<void> noted_{};
};

} // namespace command
