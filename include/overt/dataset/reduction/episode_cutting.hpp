#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt/dataset/episode.hpp>
#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/event/display.hpp>
#include <overt/event/frame.hpp>
#include <overt/event/gap.hpp>
#include <overt/event/marker.hpp>

namespace overt::inline v0::dataset {

/// What of a trace is no action, until it is known to which task it belongs; and the cutting into tasks. All
/// of it goes by sequence numbers.
class episode_cutting {
public:
  void see(moment at) {
    if (!first_ || at.sequence < first_->sequence) {
      first_ = at;
    }
    if (!last_ || at.sequence > last_->sequence) {
      last_ = at;
    }
  }

  void take(moment at, marker const& what) {
    if (what.kind != marker_kind::note) {
      marks_.push_back({at, what.kind, what.outcome, {}});
      if (auto const* const text = what.instruction.disclosed()) {
        marks_.back().instruction.emplace(text->view());
      }
    }
  }

  /// Pictures without pixels (dropped, or withheld) are none that a step could show.
  void take(moment at, frame const& what) {
    auto const* const picture = what.picture.disclosed();
    if (what.state == frame_state::taken && picture != nullptr) {
      frames_.push_back({at.sequence, what.reason, what.grabbed, what.covers, what.shown, what.masked,
                         what.cursor, picture->size()});
    }
  }

  void take(moment at, display const& what) { displays_.push_back({at.sequence, what}); }

  void take(moment at, gap const& what) {
    gaps_.push_back({at.sequence, what.reason, std::string{what.of.view()}, what.count});
  }

  void focus(moment at, action_place where) { focused_.push_back({at.sequence, std::move(where)}); }

  [[nodiscard]] timestamp began() const noexcept { return first_ ? first_->time : timestamp{}; }

  /// The episodes. `actions` and `leftovers` are in order.
  [[nodiscard]] std::vector<episode> finish(std::vector<action> actions,
                                            std::vector<left_over_event> leftovers) {
    auto const by_number = [](auto const& a, auto const& b) { return a.sequence < b.sequence; };
    std::sort(marks_.begin(), marks_.end(),
              [](mark const& a, mark const& b) { return a.at.sequence < b.at.sequence; });
    std::sort(frames_.begin(), frames_.end(), by_number);
    std::sort(displays_.begin(), displays_.end(), by_number);
    std::sort(gaps_.begin(), gaps_.end(), by_number);
    std::sort(focused_.begin(), focused_.end(), by_number);
    auto made = cut();
    for (auto& each : actions) {
      belonging(made, each.follows != 0 ? each.follows : each.onset).actions.push_back(std::move(each));
    }
    for (auto const& each : leftovers) {
      belonging(made, each.sequence).leftovers.push_back(each);
    }
    for (auto& each : gaps_) {
      belonging(made, each.sequence).gaps.push_back(std::move(each));
    }
    for (auto& each : made) {
      add_surroundings(each);
    }
    std::erase_if(made, [](episode const& each) {
      return each.between_tasks && each.actions.empty() && each.leftovers.empty() && each.gaps.empty();
    });
    return made;
  }

private:
  struct mark {
    moment at{};
    marker_kind kind = marker_kind::note;
    task_outcome outcome = task_outcome::unsaid;
    std::optional<std::string> instruction{};
  };
  template <class Value>
  struct at_event {
    std::uint64_t sequence = 0;
    Value value{};
  };

  [[nodiscard]] std::vector<episode> cut() {
    std::vector<episode> made;
    if (!first_) {
      return made;
    }
    auto const open = [&](moment at) -> episode& {
      auto& begun = made.emplace_back();
      begun.first = begun.last = at.sequence;
      begun.began = begun.ended = at.time;
      begun.between_tasks = !marks_.empty();
      return begun;
    };
    open(*first_);
    for (auto& each : marks_) {
      if (each.kind == marker_kind::task_start) {
        close(made.back(), each.at);
        if (each.at.sequence == first_->sequence) {
          made.clear();
        }
        auto& task = open(each.at);
        task.has_start = true;
        task.between_tasks = false;
        task.instruction = std::move(each.instruction);
      } else {
        auto& task = made.back();
        task.has_end = true;
        task.between_tasks = false;
        task.outcome = each.outcome;
        if (!task.instruction) {
          task.instruction = std::move(each.instruction);
        }
        task.last = each.at.sequence;
        task.ended = each.at.time;
        open({each.at.sequence + 1, each.at.time});
      }
    }
    if (made.back().first > last_->sequence) {
      made.pop_back(); // nothing came after the end of the last task
    } else {
      made.back().last = last_->sequence;
      made.back().ended = last_->time;
    }
    return made;
  }

  static void close(episode& before, moment next) {
    before.last = next.sequence - 1;
    before.ended = next.time;
  }

  [[nodiscard]] static episode& belonging(std::vector<episode>& all, std::uint64_t sequence) {
    auto const after =
        std::upper_bound(all.begin(), all.end(), sequence,
                         [](std::uint64_t of, episode const& each) { return of < each.first; });
    return after == all.begin() ? all.front() : *(after - 1);
  }

  /// What was in force when it began comes along: the topology, the window, and the last picture.
  void add_surroundings(episode& to) const {
    in_force(displays_, to, [&](at_event<display> const& each) { to.displays.push_back(each.value); });
    in_force(frames_, to, [&](episode_frame const& each) { to.frames.push_back(each); });
    auto const first = std::find_if(to.actions.begin(), to.actions.end(), [](action const& each) {
      return each.get_if<focus_action>() == nullptr;
    });
    auto const until = first == to.actions.end() ? to.last + 1 : first->onset;
    in_force(focused_, to, [&](at_event<action_place> const& each) {
      if (each.sequence < until &&
          std::find(to.open_at_start.begin(), to.open_at_start.end(), each.value) == to.open_at_start.end()) {
        to.open_at_start.push_back(each.value);
      }
    });
  }

  template <class Value, class Use>
  static void in_force(std::vector<Value> const& all, episode const& of, Use use) {
    auto at =
        std::lower_bound(all.begin(), all.end(), of.first,
                         [](Value const& each, std::uint64_t sequence) { return each.sequence < sequence; });
    if (at != all.begin()) {
      --at;
    }
    for (; at != all.end() && at->sequence <= of.last; ++at) {
      use(*at);
    }
  }

  std::optional<moment> first_{};
  std::optional<moment> last_{};
  std::vector<mark> marks_{};
  std::vector<episode_frame> frames_{};
  std::vector<at_event<display>> displays_{};
  std::vector<episode_gap> gaps_{};
  std::vector<at_event<action_place>> focused_{};
};

} // namespace overt::inline v0::dataset
