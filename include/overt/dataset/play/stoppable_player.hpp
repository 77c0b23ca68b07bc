#pragma once

#include <cstdint>

#include <overt/dataset/play/replay_parts.hpp>
#include <overt/dataset/play/replay_timing.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// An `input_player` that makes no more input once the replay was stopped: false, as if the display had gone.
/// What is held can still be let go.
template <input_player Player, class Clock>
class stoppable_player {
public:
  /// Both live as long as this.
  stoppable_player(Player& player, replay_timing<Clock> const& timing) : player_{&player}, timing_{&timing} {}

  [[nodiscard]] bool move(screen_point to) { return !timing_->was_stopped() && player_->move(to); }
  [[nodiscard]] bool button(std::uint8_t number, bool down) {
    return (!down || !timing_->was_stopped()) && player_->button(number, down);
  }
  [[nodiscard]] bool stroke(key_symbol symbol, modifiers held) {
    return !timing_->was_stopped() && player_->stroke(symbol, held);
  }
  [[nodiscard]] bool hold(modifiers held) { return player_->hold(held); }
  [[nodiscard]] bool let_go() { return player_->let_go(); }

private:
  Player* player_;
  replay_timing<Clock> const* timing_;
};

} // namespace overt::inline v0::dataset
