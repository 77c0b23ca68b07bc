#pragma once

#include <overt/event/clearance.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0 {

/// What a policy says about an event. A policy that returns nothing passes it on.
///
/// An event leaves only if some policy released it and none withheld it. Releasing takes the stronger key, so
/// that a policy that was only cleared to look cannot let anything out.
class verdict {
public:
  /// No opinion.
  [[nodiscard]] static constexpr verdict pass() noexcept { return {}; }

  /// It must not leave. Final: later policies are not asked.
  [[nodiscard]] static constexpr verdict withhold(withheld_reason why = withheld_reason::by_policy) noexcept {
    verdict made;
    made.kind_ = kind::withhold;
    made.reason_ = why;
    return made;
  }

  /// It was taken in and becomes part of another event. Final, as withholding is; counted as folded.
  [[nodiscard]] static constexpr verdict fold() noexcept {
    verdict made;
    made.kind_ = kind::fold;
    return made;
  }

  /// It may leave, with whatever was disclosed in it.
  [[nodiscard]] static constexpr verdict release(disclosure const&) noexcept {
    verdict made;
    made.kind_ = kind::release;
    return made;
  }

  [[nodiscard]] constexpr bool withholds() const noexcept { return kind_ == kind::withhold; }
  [[nodiscard]] constexpr bool folds() const noexcept { return kind_ == kind::fold; }
  [[nodiscard]] constexpr bool releases() const noexcept { return kind_ == kind::release; }
  [[nodiscard]] constexpr withheld_reason reason() const noexcept { return reason_; }

private:
  enum class kind : unsigned char { pass, withhold, fold, release };

  constexpr verdict() noexcept = default;

  kind kind_ = kind::pass;
  withheld_reason reason_ = withheld_reason::by_policy;
};

} // namespace overt::inline v0
