#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include <overt/capture/input_hint.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture {

/// When pictures are taken. The defaults are for a person at work: about one for each act.
struct picture_pace_options {
  std::int64_t quiet_ns = 150'000'000;          ///< the screen is at rest when nothing changed for so long
  std::int64_t after_action_ns = 200'000'000;   ///< after a click or a command, at the earliest
  std::int64_t longest_wait_ns = 1'500'000'000; ///< and at the latest, even if nothing comes to rest
  std::int64_t typing_pause_ns = 700'000'000;
  std::int64_t longest_typing_ns = 15'000'000'000; ///< of somebody who makes no pause
  std::int64_t scroll_end_ns = 300'000'000;
  std::int64_t idle_ns = 600'000'000;          ///< the screen changed by itself, this long ago
  std::int64_t idle_again_ns = 10'000'000'000; ///< and nobody did anything since the last one: a caret blinks
  std::int64_t hand_rest_ns = 300'000'000;     ///< the hand is at rest when it did nothing for so long
  std::int64_t period_ns = 60'000'000'000;     ///< on a screen that never comes to rest
  std::int64_t shortest_ns = 250'000'000;      ///< between two pictures
  std::uint32_t most_a_minute = 90;
};

/// Decides when a picture is due, from what the hand does and when the screen changes. One thread; no clock
/// of its own.
///
/// The picture that shows the screen before an act is the last one before the hand began to move. So one is
/// taken when the screen came to rest after an act, and when the hand begins to move although the screen has
/// changed since the last one.
class picture_pace {
public:
  explicit picture_pace(picture_pace_options options = {}) : options_{options} {}

  void saw(input_hint const& hint) {
    auto const at = hint.time;
    if (hint.what != hint_kind::pictured) {
      since_act_ = 0;
      repeated_ = 0;
    }
    switch (hint.what) {
    case hint_kind::pointer_moved: hand_moved(at); return;
    case hint_kind::button_down: break; // too late for what was before; and a menu opens just now

    case hint_kind::button_up: want(frame_reason::after_action, at, options_.after_action_ns); break;
    case hint_kind::wheel: want(frame_reason::scroll_end, at, options_.scroll_end_ns); break;
    case hint_kind::focus_moved: want(frame_reason::focus, at, options_.after_action_ns); return;
    case hint_kind::key_down:
      if (hint.use == key_use::modifier) {
        return;
      }
      if (hint.use == key_use::enters || hint.use == key_use::erases || hint.use == key_use::space) {
        want(frame_reason::typing_pause, at, options_.typing_pause_ns);
      } else {
        want(frame_reason::after_action, at, options_.after_action_ns);
      }
      break;
    case hint_kind::key_up:
    case hint_kind::pictured: return;
    }
    hand_ = at;
  }

  /// The screen changed.
  void changed(timestamp at) {
    stale_ = true;
    news_ = true;
    changed_ = at;
  }

  /// Whether a picture is due, and why.
  [[nodiscard]] std::optional<frame_reason> due(timestamp now) const {
    auto const next = next_due();
    return next && now >= next->at ? std::optional{next->why} : std::nullopt;
  }

  /// When it is worth asking again; nothing while nothing happens.
  [[nodiscard]] std::optional<timestamp> next_at() const {
    auto const next = next_due();
    return next ? std::optional{next->at} : std::nullopt;
  }

  /// One was taken, of what the screen showed at this moment. `changed` of later counts anew.
  void taken(timestamp grabbed) {
    spend(grabbed);
    last_ = grabbed;
    ++since_act_;
    repeated_ = 0;
    news_ = stale_ = changed_ > grabbed;
    if (wanted_ && wanted_->earliest > grabbed) {
      wanted_->since = grabbed; // it came too early to show what was wanted, the result of an act
    } else {
      wanted_.reset();
    }
    before_ = false;
  }

  /// One was taken, and shows nothing that was not shown before: what changes comes and goes, as a caret
  /// does. It is looked at half as often each time, until the hand does something; and it is not known that
  /// the last picture shows what is there when the hand moves.
  void repeated(timestamp grabbed) {
    auto const times = std::min(repeated_ + 1, most_repeated);
    taken(grabbed);
    repeated_ = times;
    stale_ = true;
  }

  /// One was tried for, and the screen changed meanwhile: again, a little later.
  void failed(timestamp now, frame_reason why) {
    spend(now);
    last_ = now;
    changed(now);
    before_ = false;
    if (!wanted_ && why != frame_reason::before_action) { // it is too late for that one
      wanted_ = wish{why, now, now + options_.quiet_ns};
    }
  }

private:
  struct wish {
    frame_reason why = frame_reason::idle;
    timestamp since{};
    timestamp earliest{};
  };
  struct answer {
    frame_reason why = frame_reason::idle;
    timestamp at{};
  };

  void hand_moved(timestamp at) {
    if (stale_ && at - hand_ >= options_.hand_rest_ns) {
      before_ = true;
      before_at_ = at;
    }
    hand_ = at;
  }

  /// Another wish on top of one keeps the weightier reason and waits for the later moment.
  void want(frame_reason why, timestamp at, std::int64_t wait_ns) {
    if (wanted_) {
      wanted_->why = std::min(wanted_->why, why);
      wanted_->earliest = std::max(wanted_->earliest, at + wait_ns);
    } else {
      wanted_ = wish{why, at, at + wait_ns};
    }
  }

  [[nodiscard]] std::optional<answer> next_due() const {
    std::optional<answer> next;
    auto const offer = [&](frame_reason why, timestamp at) {
      if (!next || at < next->at) {
        next = answer{why, at};
      }
    };
    if (before_) {
      offer(frame_reason::before_action, before_at_); // at once, whatever else is due
    } else if (wanted_) {
      auto const rest = std::max(wanted_->earliest, changed_ + options_.quiet_ns);
      bool const typing = wanted_->why == frame_reason::typing_pause;
      auto const longest = typing ? options_.longest_typing_ns : options_.longest_wait_ns;
      offer(wanted_->why, std::min(rest, wanted_->since + longest));
    } else if (news_) {
      auto const rest = changed_ + options_.idle_ns;
      auto const again = last_ + (options_.idle_again_ns << repeated_);
      offer(frame_reason::idle, since_act_ < 3 && repeated_ == 0 ? rest : std::max(rest, again));
      offer(frame_reason::period, last_ + (options_.period_ns << repeated_));
    }
    if (next) {
      next->at = std::max(next->at, last_ + options_.shortest_ns);
      if (spent_ >= options_.most_a_minute) {
        next->at = std::max(next->at, minute_ + minute_ns);
      }
    }
    return next;
  }

  void spend(timestamp now) {
    if (now - minute_ >= minute_ns) {
      minute_ = now;
      spent_ = 0;
    }
    ++spent_;
  }

  static constexpr std::int64_t minute_ns = 60'000'000'000;
  static constexpr int most_repeated = 6; ///< then it is looked at about every ten minutes

  picture_pace_options options_;
  std::optional<wish> wanted_{};
  bool before_ = false;
  timestamp before_at_{};
  bool stale_ = true;           ///< the screen may show something else than the last picture
  bool news_ = true;            ///< the screen changed since somebody looked
  int repeated_ = 0;            ///< looks since the hand did something that showed nothing new
  std::uint32_t since_act_ = 0; ///< pictures since the hand did something
  timestamp changed_{};
  timestamp hand_{};
  timestamp last_{};
  timestamp minute_{};
  std::uint32_t spent_ = 0;
};

} // namespace overt::inline v0::capture
