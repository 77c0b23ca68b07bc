#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_run.hpp>
#include <overt/dataset/play/replay_target.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::dataset::detail {

/// Looks at the desktop for a replay: whether the window and the elements of an action are there before it,
/// and what they are worth after it. Each waits up to the limit; `false`: it diverged or is to stop.
template <window_view Windows, element_view Elements, class Clock>
class replay_looking {
public:
  replay_looking(Windows& windows, Elements& elements, replay_run<Clock>& run)
      : windows_{&windows}, elements_{&elements}, run_{&run} {}

  // --- before

  /// Until the window of the action has the focus; for the pointer, until it is at the point. An element that
  /// is named is looked for in a window that has moved, too.
  [[nodiscard]] bool wait_for_window(std::optional<screen_point> const& at) {
    action_place const& where = run_->act().where;
    std::optional<seen_window> seen;
    bool const there = run_->poll(run_->options().limit_ns, [&] {
      if (at) {
        seen = windows_->at(*at);
        if (is_there(seen)) {
          return true;
        }
        auto focused = run_->is_semantic() && is_named() ? windows_->focused() : std::nullopt;
        seen = is_there(focused) ? std::move(focused) : std::move(seen);
      } else {
        seen = windows_->focused();
      }
      return is_there(seen);
    });
    if (!there && (!where.application.empty() || !where.title.empty())) {
      return run_->diverge(difference::window, words_of(where),
                           seen ? seen->application + ": " + seen->title : std::string{"none"});
    }
    window_ = seen.value_or(seen_window{});
    return true;
  }

  /// Until what the action was done to is there and takes something. Moves the point with it.
  [[nodiscard]] bool wait_for_elements(std::optional<screen_point>& at) {
    if constexpr (blind) {
      return true;
    }
    for (auto const& one : run_->act().meant) {
      if (one.label.empty() && is_empty(one.bounds)) {
        continue; // the trace does not tell what it was
      }
      if (at && is_outside(one, *at)) {
        wait_for_list(*at);
      }
      std::optional<seen_element> found;
      auto const asked_at = at.value_or(middle_of(one.bounds));
      bool const there = run_->poll(run_->options().limit_ns, [&] {
        found = elements_->find(one, window_, asked_at);
        return found && found->enabled;
      });
      if (!there) {
        return run_->diverge(found ? difference::disabled : difference::element,
                             std::string{name_of(one.role)} + " \"" + one.label + '"',
                             found ? "disabled" : "none");
      }
      if (at) {
        auto const moved = point_in(one.bounds, found->bounds, *at);
        run_->outcome().moved += moved.x != at->x || moved.y != at->y ? 1u : 0u;
        at = moved;
      }
    }
    return true;
  }

  /// Until something that can be written into has the focus, which may come a while after a click. Not for
  /// long: a calculator takes keys without a field. What stands in it, if that is told.
  [[nodiscard]] std::optional<std::string> wait_for_field() {
    std::optional<seen_field> seen;
    (void)run_->poll(std::min(field_ns, run_->options().limit_ns), [&] {
      seen = elements_->focused(window_.process);
      return blind || (seen && seen->editable);
    });
    return seen && seen->editable ? seen->text : std::nullopt;
  }

  // --- and after

  /// Until something else than `before` stands in the field, as long as it has the focus.
  [[nodiscard]] bool wait_for_change(std::string const& before, std::string const& written) {
    bool const changed = written.empty() || run_->poll(run_->options().limit_ns, [&] {
      auto const seen = elements_->focused(window_.process);
      return !seen || !seen->editable || !seen->text || *seen->text != before;
    });
    return changed || run_->diverge(difference::value, written, before);
  }

  /// Until each element has the value that it had in the trace, as long as it is there; `pointed`: the action
  /// was done with the pointer.
  [[nodiscard]] bool wait_for_values(bool pointed) {
    if constexpr (blind) {
      return true;
    }
    elements_->settle(window_.process, answer_ns);
    for (auto const& one : run_->act().meant) {
      // Programs flash the button of a key that is typed.
      bool const passing = !pointed && one.act == ui_act::toggle && one.role == ui_role::toggle_button;
      if (one.after.empty() || one.label.empty() || passing) {
        continue;
      }
      std::optional<seen_element> found;
      bool const same = run_->poll(run_->options().limit_ns, [&] {
        found = elements_->find(one, window_, middle_of(one.bounds));
        return !found || found->value.empty() || found->value == one.after;
      });
      if (!same) {
        return run_->diverge(difference::value,
                             std::string{name_of(one.role)} + " \"" + one.label + "\": " + one.after,
                             found->value);
      }
    }
    return true;
  }

private:
  static constexpr bool blind = std::is_same_v<Elements, no_elements>;
  static constexpr std::int64_t list_ns = 1'500'000'000; ///< for the list of a combo box to be drawn
  static constexpr std::int64_t field_ns = 2'000'000'000;
  static constexpr std::int64_t answer_ns = 500'000'000;

  [[nodiscard]] static screen_point middle_of(rectangle const& box) {
    return {box.x + box.width / 2, box.y + box.height / 2};
  }
  [[nodiscard]] static std::string words_of(action_place const& where) {
    return where.application + (where.title.empty() ? "" : ": " + where.title);
  }

  [[nodiscard]] bool is_there(std::optional<seen_window> const& one) const {
    if (!one) {
      return false;
    }
    action_place const& where = run_->act().where;
    return one->popup ? where.application.empty() || where.application == one->application
                      : is_place(where, one->application, one->title);
  }

  [[nodiscard]] bool is_named() const {
    return std::ranges::any_of(run_->act().meant, [](meaning const& one) { return !one.label.empty(); });
  }

  /// What is chosen lies in a list over the window. Some programs draw it in the window: it is not waited for
  /// long.
  void wait_for_list(screen_point at) {
    (void)run_->poll(list_ns, [&] {
      auto const seen = windows_->at(at);
      return seen && seen->popup && is_there(seen);
    });
  }

  Windows* windows_;
  Elements* elements_;
  replay_run<Clock>* run_;
  seen_window window_{}; ///< of the action
};

} // namespace overt::inline v0::dataset::detail
