#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/dataset/play/typed_symbols.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>

namespace overt::inline v0::dataset {

/// The hands of a replay that are on the keyboard. False from each: the player makes no more input.
template <input_player Player, class Clock>
class replay_keyboard {
public:
  /// Both live as long as this.
  replay_keyboard(Player& player, replay_timing<Clock>& timing) : player_{&player}, timing_{&timing} {}

  /// Writes `written`, each character at its time where the trace has that. Where the trace tells only what
  /// stood in the field afterwards, it takes the place of all that stands there.
  [[nodiscard]] bool write(action const& of, text_action const& what, std::string_view written) {
    auto const keys = symbols_of_text(written).value_or(std::vector<key_symbol>{});
    bool const at_their_times = !timing_->is_semantic() && what.typed.size() == keys.size();
    bool good = !what.whole || player_->stroke({'a'}, modifiers::control);
    for (std::size_t each = 0; each < keys.size() && good; ++each) {
      if (at_their_times) {
        timing_->wait_until(what.typed[each]);
      } else {
        timing_->wait_for_part(of, each, keys.size(), timing_->options().key_ns);
      }
      good = player_->stroke(keys[each], modifiers::none);
    }
    return good;
  }

  /// Presses a key as often as the system repeated it. The action has a symbol (`check_playable`).
  [[nodiscard]] bool press(action const& of, key_action const& what) {
    std::size_t const count = 1u + what.repeated;
    bool good = true;
    for (std::size_t each = 0; each < count && good; ++each) {
      timing_->wait_for_part(of, each, count, timing_->options().key_ns);
      good = player_->stroke(*what.symbol, what.held);
    }
    return good;
  }

private:
  Player* player_;
  replay_timing<Clock>* timing_;
};

} // namespace overt::inline v0::dataset
