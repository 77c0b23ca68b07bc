#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <overt/dataset/reduction/action_drafts.hpp>
#include <overt/dataset/reduction/disclosed_place.hpp>
#include <overt/dataset/reduction/held_modifiers.hpp>
#include <overt/dataset/reduction/key_facts.hpp>
#include <overt/dataset/reduction/moment.hpp>
#include <overt/dataset/reduction/open_keys.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/event/context.hpp>
#include <overt/event/key.hpp>

namespace overt::inline v0::dataset {

/// Keys to texts and keys. What writes something (`key::entered`) is text, with all that comes after it until
/// something else is done; every other key is an action of its own, Enter and Backspace too, and so is every
/// key that is pressed with Control, Alt or Super. Dead keys belong to the character that they make.
class keyboard_reduction {
public:
  /// The action that was begun or continued; none for modifiers and releases.
  action_drafts::number take(action_drafts& into, reduce_options const& options, moment at, key const& what,
                             std::optional<context> const& where) {
    auto const facts = key_facts::of(what);
    if (facts.kind == key_class::modifier) {
      return take_modifier(into, at, what.phase, facts, where);
    }
    if (what.phase == key_phase::release) {
      if (auto const action = keys_.release(facts); action != action_drafts::none) {
        into.adopt(action, at, gap_lane::keyboard);
      } else {
        into.leave(at.sequence, left_over::no_press);
      }
      return action_drafts::none;
    }
    bool const repeats = what.phase == key_phase::repeat;
    if (!facts.is_shortcut() && (facts.enters_characters() || facts.enters_something_withheld())) {
      return write(into, options, at, facts, repeats, where);
    }
    return repeats ? repeat(into, at, facts, where) : press(into, at, facts, where);
  }

  /// What was held when something else was done belongs to that.
  void use_modifiers(action_drafts& into, action_drafts::number action, modifiers held) {
    modifiers_.use(into, action, held);
  }

  /// Something else was done: what is typed next is another text.
  void interrupt() {
    text_ = action_drafts::none;
    composing_.clear();
  }

  /// Something is missing.
  void cut(action_drafts& into) {
    interrupt();
    modifiers_.cut(into);
  }

  void finish(action_drafts& into) { modifiers_.finish(into); }

private:
  action_drafts::number take_modifier(action_drafts& into, moment at, key_phase phase, key_facts const& facts,
                                      std::optional<context> const& where) {
    switch (phase) {
    case key_phase::press: modifiers_.press(at, facts, where); return action_drafts::none;
    case key_phase::repeat: modifiers_.repeat(into, at, facts); return action_drafts::none;
    case key_phase::release: break;
    }
    auto const action = modifiers_.release(into, at, facts);
    if (action != action_drafts::none) {
      interrupt();
    }
    return action;
  }

  action_drafts::number write(action_drafts& into, reduce_options const& options, moment at,
                              key_facts const& facts, bool repeats, std::optional<context> const& where) {
    bool const withheld = !facts.entered;
    auto const* const so_far = text_ == action_drafts::none ? nullptr : into.get_if<text_action>(text_);
    if (so_far != nullptr && so_far->value.has_value() != withheld &&
        !options.surely_at_least(pause_between(last_, at.time), options.typing_pause_ns) &&
        goes_on_at(into[text_].what.where, where)) {
      into.adopt(text_, at, gap_lane::keyboard);
    } else {
      text_action made{};
      if (withheld) {
        made.doubt = text_doubt::by_policy;
      } else {
        made.value.emplace();
      }
      text_ = into.begin(std::move(made), at, where);
      into[text_].typed = true;
    }
    last_ = at.time;
    for (auto const each : composing_) {
      into.join(each, text_);
    }
    composing_.clear();
    auto* const text = into.get_if<text_action>(text_);
    if (!withheld) {
      *text->value += *facts.entered;
    }
    if (repeats) {
      text->repeated += withheld ? 1 : characters_of(*facts.entered);
    } else {
      keys_.press(facts, text_);
    }
    modifiers_.use(into, text_, facts.held);
    return text_;
  }

  action_drafts::number press(action_drafts& into, moment at, key_facts const& facts,
                              std::optional<context> const& where) {
    auto const action =
        into.begin(key_action{.kind = facts.kind, .symbol = facts.symbol, .held = facts.held}, at, where);
    // A dead key, or one after it that has entered nothing yet (Compose): the next character may be theirs.
    bool const composes = !facts.is_shortcut() &&
                          (facts.kind == key_class::dead ||
                           (!composing_.empty() && facts.entered && facts.entered->empty() && writes(facts)));
    if (composes) {
      composing_.push_back(action);
    } else {
      interrupt();
    }
    keys_.press(facts, action);
    modifiers_.use(into, action, facts.held);
    return action;
  }

  action_drafts::number repeat(action_drafts& into, moment at, key_facts const& facts,
                               std::optional<context> const& where) {
    auto const found = keys_.find(facts);
    if (found != action_drafts::none && into.get_if<key_action>(found) != nullptr) {
      interrupt();
      into.adopt(found, at, gap_lane::keyboard);
      ++into.get_if<key_action>(found)->repeated;
      return found;
    }
    interrupt();
    auto const action = into.begin(
        key_action{.kind = facts.kind, .symbol = facts.symbol, .held = facts.held, .repeated = 1}, at, where);
    into[action].what.flaw = action_flaw::no_press;
    keys_.press(facts, action);
    modifiers_.use(into, action, facts.held);
    return action;
  }

  [[nodiscard]] static bool writes(key_facts const& facts) noexcept {
    return facts.kind == key_class::letter || facts.kind == key_class::digit ||
           facts.kind == key_class::punctuation;
  }

  [[nodiscard]] static std::uint32_t characters_of(std::string_view text) noexcept {
    std::uint32_t count = 0;
    for (char const byte : text) {
      count += (static_cast<unsigned char>(byte) & 0xc0) != 0x80 ? 1u : 0u;
    }
    return count;
  }

  open_keys keys_{};
  held_modifiers modifiers_{};
  action_drafts::number text_ = action_drafts::none;
  std::vector<action_drafts::number> composing_{};
  timestamp last_{};
};

} // namespace overt::inline v0::dataset
