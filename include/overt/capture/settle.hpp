#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <overt/capture/answer_history.hpp>
#include <overt/capture/context_answer.hpp>
#include <overt/capture/field_judgement.hpp>
#include <overt/capture/hold_buffer.hpp>
#include <overt/capture/lock_history.hpp>
#include <overt/capture/merged_context.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/key.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0::capture {

struct settle_options {
  std::int64_t hold_ns = 300'000'000;   ///< how long an event may wait to be confirmed
  std::int64_t reorder_ns = 50'000'000; ///< how late an event may come and still find its place in the order
  std::int64_t secret_window_ns = 200'000'000; ///< how late the news may be that a field is secret
  std::size_t capacity = 16384;                ///< events that may wait at once
};

/// Holds every event until it is certain where it went, and brings them all into the order of time.
///
/// News of the focus comes later than the keys it belongs to: a password typed right after Tab arrives before
/// the notice that the field is secret. So an event waits for the first answer that its sources give at or
/// after its own time. The application's answer has to name the very context that the event came with;
/// otherwise it went somewhere else than it seemed. If a source of fields is part of the session, its answers
/// are awaited too (see `judge_field`): what the keyboard does waits for `secret_window_ns`, and a field that
/// turns out to be secret within that time takes it along. No answer in time: withheld.
///
/// While the screen is locked everything is withheld, whoever confirmed it, and so is what came up to
/// `secret_window_ns` before the news of that: somebody locks it and types their password at once.
///
/// One thread. Fixed memory; nothing is allocated except when a new pair of contexts is put together.
template <any_event Event>
class settle {
public:
  explicit settle(settle_options options = {}) : options_{options}, held_{options.capacity} {}

  /// From now on input also waits for answers about fields.
  void require_fields() noexcept { fields_required_ = true; }

  [[nodiscard]] std::size_t held() const noexcept { return held_.size(); }

  void answer(context_answer given) {
    if (given.aspect == context_aspect::screen) {
      return locks_.add(given.as_of, given.locked);
    }
    history(given.aspect, given.lane).add(given.as_of, std::move(given.where));
  }

  /// Takes an event in. `out.withhold(Event&&, reason)` gets it back at once when it came too late for its
  /// place, or there is no room.
  template <class Out>
  void push(Event&& what, Out& out) {
    if (released_ && what.header.time < *released_) {
      out.withhold(std::move(what), withheld_reason::late);
    } else if (held_.full()) {
      out.withhold(std::move(what), withheld_reason::no_room);
    } else {
      held_.insert(std::move(what));
    }
  }

  /// Hands on, in order, what is certain: `out.push(Event&&)`, or `out.withhold(Event&&, reason)`. Nothing
  /// later than `allowed` is handed on: the moment up to which consent and indicator were confirmed.
  template <class Out>
  void advance(timestamp now, timestamp allowed, Out& out) {
    while (!held_.empty()) {
      auto& first = held_.front();
      auto const waited = now - first.header.time;
      if (waited < options_.reorder_ns || first.header.time > allowed) {
        return;
      }
      auto judged = judge(first);
      if (judged == judgement::waiting) {
        if (waited < options_.hold_ns) {
          return;
        }
        judged = judgement::unconfirmed;
      }
      hand_on(judged, out);
    }
  }

  /// Whether anything that happened up to `when` is still held.
  [[nodiscard]] bool holds_until(timestamp when) noexcept {
    return !held_.empty() && held_.front().header.time <= when;
  }

  /// Withholds everything that is still held: the consent or the session ended.
  template <class Out>
  void withhold_all(withheld_reason reason, Out& out) {
    withhold_until(timestamp{INT64_MAX}, reason, out);
  }

  /// Withholds what happened up to `when` and is still held.
  template <class Out>
  void withhold_until(timestamp when, withheld_reason reason, Out& out) {
    while (holds_until(when)) {
      held_.take_front([&](Event&& what) { out.withhold(std::move(what), reason); });
    }
  }

  /// Gives everything that is still held to `use(Event&&)`, in order.
  template <class Use>
  void take_all(Use&& use) {
    while (!held_.empty()) {
      held_.take_front(use);
    }
  }

private:
  template <class Out>
  void hand_on(judgement judged, Out& out) {
    held_.take_front([&](Event&& what) {
      released_ = what.header.time;
      switch (judged) {
      case judgement::certain: out.push(std::move(what)); break;
      case judgement::stale: out.withhold(std::move(what), withheld_reason::stale_context); break;
      case judgement::secret: out.withhold(std::move(what), withheld_reason::secret_field); break;
      case judgement::locked: out.withhold(std::move(what), withheld_reason::screen_locked); break;
      case judgement::waiting:
      case judgement::unconfirmed: out.withhold(std::move(what), withheld_reason::unconfirmed); break;
      }
    });
  }

