#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <overt/event/literal.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0::redact {

/// Remembers what was withheld since the last event that was written, and tells it in as few notices as
/// possible. Fixed size; one per pipeline.
///
/// A stretch in which amounts are hidden (see `hides_amount`) becomes one gap, however many events, lanes and
/// reasons it had. It ends for a lane when an event of that lane is written, and is not told twice while it
/// lasts: otherwise working here while the pointer rests there would make a gap for every key, and the gaps
/// would count the keys.
template <std::size_t PayloadCount>
class withheld_ledger {
public:
  /// An event of payload number `payload` and of `lane` was withheld.
  void add(std::size_t payload, input_lane lane, timestamp when, withheld_reason reason,
           literal rule) noexcept {
    if (hides_amount(reason)) {
      auto& hidden = hidden_[static_cast<std::size_t>(lane)];
      if (!hidden || told_.reason) {
        told_.add(reason, when);
      }
      hidden = true;
      last_hidden_ = std::max(last_hidden_, when);
      return;
    }
    count_up(payload, 1, when, reason, rule);
  }

  /// From here on everything is hidden, for one reason, and that is told once: also when nothing happens
  /// meanwhile, and when what was hidden before was told already.
  void hide_all(timestamp when, withheld_reason reason) noexcept {
    told_.add(reason, when);
    hidden_.fill(true);
    last_hidden_ = std::max(last_hidden_, when);
  }

  /// Events that were lost before anybody could say where they went.
  void add_lost(std::size_t payload, std::uint64_t count, timestamp when, withheld_reason reason) noexcept {
    for (bool const hidden : hidden_) {
      if (hidden) {
        told_.add(reason, when);
        return;
      }
    }
    count_up(payload, count, when, reason, {});
  }

  /// What `tell` has to say before an event of `lane` is written. Calls `gap_of(when, reason, payload or
  /// none, count)` and `redaction_of(when, reason, rule, payload, count)`.
  template <class Gap, class Redaction>
  void flush(Gap&& gap_of, Redaction&& redaction_of) {
    if (told_.reason) {
      gap_of(told_.first, *told_.reason, std::optional<std::size_t>{}, std::optional<std::uint64_t>{});
      told_.reason.reset();
    }
    if (!std::exchange(counted_any_, false)) {
      return;
    }
    for (std::size_t payload = 0; payload < PayloadCount; ++payload) {
      for (auto& entry : counted_[payload]) {
        if (entry.count == 0) {
          continue;
        }
        if (is_loss(entry.reason)) {
          gap_of(entry.first, entry.reason, std::optional<std::size_t>{payload},
                 std::optional<std::uint64_t>{entry.count});
        } else {
          redaction_of(entry.first, entry.reason, entry.rule, payload, entry.count);
        }
        entry = {};
      }
    }
  }

  /// Whether something was hidden at `when`, or shortly before.
  [[nodiscard]] bool hid_until(timestamp when) const noexcept {
    constexpr std::int64_t shortly_ns = 2'000'000'000;
    return last_hidden_.ns != INT64_MIN && when - last_hidden_ < shortly_ns;
  }

  [[nodiscard]] bool has_news() const noexcept { return told_.reason.has_value() || counted_any_; }

  /// An event of this lane was written: the next stretch of hidden ones is a new one.
  void written(input_lane lane) noexcept { hidden_[static_cast<std::size_t>(lane)] = false; }

private:
  struct counted_stretch {
    std::uint64_t count = 0;
    timestamp first{};
    withheld_reason reason = withheld_reason::not_disclosed;
    literal rule{};
  };

  void count_up(std::size_t payload, std::uint64_t count, timestamp when, withheld_reason reason,
                literal rule) noexcept {
    auto& entry = stretch_of(payload, reason, rule);
    if (entry.count == 0) {
      entry.first = when;
      entry.reason = reason;
      entry.rule = rule;
    }
    entry.count += count;
    counted_any_ = true;
  }

  /// Each reason and rule is counted by itself, so that no loss hides behind what a policy decided. When all
  /// places are taken, the last of the same kind takes it in; the last place of all is for losses only.
  [[nodiscard]] counted_stretch& stretch_of(std::size_t payload, withheld_reason reason,
                                            literal rule) noexcept {
    auto& entries = counted_[payload];
    auto const last = is_loss(reason) ? entries.size() - 1 : entries.size() - 2;
    for (std::size_t i = 0; i < last; ++i) {
      if (entries[i].count == 0 || (entries[i].reason == reason && entries[i].rule == rule)) {
        return entries[i];
      }
    }
    return entries[last];
  }

  /// Nobody decided to withhold it: it was lost.
  [[nodiscard]] static constexpr bool is_loss(withheld_reason reason) noexcept {
    return reason == withheld_reason::no_room || reason == withheld_reason::late ||
           reason == withheld_reason::output_failed || reason == withheld_reason::source_lost;
  }

  struct hidden_stretch {
    std::optional<withheld_reason> reason{};
    timestamp first{};

    /// The reason that says most stands for the whole stretch: on the way to another application there is
    /// always a moment in which nothing is confirmed.
    void add(withheld_reason why, timestamp when) noexcept {
      if (!reason) {
        first = when;
      }
      if (!reason || rank(why) > rank(*reason)) {
        reason = why;
      }
    }

    [[nodiscard]] static constexpr int rank(withheld_reason why) noexcept {
      switch (why) {
      case withheld_reason::consent_ended: return 9;
      case withheld_reason::indicator_lost: return 8;
      case withheld_reason::paused: return 7;
      case withheld_reason::screen_locked: return 6;
      case withheld_reason::secret_field: return 5;
      case withheld_reason::outside_scope: return 4;
      case withheld_reason::unknown_field: return 3;
      case withheld_reason::stale_context: return 2;
      default: return 1;
      }
    }
  };

  hidden_stretch told_;
  std::array<bool, 3> hidden_{};
  std::array<std::array<counted_stretch, 6>, PayloadCount> counted_{};
  timestamp last_hidden_{INT64_MIN};
  bool counted_any_ = false;
};

} // namespace overt::inline v0::redact
