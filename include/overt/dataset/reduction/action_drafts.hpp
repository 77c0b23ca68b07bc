#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/event/context.hpp>

namespace overt::inline v0::dataset {

/// An action that may still grow: the release of its key comes after the next key, a second click makes it a
/// double one, the program tells later what it meant.
struct action_draft {
  action what{};
  std::uint64_t first_input = 0; ///< of its presses, releases and turns; moves are on the way to them
  std::uint64_t last_input = 0;
  std::uint64_t first_child = 0;
  std::size_t joined = SIZE_MAX; ///< the draft that it became part of
  bool told_late = false;        ///< it stands where it began, before all with a greater number
  bool typed = false;            ///< a text that was made of keys
};

enum class gap_lane : std::uint8_t { keyboard, pointer };

/// The actions of a trace while it is reduced, and what is in none of them. Every event is given to exactly
/// one draft, or left; the reductions see to that, and each keeps numbers of drafts, which stay.
class action_drafts {
public:
  using number = std::size_t;
  static constexpr number none = SIZE_MAX;

  /// A new action that begins with this event.
  number begin(action_kind what, moment at, std::optional<context> const& where) {
    return begin(std::move(what), at, disclosed_place(where));
  }
  number begin(action_kind what, moment at, action_place where) {
    auto& made = drafts_.emplace_back();
    made.what.what = std::move(what);
    made.what.where = std::move(where);
    made.what.onset = at.sequence;
    made.what.approached = made.what.began = made.what.ended = at.time;
    made.first_input = made.last_input = made.first_child = at.sequence;
    made.what.children.push_back(at.sequence);
    return drafts_.size() - 1;
  }

  /// A press, release, repetition or turn that belongs to an action. Something that was hidden or lost in
  /// between is a cut.
  void adopt(number into, moment at, gap_lane lane) {
    auto& draft = (*this)[into];
    draft.what.children.push_back(at.sequence);
    if (at.sequence < draft.first_input) {
      draft.first_input = at.sequence;
      draft.what.began = at.time;
    }
    if (at.sequence > draft.last_input) {
      draft.last_input = at.sequence;
      draft.what.ended = at.time;
    }
    if (at.sequence < draft.first_child) {
      draft.first_child = at.sequence;
      draft.what.approached = at.time;
    }
    auto const gap = last_gap_[static_cast<std::size_t>(lane)];
    if (gap > draft.first_input && gap < draft.last_input) {
      draft.what.flaw = action_flaw::cut;
    }
  }

  /// A move on the way to it, or a part of it.
  void adopt_move(number into, moment at) {
    auto& draft = (*this)[into];
    draft.what.children.push_back(at.sequence);
    if (at.sequence < draft.first_child) {
      draft.first_child = at.sequence;
      draft.what.approached = at.time;
    }
  }

  /// An event that tells of it and is no input.
  void adopt_told(number into, std::uint64_t sequence) { (*this)[into].what.children.push_back(sequence); }

  /// Makes one action of two. Whoever still knows `from` by its number finds `into`.
  void join(number from, number into) {
    auto& gone = (*this)[from];
    auto& kept = (*this)[into];
    if (&gone == &kept) {
      return;
    }
    auto& children = kept.what.children;
    children.insert(children.end(), gone.what.children.begin(), gone.what.children.end());
    if (gone.first_input < kept.first_input) {
      kept.first_input = gone.first_input;
      kept.what.began = gone.what.began;
    }
    if (gone.last_input > kept.last_input) {
      kept.last_input = gone.last_input;
      kept.what.ended = gone.what.ended;
    }
    if (gone.first_child < kept.first_child) {
      kept.first_child = gone.first_child;
      kept.what.approached = gone.what.approached;
    }
    kept.what.onset = std::min(kept.what.onset, gone.what.onset);
    if (kept.what.flaw == action_flaw::none) {
      kept.what.flaw = gone.what.flaw;
    }
    gone.joined = static_cast<number>(&kept - drafts_.data());
    gone.what = {};
  }

  /// An event that is in no action.
  void leave(std::uint64_t sequence, left_over why) { left_.push_back({sequence, why}); }

  /// Something of this lane is missing here.
  void cut(std::uint64_t sequence, gap_lane lane) { last_gap_[static_cast<std::size_t>(lane)] = sequence; }

  /// The draft, or the one that it became part of.
  [[nodiscard]] action_draft& operator[](number which) noexcept {
    while (drafts_[which].joined != none) {
      which = drafts_[which].joined;
    }
    return drafts_[which];
  }

  template <class Kind>
  [[nodiscard]] Kind* get_if(number which) noexcept {
    return std::get_if<Kind>(&(*this)[which].what.what);
  }

  [[nodiscard]] std::vector<action_draft>& all() noexcept { return drafts_; }
  [[nodiscard]] std::vector<left_over_event>& left() noexcept { return left_; }

private:
  std::vector<action_draft> drafts_{};
  std::vector<left_over_event> left_{};
  std::array<std::uint64_t, 2> last_gap_{};
};

} // namespace overt::inline v0::dataset