  [[nodiscard]] judgement judge(Event& what) {
    auto const began = beginning_of_follower(what);
    if (what.lane() != input_lane::none &&
        locks_.any_between(began.value_or(what.header.time), what.header.time + options_.secret_window_ns)) {
      return judgement::locked;
    }
    if (what.header.confirmed) {
      return judgement::certain;
    }
    if (began) {
      return judge_follower(what, *began);
    }
    auto const lane = what.lane();
    auto const when = what.header.time;
    auto const* const place = history(context_aspect::application, lane).at_or_after(when);
    if (place == nullptr) {
      return judgement::waiting;
    }
    if (!place->where) {
      return judgement::unconfirmed;
    }
    if (!(place->where == what.header.context)) {
      return judgement::stale;
    }
    if (!fields_required_) {
      return judgement::certain;
    }
    context_ptr in;
    auto const judged = judge_field(history(context_aspect::field, lane), what.header, lane, types(what),
                                    options_.secret_window_ns, in);
    if (judged == judgement::certain) {
      what.header.context = merged_[static_cast<std::size_t>(lane)].of(what.header.context, in);
      what.header.confirmed = true;
    }
    return judged;
  }

  /// When it began, for a payload that goes where the keyboard goes.
  [[nodiscard]] static std::optional<timestamp> beginning_of_follower(Event const& what) {
    return what.visit([](auto const& payload) { return beginning_of(payload); });
  }
  template <class Payload>
  [[nodiscard]] static std::optional<timestamp> beginning_of(Payload const& payload) {
    if constexpr (follows_keyboard<Payload>()) {
      return payload.began();
    } else {
      return std::nullopt;
    }
  }

  /// A picture is of the moment: it is in the place of the keyboard, if that was one program from its
  /// beginning to its end, and in no secret field from before until well after.
  [[nodiscard]] judgement judge_follower(Event& what, timestamp began) {
    auto const when = what.header.time;
    auto const& places = history(context_aspect::application, input_lane::keyboard);
    auto const* const place = places.at_or_after(when);
    if (place == nullptr) {
      return judgement::waiting;
    }
    if (!place->where) {
      return judgement::unconfirmed;
    }
    bool moved = false;
    places.each_between(began, when, [&](answer_history::run const& run) {
      moved = moved || !run.where || run.where.process() != place->where.process();
    });
    if (moved) {
      return judgement::stale;
    }
    context_ptr in;
    if (fields_required_) {
      // No field at all may have the keyboard: a menu is open. What the picture shows was read by itself.
      auto const& fields = history(context_aspect::field, input_lane::keyboard);
      auto const until = began + std::max(when - began, options_.secret_window_ns);
      if (fields.at_or_after(until) == nullptr) {
        return judgement::waiting;
      }
      bool secret = false;
      fields.each_between(began, until, [&](answer_history::run const& run) {
        bool const here = run.where && run.where.process() == place->where.process();
        secret = secret || (run.where && (run.where->field == field_kind::secret ||
                                          run.where->field == field_kind::unknown));
        in = here ? run.where : in;
      });
      if (secret) {
        return judgement::secret;
      }
    }
    what.header.context =
        in ? merged_[static_cast<std::size_t>(input_lane::keyboard)].of(place->where, in) : place->where;
    what.header.confirmed = true;
    return judgement::certain;
  }

  /// Whether it may put something into a field: a key that moves about does not, nor does one that came up.
  [[nodiscard]] static bool types(Event const& what) {
    return what.visit([](auto const& payload) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(payload)>, key>) {
        return payload.kind <= key_class::dead;
      } else {
        return true;
      }
    });
  }

  [[nodiscard]] answer_history& history(context_aspect aspect, input_lane lane) noexcept {
    return histories_[static_cast<std::size_t>(aspect)][static_cast<std::size_t>(lane)];
  }

  settle_options options_;
  hold_buffer<Event> held_;
  std::array<std::array<answer_history, 3>, 2> histories_{};
  lock_history locks_;
  std::array<merged_context, 3> merged_{}; ///< one for each lane: they are in different places at once
  std::optional<timestamp> released_;
  bool fields_required_ = false;
};

} // namespace overt::inline v0::capture
