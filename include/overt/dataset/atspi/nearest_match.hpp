#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>

#include <overt/capture/atspi/element.hpp>
#include <overt/dataset/action.hpp>
#include <overt/dataset/atspi/element_match.hpp>
#include <overt/dataset/play/seen_element.hpp>

namespace overt::inline v0::dataset::atspi {

/// Of the elements that an act could have been done to, the one that is the nearest to where it was then.
class nearest_match {
public:
  /// `wanted` lives as long as this.
  explicit nearest_match(meaning const& wanted) : wanted_{&wanted} {}

  void offer(capture::atspi::element const& one) {
    auto const away = std::abs(std::int64_t{one.bounds.x} - wanted_->bounds.x) +
                      std::abs(std::int64_t{one.bounds.y} - wanted_->bounds.y);
    if (away < least_ && is_wanted(one, *wanted_)) {
      best_ = described(one, wanted_->act);
      least_ = away;
    }
  }

  /// Whether it is where it was: no other can be nearer.
  [[nodiscard]] bool is_exact() const { return least_ == 0; }
  [[nodiscard]] std::optional<seen_element> const& best() const { return best_; }

private:
  meaning const* wanted_;
  std::optional<seen_element> best_{};
  std::int64_t least_ = INT64_MAX;
};

} // namespace overt::inline v0::dataset::atspi
