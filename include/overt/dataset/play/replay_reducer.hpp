#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/episode.hpp>
#include <overt/dataset/reduce.hpp>
#include <overt/dataset/reduction/key_facts.hpp>
#include <overt/dataset/reduction/reduce_options.hpp>
#include <overt/event/event.hpp>
#include <overt/event/recorded.hpp>

namespace overt::inline v0::dataset {

/// `reducer` for `replay`: what was done rather than what came of it. Where a trace discloses the keys of a
/// text, they are what is done again, each at its time; else the text that stood in the field afterwards, all
/// of it
/// (`text_action::whole`), and no key that is in it already. The way of the pointer goes with each action.
///
/// Used like `reducer`. Memory grows with the trace: some forty bytes for each event of input.
class replay_reducer {
public:
  explicit replay_reducer(reduce_options options = {}) : reducer_{options} {}

  template <any_event Event>
  void push(recorded<Event> const& event) {
    moment const at{event.head().sequence, event.head().time};
    bool known = false;
    event.visit([&](auto const& payload) { known = take(at, payload); });
    if (!known) {
      reducer_.push(event);
    }
  }

  [[nodiscard]] std::vector<episode> finish() && {
    auto episodes = std::move(reducer_).finish();
    for (auto& each : episodes) {
      for (auto& one : each.actions) {
        complete(one);
      }
      leave_out_what_texts_hold(each.actions);
    }
    return episodes;
  }

private:
  struct pressed {
    timestamp when{};
    std::uint32_t characters = 0; ///< that it entered
    bool disclosed = false;
  };
  struct told {
    std::uint64_t first = 0; ///< its keys
    std::uint64_t last = 0;
  };

  /// True for what the keys in the trace say as well.
  template <class Payload>
  bool take(moment at, Payload const& what) {
    if constexpr (std::same_as<Payload, pointer_move>) {
      moves_.emplace_hint(moves_.end(), at.sequence, path_point{what.at, at.time});
    } else if constexpr (std::same_as<Payload, key>) {
      auto const facts = key_facts::of(what);
      if (what.phase != key_phase::release && facts.kind != key_class::modifier) {
        keys_.emplace_hint(keys_.end(), at.sequence,
                           pressed{at.time, characters_of(facts), facts.entered && facts.symbol});
      }
    } else if constexpr (std::same_as<Payload, text>) {
      bool const by_keys = what.source == text_source::typed || what.source == text_source::composed;
      told const keys = what.made_of.empty() ? told{} : told{what.made_of.front(), what.made_of.back()};
      if (by_keys && are_disclosed(keys)) {
        return true;
      }
      told_.emplace_hint(told_.end(), at.sequence, keys);
    }
    return false;
  }

  [[nodiscard]] static std::uint32_t characters_of(key_facts const& facts) noexcept {
    std::uint32_t count = 0;
    for (char const byte : facts.enters_characters() ? *facts.entered : std::string_view{}) {
      count += (static_cast<unsigned char>(byte) & 0xc0) != 0x80 ? 1u : 0u;
    }
    return count;
  }

  [[nodiscard]] bool are_disclosed(told const& keys) const {
    auto const first = keys_.lower_bound(keys.first);
    auto const last = keys_.upper_bound(keys.last);
    return keys.last != 0 && first != last && keys.first <= keys.last &&
           std::all_of(first, last, [](auto const& each) { return each.second.disclosed; });
  }

  void complete(action& one) const {
    auto* const text = std::get_if<text_action>(&one.what);
    std::vector<timestamp> typed;
    for (auto const child : one.children) {
      if (auto const move = moves_.find(child); move != moves_.end() && move->second.when <= one.began) {
        one.approach.push_back(move->second);
      }
      if (auto const key = keys_.find(child); text != nullptr && key != keys_.end()) {
        typed.insert(typed.end(), key->second.characters, key->second.when);
      }
      if (text != nullptr && told_.contains(child)) {
        text->whole = true;
      }
    }
    if (text != nullptr && !text->whole) {
      text->typed = std::move(typed);
    }
  }

  /// Enter within a text that is told as a whole is in its value.
  void leave_out_what_texts_hold(std::vector<action>& actions) const {
    std::vector<told> whole;
    for (auto const& one : actions) {
      auto const* const text = one.get_if<text_action>();
      if (text == nullptr || !text->whole || !text->value || text->value->find('\n') == std::string::npos) {
        continue;
      }
      for (auto const child : one.children) {
        if (auto const found = told_.find(child); found != told_.end()) {
          whole.push_back(found->second);
        }
      }
    }
    std::erase_if(actions, [&](action const& one) {
      auto const* const key = one.get_if<key_action>();
      return key != nullptr && key->kind == key_class::enter && !key->is_shortcut() &&
             std::ranges::any_of(
                 whole, [&](told const& range) { return one.onset > range.first && one.onset < range.last; });
    });
  }

  reducer reducer_;
  std::map<std::uint64_t, path_point> moves_{}; ///< by sequence number
  std::map<std::uint64_t, pressed> keys_{};     ///< presses and repetitions, by the same
  std::map<std::uint64_t, told> told_{};        ///< texts, by the same
};

} // namespace overt::inline v0::dataset
