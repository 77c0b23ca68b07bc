#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/event/context.hpp>
#include <overt/event/key.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/text.hpp>

namespace overt::inline v0::dataset {

/// The texts that a trace tells of (`text`). One is written when its field is left, which is later than it
/// was typed: it goes where `follows` says that it began. If its keys are in the trace too, it takes the
/// place of the actions that were made of them; what it says was judged as a whole, and single keys were not.
class told_texts {
public:
  void take(moment at, text const& what, std::optional<context> const& where) {
    told made{.at = at, .began = what.began, .follows = what.follows, .where = disclosed_place(where)};
    made.what = {.source = what.source, .doubt = what.doubt};
    if (auto const* const value = what.value.disclosed()) {
      made.what.value.emplace(value->view());
    }
    if (auto const* const size = what.size.disclosed()) {
      made.what.size = *size;
    }
    for (auto const& each : what.entities) {
      auto const* const begin = each.begin.disclosed();
      auto const* const end = each.end.disclosed();
      if (begin != nullptr && end != nullptr && made.what.value) {
        made.what.placeholders.push_back({std::string{each.type.view()}, each.size, *begin, *end});
      }
    }
    if (!what.made_of.empty()) {
      made.keys = range{what.made_of.front(), what.made_of.back()};
    }
    told_.push_back(std::move(made));
  }

  /// Puts them among the actions. `began`: the time of the first event of the trace.
  void finish(action_drafts& into, timestamp began) {
    // A text that was typed while another waited to be finished lies within it: the narrower one comes first.
    std::sort(told_.begin(), told_.end(), [](told const& a, told const& b) {
      return std::pair{width(a), a.at.sequence} < std::pair{width(b), b.at.sequence};
    });
    auto const typed = keyboard_actions(into);
    for (auto& each : told_) {
      put(into, typed, each, began);
    }
    told_.clear();
  }

private:
  struct range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };
  struct told {
    moment at{};
    timestamp began{};
    std::uint64_t follows = 0;
    action_place where{};
    text_action what{};
    std::optional<range> keys{};
  };
  struct keyboard_action {
    std::uint64_t onset = 0;
    std::uint64_t last = 0;
    action_drafts::number number = action_drafts::none;
  };

  [[nodiscard]] static std::uint64_t width(told const& of) noexcept {
    return of.keys && of.keys->last >= of.keys->first ? of.keys->last - of.keys->first : 0;
  }

  /// What texts can be made of, in the order of their onsets.
  [[nodiscard]] static std::vector<keyboard_action> keyboard_actions(action_drafts& from) {
    std::vector<keyboard_action> found;
    for (std::size_t i = 0; i < from.all().size(); ++i) {
      auto const& draft = from.all()[i];
      if (draft.joined == action_drafts::none &&
          (draft.typed ||
           (draft.what.get_if<key_action>() != nullptr && edits(*draft.what.get_if<key_action>())))) {
        found.push_back({draft.what.onset, draft.last_input, i});
      }
    }
    std::sort(found.begin(), found.end(),
              [](keyboard_action const& a, keyboard_action const& b) { return a.onset < b.onset; });
    return found;
  }

  /// Whether a key changes a text or moves in it, and does nothing else.
  [[nodiscard]] static bool edits(key_action const& what) {
    auto const keysym = what.symbol ? what.symbol->keysym : 0;
    if (what.is_shortcut() && what.kind == key_class::letter) {
      return what.held == modifiers::control && // cut, paste, redo, undo
             (keysym == 'v' || keysym == 'x' || keysym == 'y' || keysym == 'z');
    }
    bool const leaves =
        keysym == 0xff09 || keysym == 0xfe20 || keysym == 0xff89 || keysym == 0xff1b; // Tab, Escape
    return what.kind == key_class::editing || what.kind == key_class::dead ||
           (what.kind == key_class::navigation && what.symbol && !leaves) ||
           (!what.is_shortcut() && (what.kind == key_class::letter || what.kind == key_class::digit ||
                                    what.kind == key_class::punctuation));
  }

  static void put(action_drafts& into, std::vector<keyboard_action> const& typed, told& text,
                  timestamp began) {
    if (auto const found = typed_as(into, typed, text); found != action_drafts::none) {
      bool const pasted = text.what.source == text_source::pasted || text.what.source == text_source::filled;
      if (!pasted || text.what.value) {
        auto& draft = into[found];
        if (auto const* const keys = draft.what.get_if<text_action>()) {
          text.what.repeated = keys->repeated;
        }
        draft.what.what = std::move(text.what);
        draft.typed = false;
      }
      into.adopt_told(found, text.at.sequence);
      return;
    }
    auto const action = into.begin(std::move(text.what), text.at, std::move(text.where));
    auto& draft = into[action];
    draft.what.began = draft.what.approached = text.began;
    // What passes through a chain that follows no typing does not say what it came after: it is taken for
    // the first only where it began as early.
    if (text.follows == 0 && text.keys) {
      draft.what.onset = text.keys->first;
      draft.told_late = true;
    } else if (text.follows != 0 || text.began <= began) {
      draft.what.follows = text.follows;
      draft.what.onset = text.follows < text.at.sequence ? text.follows + 1 : text.at.sequence;
      draft.told_late = true;
    }
  }

  /// The action that is made of its keys, all of them in one; none where they are not in the trace.
  static action_drafts::number typed_as(action_drafts& into, std::vector<keyboard_action> const& typed,
                                        told const& text) {
    if (!text.keys || text.keys->last < text.keys->first) {
      return action_drafts::none;
    }
    auto at =
        std::upper_bound(typed.begin(), typed.end(), text.keys->first,
                         [](std::uint64_t first, keyboard_action const& each) { return first < each.onset; });
    if (at != typed.begin() && std::prev(at)->last >= text.keys->first) {
      --at; // began before, and goes on
    }
    auto whole = action_drafts::none;
    for (; at != typed.end() && at->onset <= text.keys->last; ++at) {
      auto const& draft = into.all()[at->number];
      if (draft.joined != action_drafts::none || !may_take(into, *at) ||
          draft.what.where.application != text.where.application) {
        continue;
      }
      if (whole == action_drafts::none) {
        whole = at->number;
      } else {
        into.join(at->number, whole);
      }
    }
    return whole;
  }

  /// Not what another text has taken.
  [[nodiscard]] static bool may_take(action_drafts& from, keyboard_action const& one) {
    auto const& draft = from.all()[one.number];
    return draft.typed || draft.what.get_if<key_action>() != nullptr;
  }

  std::vector<told> told_{};
};

} // namespace overt::inline v0::dataset
