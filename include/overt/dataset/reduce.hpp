#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/attach_meaning.hpp>
#include <overt/dataset/reduction/episode_cutting.hpp>
#include <overt/dataset/reduction/keyboard_reduction.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/dataset/reduction/pointer_reduction.hpp>
#include <overt/dataset/reduction/pointer_trail.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/dataset/reduction/scroll_reduction.hpp>
#include <overt/dataset/reduction/told_texts.hpp>
#include <overt/dataset/reduction/waits.hpp>
#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>
#include <overt/event/result.hpp>
#include <overt/trace/each_event.hpp>

namespace overt::inline v0::dataset {

/// Makes the actions of a trace out of its events. The same events give the same actions: there is no clock
/// in it and nothing global. Every event of input is in one action or among the leftovers of one episode,
/// whatever the times say; an event is known by its number.
///
///     dataset::reducer actions{{.time_grid_ns = grid}};
///     for (auto const& event : events) { actions.push(event); }
///     for (auto const& episode : std::move(actions).finish()) { … }
///
/// One thread. Memory grows with the trace: eight bytes for each event, and what actions hold.
class reducer {
public:
  explicit reducer(reduce_options options = {}) : options_{options} {}

  /// The next event of the trace, in the order of their numbers.
  template <any_event Event>
  void push(recorded<Event> const& event) {
    moment const at{event.head().sequence, event.head().time};
    cutting_.see(at);
    event.visit([&](auto const& payload) { take(at, payload, event.head().where); });
  }

  /// The episodes; at least one if there was any event.
  [[nodiscard]] std::vector<episode> finish() && {
    pointer_.finish(drafts_, options_);
    trail_.give_up(drafts_);
    keyboard_.finish(drafts_);
    texts_.finish(drafts_, cutting_.began());
    meanings_.finish(drafts_);
    std::sort(drafts_.left().begin(), drafts_.left().end(),
              [](left_over_event const& a, left_over_event const& b) { return a.sequence < b.sequence; });
    auto episodes = cutting_.finish(in_order(), std::move(drafts_.left()));
    for (auto& each : episodes) {
      insert_waits(each, options_);
    }
    return episodes;
  }

private:
  using where_type = std::optional<context>;

  template <class Payload>
  void take(moment at, Payload const& what, where_type const& where) {
    if constexpr (std::same_as<Payload, ui_action> || std::same_as<Payload, clipboard>) {
      meanings_.take(at, what, where);
    } else if constexpr (std::same_as<Payload, text>) {
      texts_.take(at, what, where);
    } else if constexpr (std::same_as<Payload, frame> || std::same_as<Payload, display>) {
      cutting_.take(at, what);
    } else if constexpr (std::same_as<Payload, pointer_delta>) {
      drafts_.leave(at.sequence, left_over::relative_move);
    } else if constexpr (lane_of<Payload>() != input_lane::none && !follows_keyboard<Payload>()) {
      drafts_.leave(at.sequence, left_over::unknown);
    }
  }

  void take(moment at, pointer_move const& what, where_type const& where) {
    if (!pointer_.move(drafts_, at, what.at)) {
      trail_.move(drafts_, options_, at, what.at, where);
    }
  }

  void take(moment at, button const& what, where_type const& where) {
    if (what.phase == button_phase::release) {
      pointer_.release(drafts_, options_, at, what);
      return;
    }
    auto const action = pointer_.press(drafts_, options_, at, what, where);
    trail_.lead_to(drafts_, options_, at, action);
    keyboard_.use_modifiers(drafts_, action, what.held);
    keyboard_.interrupt();
    scroll_.interrupt();
  }

  void take(moment at, scroll const& what, where_type const& where) {
    auto const action = scroll_.turn(drafts_, options_, at, what, where);
    if (action == action_drafts::none) {
      return;
    }
    trail_.lead_to(drafts_, options_, at, action);
    keyboard_.use_modifiers(drafts_, action, what.held);
    keyboard_.interrupt();
    pointer_.interrupt();
  }

  void take(moment at, key const& what, where_type const& where) {
    auto const action = keyboard_.take(drafts_, options_, at, what, where);
    if (action != action_drafts::none || what.phase == key_phase::press) {
      scroll_.interrupt();
      pointer_.interrupt();
    }
  }

  void take(moment at, focus const& what, where_type const& where) {
    keyboard_.interrupt();
    auto const action =
        drafts_.begin(focus_action{.in_page = what.target != focus_target::window}, at, where);
    cutting_.focus(at, drafts_[action].what.where);
  }

  void take(moment at, marker const& what, where_type const&) {
    cutting_.take(at, what);
    if (what.kind != marker_kind::note) {
      keyboard_.interrupt();
      scroll_.interrupt();
      pointer_.interrupt();
    }
  }

  void take(moment at, gap const& what, where_type const&) {
    cutting_.take(at, what);
    auto const of = what.of.view();
    if (!hides_input(of)) {
      return;
    }
    bool const pointer =
        of == pointer_move::name || of == pointer_delta::name || of == button::name || of == scroll::name;
    bool const keyboard = of == key::name || of == text::name || of == ui_action::name ||
                          of == clipboard::name || of == focus::name;
    if (!pointer) {
      drafts_.cut(at.sequence, gap_lane::keyboard);
      keyboard_.cut(drafts_);
    }
    if (!keyboard) {
      drafts_.cut(at.sequence, gap_lane::pointer);
      trail_.give_up(drafts_);
      pointer_.cut();
    }
    pointer_.interrupt();
    scroll_.interrupt();
  }

  /// The actions in the order in which they were done. A text that is told later was begun before all that
  /// has a greater number than `follows`.
  [[nodiscard]] std::vector<action> in_order() {
    auto& drafts = drafts_.all();
    std::vector<std::size_t> order;
    order.reserve(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      if (drafts[i].joined == action_drafts::none) {
        order.push_back(i);
        auto& children = drafts[i].what.children;
        if (!std::is_sorted(children.begin(), children.end())) {
          std::sort(children.begin(), children.end());
        }
      }
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      auto const rank = [&](std::size_t of) {
        auto const& draft = drafts[of];
        return std::tuple{draft.what.onset, !draft.told_late,
                          draft.told_late ? draft.what.began : timestamp{}, draft.what.children.front()};
      };
      return rank(a) < rank(b);
    });
    std::vector<action> made;
    made.reserve(order.size());
    for (auto const each : order) {
      made.push_back(std::move(drafts[each].what));
    }
    return made;
  }

  reduce_options options_;
  action_drafts drafts_{};
  pointer_trail trail_{};
  pointer_reduction pointer_{};
  scroll_reduction scroll_{};
  keyboard_reduction keyboard_{};
  told_texts texts_{};
  told_meanings meanings_{};
  episode_cutting cutting_{};
};

/// The episodes of events that are in memory, such as those of `sink::memory`.
template <class Events>
[[nodiscard]] std::vector<episode> reduce(Events const& events, reduce_options options = {}) {
  reducer actions{options};
  for (auto const& event : events) {
    actions.push(event);
  }
  return std::move(actions).finish();
}

/// The episodes of a trace, read to its end. Errors are those of the reader: of a trace that is damaged there
/// are no episodes (`overt recover` makes one of what is left).
template <class Reader>
[[nodiscard]] result<std::vector<episode>> read_episodes(Reader& reader, reduce_options options = {}) {
  reducer actions{options};
  if (auto const read = trace::each_event(reader, [&](auto const& event) { actions.push(event); }); !read) {
    return read.error();
  }
  return std::move(actions).finish();
}

} // namespace overt::inline v0::dataset
