#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/key_facts.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/event/context.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::dataset {

/// Which action the keys of modifiers belong to. Their press goes to the first action that they were held in,
/// their release to the last; one that was pressed and let go alone is an action.
///
/// Whether a modifier was held is said by the event it was held in (`key::held`) and by nothing else: a
/// release that is missing makes no shortcuts of what comes later.
class held_modifiers {
public:
  void press(moment at, key_facts const& what, std::optional<context> const& where) {
    auto entry = held_key{.facts = what, .place = disclosed_place(where)};
    entry.facts.entered.reset();
    entry.bit = bit_of(what.symbol);
    entry.waiting.push_back(at);
    held_.push_back(std::move(entry));
  }

  void repeat(action_drafts& into, moment at, key_facts const& what) {
    auto const found = find(what);
    if (found == held_.end()) {
      into.leave(at.sequence, left_over::no_press);
    } else if (found->user != action_drafts::none) {
      into.adopt(found->user, at, gap_lane::keyboard);
    } else {
      found->waiting.push_back(at);
    }
  }

  /// Something was done while these were held.
  void use(action_drafts& into, action_drafts::number action, modifiers held) {
    for (auto& each : held_) {
      if (!applies(each, held)) {
        each.passed = true;
        continue;
      }
      for (auto const& at : each.waiting) {
        into.adopt(action, at, gap_lane::keyboard);
      }
      each.waiting.clear();
      each.user = action;
    }
  }

  /// The action that it is, if it was pressed and let go alone.
  action_drafts::number release(action_drafts& into, moment at, key_facts const& what) {
    auto const found = find(what);
    if (found == held_.end()) {
      into.leave(at.sequence, left_over::no_press);
      return action_drafts::none;
    }
    auto let_go = std::move(*found);
    held_.erase(found);
    if (let_go.user != action_drafts::none) {
      into.adopt(let_go.user, at, gap_lane::keyboard);
      return action_drafts::none;
    }
    // Before its own effect: what is in force at the release and was not at the press is the modifier itself.
    auto const bit = let_go.bit != modifiers::none ? let_go.bit : without(what.held, let_go.facts.held);
    bool const does_something = let_go.facts.symbol ? (bit & silent) == modifiers::none : commands(bit);
    if (let_go.passed || let_go.waiting.empty() || !does_something) {
      leave(into, let_go);
      into.leave(at.sequence, left_over::modifier);
      return action_drafts::none;
    }
    auto const action = into.begin(
        key_action{.kind = key_class::modifier, .symbol = let_go.facts.symbol, .held = let_go.facts.held},
        let_go.waiting.front(), std::move(let_go.place));
    for (std::size_t i = 1; i < let_go.waiting.size(); ++i) {
      into.adopt(action, let_go.waiting[i], gap_lane::keyboard);
    }
    into.adopt(action, at, gap_lane::keyboard);
    use(into, action, let_go.facts.held);
    return action;
  }

  /// Something is missing: nobody knows what the modifiers were pressed for.
  void cut(action_drafts& into) {
    for (auto& each : held_) {
      leave(into, each);
      each.passed = true;
    }
  }

  void finish(action_drafts& into) {
    for (auto& each : held_) {
      leave(into, each);
    }
    held_.clear();
  }

private:
  struct held_key {
    key_facts facts{};
    action_place place{};
    modifiers bit = modifiers::none;
    std::vector<moment> waiting{}; ///< its events, until something was done with it
    action_drafts::number user = action_drafts::none;
    bool passed = false; ///< something was done without it
  };

  static constexpr auto silent = modifiers::shift | modifiers::alt_graph; // do nothing by themselves

  [[nodiscard]] static bool applies(held_key const& each, modifiers held) noexcept {
    constexpr auto any =
        modifiers::shift | modifiers::control | modifiers::alt | modifiers::super | modifiers::alt_graph;
    return (held & (each.bit == modifiers::none ? any : each.bit)) != modifiers::none;
  }

  [[nodiscard]] static modifiers bit_of(std::optional<key_symbol> symbol) noexcept {
    switch (symbol ? symbol->keysym : 0) {
    case 0xffe1: // Shift_L, Shift_R
    case 0xffe2: return modifiers::shift;
    case 0xffe3: // Control_L, Control_R
    case 0xffe4: return modifiers::control;
    case 0xffe7: // Meta_L, Meta_R: Alt with Shift, on most layouts
    case 0xffe8:
    case 0xffe9: // Alt_L, Alt_R
    case 0xffea: return modifiers::alt;
    case 0xffeb: // Super_L, Super_R, Hyper_L, Hyper_R
    case 0xffec:
    case 0xffed:
    case 0xffee: return modifiers::super;
    case 0xfe03: // ISO_Level3_Shift, Mode_switch
    case 0xff7e: return modifiers::alt_graph;
    case 0xffe5: return modifiers::caps_lock;
    case 0xff7f: return modifiers::num_lock;
    default: return modifiers::none;
    }
  }

  [[nodiscard]] std::vector<held_key>::iterator find(key_facts const& what) {
    auto const found = std::find_if(held_.rbegin(), held_.rend(),
                                    [&](held_key const& each) { return same_key(each.facts, what); });
    return found == held_.rend() ? held_.end() : found.base() - 1;
  }

  static void leave(action_drafts& into, held_key& what) {
    for (auto const& at : what.waiting) {
      into.leave(at.sequence, left_over::modifier);
    }
    what.waiting.clear();
  }

  std::vector<held_key> held_{};
};

} // namespace overt::inline v0::dataset
