#pragma once

#include <cstdint>
#include <optional>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/event/context.hpp>
#include <overt/event/scroll.hpp>

namespace overt::inline v0::dataset {

/// Turns of the wheel to scrolls. Turns are one scroll in one direction, with the same modifiers, in one
/// place and without a pause; up and down never cancel each other. Sums are exact, in 120ths of a notch.
class scroll_reduction {
public:
  /// The action that this turn belongs to; none where it turned by nothing and belongs to none.
  action_drafts::number turn(action_drafts& into, reduce_options const& options, moment at,
                             scroll const& what, std::optional<context> const& where) {
    if (goes_on(into, options, at, what, where)) {
      into.adopt(action_, at, gap_lane::pointer);
      auto* const made = into.get_if<scroll_action>(action_);
      made->dx_v120 += what.dx_v120;
      made->dy_v120 += what.dy_v120;
    } else if (what.dx_v120 == 0 && what.dy_v120 == 0) {
      into.leave(at.sequence, left_over::unknown);
      return action_drafts::none;
    } else {
      action_ = into.begin(
          scroll_action{.dx_v120 = what.dx_v120, .dy_v120 = what.dy_v120, .held = what.held, .at = what.at},
          at, where);
    }
    last_ = at.time;
    return action_;
  }

  /// Something else was done, or is missing.
  void interrupt() { action_ = action_drafts::none; }

private:
  [[nodiscard]] bool goes_on(action_drafts& into, reduce_options const& options, moment at,
                             scroll const& what, std::optional<context> const& where) const {
    if (action_ == action_drafts::none ||
        (pause_between(last_, at.time) > options.scroll_gap_ns &&
         options.surely_at_least(pause_between(last_, at.time), options.scroll_gap_ns))) {
      return false;
    }
    auto const& so_far = *into.get_if<scroll_action>(action_);
    constexpr auto locks = modifiers::caps_lock | modifiers::num_lock;
    bool const nothing = what.dx_v120 == 0 && what.dy_v120 == 0;
    return (nothing ||
            (sign(so_far.dx_v120) == sign(what.dx_v120) && sign(so_far.dy_v120) == sign(what.dy_v120))) &&
           without(so_far.held, locks) == without(what.held, locks) &&
           nearer_than(options.scroll_px + 1, so_far.at, what.at) &&
           goes_on_at(into[action_].what.where, where) && fits(so_far.dx_v120, what.dx_v120) &&
           fits(so_far.dy_v120, what.dy_v120);
  }

  [[nodiscard]] static constexpr int sign(std::int32_t value) noexcept { return (value > 0) - (value < 0); }
  [[nodiscard]] static constexpr bool fits(std::int32_t a, std::int32_t b) noexcept {
    auto const sum = std::int64_t{a} + b;
    return sum >= INT32_MIN && sum <= INT32_MAX;
  }

  action_drafts::number action_ = action_drafts::none;
  timestamp last_{};
};

} // namespace overt::inline v0::dataset
