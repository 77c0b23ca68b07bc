#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/capture/context_answer.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/context_ptr.hpp>
#include <overt/event/display.hpp>
#include <overt/event/field.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::detail {

/// Where a session was broken off by the person: which events belong to a time that must not leave although
/// they come after it. One thread.
template <any_event Event>
class session_breaks {
public:
  /// A number that a source gave last before the session went on. For each source, then `resume`.
  void number(std::uint64_t last) {
    auto const source = last >> 48;
    for (auto& known : last_numbers_) {
      if (known >> 48 == source) {
        known = std::max(known, last);
        return;
      }
    }
    last_numbers_.push_back(last);
  }

  void resume(timestamp when) {
    resumed_ = when;
    filled_before_ = true;
  }

  void narrow(timestamp when) noexcept { narrowed_ = when; }

  /// Whether an event tells of something from before the session went on: it is of that time, shows it, or
  /// was made of input from then. What a program says was filled into a field names no input; the first
  /// after a pause may be of before.
  [[nodiscard]] bool began_before(Event const& what) {
    if (!resumed_) {
      return false;
    }
    return what.header.time <= *resumed_ || what.visit([&](auto const& payload) {
      return shows_before(payload, *resumed_) || made_before(payload) || filled_before(payload);
    });
  }

  /// Whether an event shows more than its own place, and is of a time before something was exempted.
  [[nodiscard]] bool shows_exempt(Event const& what) const {
    return narrowed_ && what.visit([&](auto const& payload) { return shows_before(payload, *narrowed_); });
  }

  // --- what has the keyboard

  void heard(capture::context_answer const& answer) {
    if (answer.aspect == capture::context_aspect::application && answer.lane == input_lane::keyboard &&
        answer.where) {
      place_ = answer.where;
    }
  }

  void saw(Event const& what) {
    if (what.header.context && (what.lane() == input_lane::keyboard || !place_)) {
      place_ = what.header.context;
    }
  }

  /// The last place that the keyboard was in, as far as anybody said; null: nobody did.
  [[nodiscard]] context_ptr const& place() const noexcept { return place_; }

  // --- how the monitors stand

  /// Keeps the latest `display` of a pause, and leaves the event moved away. What was kept before is given
  /// back.
  [[nodiscard]] std::optional<Event> keep_monitors(Event& what) {
    std::optional<Event> replaced;
    if constexpr (Event::template carries<display>) {
      if (what.template get_if<display>() != nullptr) {
        if (monitors_) {
          replaced.emplace(std::move(*monitors_));
        }
        monitors_.reset();
        monitors_.emplace(std::move(what));
      }
    }
    return replaced;
  }
  [[nodiscard]] std::optional<Event> take_monitors() {
    std::optional<Event> taken;
    if (monitors_) {
      taken.emplace(std::move(*monitors_));
      monitors_.reset();
    }
    return taken;
  }

private:
  template <class Payload>
  [[nodiscard]] static bool shows_before(Payload const& payload, timestamp when) {
    if constexpr (follows_keyboard<Payload>()) {
      return payload.began() <= when;
    } else if constexpr (std::same_as<Payload, text>) {
      return payload.began.ns != 0 && payload.began <= when;
    } else {
      return false;
    }
  }

  template <class Payload>
  [[nodiscard]] bool made_before(Payload const& payload) const {
    bool before = false;
    for_each_field(payload, [&](auto const& description, auto const& member) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>, std::vector<std::uint64_t>>) {
        before = before || (description.unit == unit::event_number &&
                            std::ranges::any_of(member, [&](std::uint64_t number) {
                              return std::ranges::any_of(last_numbers_, [&](std::uint64_t last) {
                                return number >> 48 == last >> 48 && number <= last;
                              });
                            }));
      }
    });
    return before;
  }

  template <class Payload>
  [[nodiscard]] bool filled_before(Payload const& payload) {
    if constexpr (std::same_as<Payload, text>) {
      return payload.source == text_source::filled && std::exchange(filled_before_, false);
    } else {
      return false;
    }
  }

  std::optional<timestamp> resumed_;
  std::optional<timestamp> narrowed_;
  std::vector<std::uint64_t> last_numbers_; ///< one for each source
  bool filled_before_ = false;
  context_ptr place_;
  std::optional<Event> monitors_;
};

} // namespace overt::inline v0::detail
