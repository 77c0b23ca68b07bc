#pragma once

#include <cstdint>

#include <overt/capture/answer_history.hpp>
#include <overt/event/context.hpp>
#include <overt/event/event_header.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0::capture {

enum class judgement : std::uint8_t { certain, waiting, unconfirmed, stale, secret, locked };

/// Whether two places belong to the same page, or both to none.
[[nodiscard]] inline bool same_site(context const& a, context const& b) noexcept {
  return v0::detail::guarded_access::same(a.origin, b.origin);
}

/// Whether an event's field is known and harmless, by what a source of fields answered around its time.
///
/// What goes to the keyboard is judged by every answer from the last one before it to the first one that was
/// given at least `window_ns` after it. A program handles a key some time after the key, so that an answer
/// given in between may still be about the field before; a field that turns out to be secret within that time
/// takes everything before its discovery with it. What `types` moreover has to stay in one page all that
/// time.
///
/// When the event is certain, `out` is set to its place by the first answer at or after it.
[[nodiscard]] inline judgement judge_field(answer_history const& answers, event_header const& head,
                                           input_lane lane, bool types, std::int64_t window_ns,
                                           context_ptr& out) {
  auto const when = head.time;
  auto const until = lane == input_lane::keyboard ? when + window_ns : when;
  auto const* const place = answers.at_or_after(when);
  if (place == nullptr) {
    return judgement::waiting;
  }
  if (!place->where) {
    return judgement::unconfirmed;
  }
  if (place->where.process() != head.context.process()) {
    return judgement::stale; // the two sources speak of different programs
  }
  if (answers.at_or_after(until) == nullptr) {
    return judgement::waiting;
  }
  auto worst = judgement::certain;
  answers.each_between(when, until, [&](answer_history::run const& run) {
    if (!run.where) {
      return; // what is not known at another moment says nothing about this one
    }
    auto const kind = run.where->field;
    if (lane == input_lane::keyboard && (kind == field_kind::secret || kind == field_kind::unknown)) {
      worst = judgement::secret;
    } else if (worst == judgement::certain && (types || lane == input_lane::pointer) &&
               !same_site(*run.where, *place->where)) {
      worst = judgement::stale;
    }
  });
  if (worst == judgement::certain) {
    out = place->where;
  }
  return worst;
}

} // namespace overt::inline v0::capture
