#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/play/replay_check.hpp>
#include <overt/dataset/play/replay_clock.hpp>
#include <overt/dataset/play/replay_input.hpp>
#include <overt/dataset/play/replay_looking.hpp>
#include <overt/dataset/play/replay_options.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_run.hpp>
#include <overt/dataset/play/typed_symbols.hpp>
#include <overt/dataset/point_of.hpp>
#include <overt/event/result.hpp>

namespace overt::inline v0::dataset {

namespace detail {

/// One replay of one episode.
template <input_player Player, window_view Windows, element_view Elements, class Clock>
class replaying {
public:
  replaying(Player& player, Windows& windows, Elements& elements, episode const& what,
            replay_options const& options, Clock clock)
      : count_{what.actions.size()}, run_{what, options, std::move(clock)}, input_{player, run_},
        desktop_{windows, elements, run_} {}
  replaying(replaying const&) = delete; // its parts point to each other
  replaying& operator=(replaying const&) = delete;

  [[nodiscard]] result<replay_outcome> run() {
    for (std::size_t number = 0; number < count_ && !run_.has_ended(); ++number) {
      run_.begin(number);
      bool const good = do_again();
      if (!good && !run_.has_ended()) {
        (void)input_.let_go();
        return failure{error_code::source_lost, "The display went away during action " +
                                                    std::to_string(number + 1) +
                                                    ", or has no key left for a character of it."};
      }
      run_.outcome().done += run_.has_ended() ? 0u : 1u;
    }
    if (!input_.let_go() && !run_.has_ended()) {
      return failure{error_code::source_lost, "The display went away at the end of the replay."};
    }
    return std::move(run_.outcome());
  }

private:
  /// False: it diverged, was stopped, or the display went away.
  [[nodiscard]] bool do_again() {
    action const& act = run_.act();
    at_ = target_of(act);
    if (act.get_if<wait_action>() != nullptr) {
      return true;
    }
    if (act.get_if<focus_action>() != nullptr) {
      return run_.is_last_but_waits() ? desktop_.wait_for_window(at_) : true;
    }
    input_.pause(at_, ended_);
    if (run_.is_stopped() || !desktop_.wait_for_window(at_) ||
        (run_.is_semantic() && !desktop_.wait_for_elements(at_))) {
      return false;
    }
    bool const good = std::visit([this](auto const& what) { return this->play(what); }, act.what) &&
                      input_.let_go_of_modifiers();
    ended_ = run_.now();
    return good && (!run_.is_semantic() || desktop_.wait_for_values(at_.has_value()));
  }

  /// Where the pointer has to be for it; nothing for what the keyboard does.
  [[nodiscard]] static std::optional<screen_point> target_of(action const& what) {
    if (auto const* const at = point_of(what); at != nullptr) {
      return *at;
    }
    if (what.get_if<told_action>() != nullptr && is_pointable(what)) {
      auto const& box = what.meant.front().bounds;
      return screen_point{box.x + box.width / 2, box.y + box.height / 2};
    }
    return std::nullopt;
  }

  [[nodiscard]] bool play(move_action const& what) { return input_.point(what, *at_); }
  [[nodiscard]] bool play(click_action const& what) {
    return input_.click(*at_, what.number, what.count, what.held);
  }
  [[nodiscard]] bool play(drag_action const& what) { return input_.drag(what, *at_); }
  [[nodiscard]] bool play(scroll_action const& what) { return input_.scroll(what, *at_); }
  [[nodiscard]] bool play(key_action const& what) { return input_.press(what); }

  [[nodiscard]] bool play(text_action const& what) {
    auto const text = text_to_write(run_.act(), run_.number(), run_.options()).value_or(std::string{});
    auto const keys = symbols_of_text(text).value_or(std::vector<key_symbol>{});
    auto const before = run_.is_semantic() ? desktop_.wait_for_field() : std::nullopt;
    return input_.type(what, keys) && (!before || *before == text || desktop_.wait_for_change(*before, text));
  }

  /// Its element is clicked: what was meant is in the trace, though not how it was done.
  [[nodiscard]] bool play(told_action const&) {
    if (!at_) {
      return true;
    }
    ++run_.outcome().told;
    return input_.click(*at_, 1, 1, modifiers::none);
  }

  [[nodiscard]] bool play(wait_action const&) { return true; }
  [[nodiscard]] bool play(focus_action const&) { return true; }

  std::size_t count_;
  replay_run<Clock> run_;
  replay_input<Player, Clock> input_;
  replay_looking<Windows, Elements, Clock> desktop_;
  std::optional<screen_point> at_{}; ///< where the action points, after its element has been found
  timestamp ended_{};                ///< the action before
};

} // namespace detail

/// Does again what was done in an episode, and ends at the first difference. Everything that was pressed has
/// been let go when it returns. Waits, in this thread, until it is done.
///
/// In real time each action comes as long after the one before as in the trace, and waits only for its
/// window; what comes late makes all after it late by as much. Semantically it waits for its window and for
/// the elements that it was done to, looks whether they have the value afterwards that they had, and goes on
/// at once.
template <input_player Player, window_view Windows, element_view Elements, class Clock = replay_clock>
[[nodiscard]] result<replay_outcome> replay(Player& player, Windows& windows, Elements& elements,
                                            episode const& what, replay_options const& options = {},
                                            Clock clock = {}) {
  if (auto const good = check_playable(what, options); !good) {
    return good.error();
  }
  return detail::replaying<Player, Windows, Elements, Clock>{player, windows, elements,
                                                             what,   options, std::move(clock)}
      .run();
}

} // namespace overt::inline v0::dataset
