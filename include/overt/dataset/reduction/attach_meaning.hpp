#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/event/clipboard.hpp>
#include <overt/event/context.hpp>
#include <overt/event/ui_action.hpp>

namespace overt::inline v0::dataset {

[[nodiscard]] inline meaning meaning_of(ui_action const& what, std::uint64_t sequence) {
  meaning made{.act = what.act,
               .role = what.role,
               .label = std::string{disclosed_text(what.label)},
               .before = std::string{disclosed_text(what.before)},
               .after = std::string{disclosed_text(what.after)},
               .bounds = what.bounds,
               .selector = std::string{disclosed_text(what.selector)},
               .sequence = sequence};
  made.path.reserve(what.path.size());
  for (auto const& step : what.path) {
    made.path.push_back({step.role, std::string{disclosed_text(step.label)}});
  }
  return made;
}

/// Gives what the program told (`ui_action`, `clipboard`) to the action whose input it came from: the one
/// that has the last of the events it names. What came from no input of the trace is an action of its own.
class told_meanings {
public:
  void take(moment at, ui_action const& what, std::optional<context> const& where) {
    told_.push_back({at, disclosed_place(where), what.made_of, meaning_of(what, at.sequence)});
  }
  void take(moment at, clipboard const& what, std::optional<context> const& where) {
    told_.push_back({at, disclosed_place(where), what.made_of, what.operation});
  }

  void finish(action_drafts& into) {
    auto const owners = owners_of(into);
    for (auto& each : told_) {
      auto const owner = last_owner(owners, each);
      bool const taken = owner != action_drafts::none &&
                         std::holds_alternative<clipboard_operation>(each.what) && into[owner].what.clipboard;
      if (owner == action_drafts::none || taken) {
        give(each, into[into.begin(told_action{}, each.at, std::move(each.where))].what);
      } else {
        into.adopt_told(owner, each.at.sequence);
        give(each, into[owner].what);
      }
    }
    told_.clear();
  }

private:
  struct told {
    moment at{};
    action_place where{};
    std::vector<std::uint64_t> made_of{};
    std::variant<meaning, clipboard_operation> what{};
  };
  struct owned {
    std::uint64_t sequence = 0;
    action_drafts::number owner = action_drafts::none;
  };

  /// The actions of the events that are asked for, and of no others: a trace has far more.
  [[nodiscard]] std::vector<owned> owners_of(action_drafts& from) const {
    std::vector<owned> asked;
    for (auto const& each : told_) {
      for (auto const sequence : each.made_of) {
        asked.push_back({sequence, action_drafts::none});
      }
    }
    std::sort(asked.begin(), asked.end(), before);
    if (asked.empty()) {
      return asked;
    }
    for (std::size_t i = 0; i < from.all().size(); ++i) {
      for (auto const child : from.all()[i].what.children) {
        if (child < asked.front().sequence || child > asked.back().sequence) {
          continue;
        }
        for (auto found = std::lower_bound(asked.begin(), asked.end(), owned{child}, before);
             found != asked.end() && found->sequence == child; ++found) {
          found->owner = i;
        }
      }
    }
    return asked;
  }

  [[nodiscard]] static action_drafts::number last_owner(std::vector<owned> const& owners, told const& of) {
    std::uint64_t last = 0;
    auto owner = action_drafts::none;
    for (auto const sequence : of.made_of) {
      auto const found = std::lower_bound(owners.begin(), owners.end(), owned{sequence}, before);
      if (found != owners.end() && found->sequence == sequence && found->owner != action_drafts::none &&
          (owner == action_drafts::none || sequence >= last)) {
        last = sequence;
        owner = found->owner;
      }
    }
    return owner;
  }

  [[nodiscard]] static bool before(owned const& a, owned const& b) noexcept {
    return a.sequence < b.sequence;
  }

  static void give(told& from, action& to) {
    if (auto* const meant = std::get_if<meaning>(&from.what)) {
      to.meant.push_back(std::move(*meant));
    } else {
      to.clipboard = std::get<clipboard_operation>(from.what);
    }
  }

  std::vector<told> told_{};
};

} // namespace overt::inline v0::dataset
