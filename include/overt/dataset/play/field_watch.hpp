#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include <overt/dataset/play/played_action.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/dataset/play/seen_element.hpp>

namespace overt::inline v0::dataset {

/// Waits for the field that a text of a semantic replay is written into, before and after.
template <element_view Elements, class Clock>
class field_watch {
public:
  static constexpr std::int64_t field_ns = 2'000'000'000;

  /// Both live as long as this.
  field_watch(Elements& elements, replay_timing<Clock>& timing) : elements_{&elements}, timing_{&timing} {}

  /// Until something that can be written into has the focus, which may come a while after a click. Not for
  /// long: a calculator takes keys without a field. What stands in it, if that is told.
  [[nodiscard]] std::optional<std::string> wait_for(played_action const& now) {
    std::optional<seen_field> seen;
    (void)timing_->poll(std::min(field_ns, timing_->options().limit_ns), [&] {
      seen = elements_->focused(now.window.process);
      return std::is_same_v<Elements, no_elements> || (seen && seen->editable);
    });
    return seen && seen->editable ? seen->text : std::nullopt;
  }

  /// Until something else than `before` stands in the field, as long as it has the focus. Nothing: it does,
  /// or the replay was stopped.
  [[nodiscard]] std::optional<divergence> wait_for_change(played_action const& now, std::string const& before,
                                                          std::string const& written) {
    bool const changed = written.empty() || timing_->poll(timing_->options().limit_ns, [&] {
      auto const seen = elements_->focused(now.window.process);
      return !seen || !seen->editable || !seen->text || *seen->text != before;
    });
    return changed || timing_->was_stopped()
               ? std::nullopt
               : std::optional{divergence{now.number, difference::value, written, before}};
  }

private:
  Elements* elements_;
  replay_timing<Clock>* timing_;
};

} // namespace overt::inline v0::dataset
