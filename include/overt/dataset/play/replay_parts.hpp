#pragma once

#include <concepts>
#include <cstdint>
#include <optional>

#include <overt/dataset/action.hpp>
#include <overt/dataset/play/seen_element.hpp>
#include <overt/dataset/play/seen_window.hpp>
#include <overt/event/key_symbol.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/pointer_move.hpp>

namespace overt::inline v0::dataset {

/// Makes input. False: the display has gone, or no key can make the symbol. `stroke` presses and lets go of
/// one key and leaves the modifiers that it needed held; `hold` says which are to be held from now on.
template <class Player>
concept input_player = requires(Player& player, screen_point at, key_symbol symbol, modifiers held) {
  { player.move(at) } -> std::same_as<bool>;
  { player.button(std::uint8_t{1}, true) } -> std::same_as<bool>;
  { player.hold(held) } -> std::same_as<bool>;
  { player.stroke(symbol, held) } -> std::same_as<bool>;
  { player.let_go() } -> std::same_as<bool>;
};

/// Says what window has the focus, and what is at a point, at this moment.
template <class Windows>
concept window_view = requires(Windows& windows, screen_point at) {
  { windows.focused() } -> std::same_as<std::optional<seen_window>>;
  { windows.at(at) } -> std::same_as<std::optional<seen_window>>;
};

/// Finds elements at this moment, and the one with the focus. `settle` waits until a program has handled what
/// was sent to it, as far as it tells.
template <class Elements>
concept element_view =
    requires(Elements& elements, meaning const& wanted, seen_window const& window, screen_point at) {
      { elements.find(wanted, window, at) } -> std::same_as<std::optional<seen_element>>;
      { elements.focused(std::uint32_t{1}) } -> std::same_as<std::optional<seen_field>>;
      { elements.settle(std::uint32_t{1}, std::int64_t{1}) } -> std::same_as<void>;
    };

/// For a desktop on which programs do not tell of their elements: nothing is waited for but windows.
struct no_elements {
  [[nodiscard]] std::optional<seen_element> find(meaning const&, seen_window const&, screen_point) {
    return std::nullopt;
  }
  [[nodiscard]] std::optional<seen_field> focused(std::uint32_t) { return std::nullopt; }
  void settle(std::uint32_t, std::int64_t) {}
};

} // namespace overt::inline v0::dataset
