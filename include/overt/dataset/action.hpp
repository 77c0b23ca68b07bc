#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <overt/event/amount.hpp>
#include <overt/event/button.hpp>
#include <overt/event/clipboard.hpp>
#include <overt/event/key.hpp>
#include <overt/event/modifiers.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/rectangle.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/event/ui_action.hpp>

/// What a person did, in the units in which an agent does it again. Made from the events of a trace by
/// `reduce`; plain values, because what a trace holds was disclosed.
namespace overt::inline v0::dataset {

/// A point of a path and when the pointer was there.
struct path_point {
  screen_point at{};
  timestamp when{};
};

/// The pointer was moved and nothing was pressed: somebody pointed at something, and rested there.
struct move_action {
  screen_point at{};
  std::vector<path_point> path{};
};

/// A button was pressed and let go in one place, once or several times.
struct click_action {
  button_name which = button_name::left;
  std::uint8_t number = 1; ///< as the system numbers it
  std::uint8_t count = 1;  ///< 2: a double click
  modifiers held = modifiers::none;
  screen_point at{};
};

/// A button was pressed in one place and let go in another.
struct drag_action {
  button_name which = button_name::left;
  std::uint8_t number = 1;
  modifiers held = modifiers::none;
  screen_point from{};
  screen_point to{};
  std::vector<path_point> path{}; ///< the moves in between, if the trace has them
};

/// The wheel was turned in one direction, in one place, without a pause.
struct scroll_action {
  std::int32_t dx_v120 = 0; ///< as `scroll`: right, and down, are positive
  std::int32_t dy_v120 = 0;
  modifiers held = modifiers::none;
  screen_point at{};
};

/// A placeholder in a text: `{CARD}` stands in it for something that was withheld.
struct text_placeholder {
  std::string type{};
  amount size = amount::under_ten;
  std::uint32_t begin = 0; ///< in the value, in characters
  std::uint32_t end = 0;
};

/// Something was written into a field.
struct text_action {
  std::optional<std::string> value{}; ///< UTF-8; nothing where it was withheld
  text_source source = text_source::typed;
  text_doubt doubt = text_doubt::none; ///< why it was withheld
  std::optional<amount> size{};        ///< roughly how much it was, if that was told
  std::vector<text_placeholder> placeholders{};
  std::uint32_t repeated = 0; ///< characters that came from a key that was held down
  bool whole = false; ///< the value is all that stood in the field afterwards (`replay_reducer` says so)
  std::vector<timestamp> typed{}; ///< when each character of the value was, if that is known (the same)
};

/// One key that writes nothing, alone or with modifiers: Enter, Tab, Ctrl+S.
struct key_action {
  key_class kind = key_class::unknown;
  std::optional<key_symbol> symbol{}; ///< nothing where it was withheld
  modifiers held = modifiers::none;
  std::uint32_t repeated = 0; ///< times the system repeated it while it was held down

  /// Whether it is a shortcut: more than Shift was held.
  [[nodiscard]] bool is_shortcut() const noexcept {
    return (held & (modifiers::control | modifiers::alt | modifiers::super)) != modifiers::none;
  }
};

/// Nothing was done for a while, and then something was.
struct wait_action {
  std::int64_t ns = 0;
};

/// Another window, page or element has the focus: `action::where`.
struct focus_action {
  bool in_page = false;
};

/// The program told of an act whose input is not in the trace: `action::meant` has it.
struct told_action {};

using action_kind = std::variant<move_action, click_action, drag_action, scroll_action, text_action,
                                 key_action, wait_action, focus_action, told_action>;

/// A step of the way to an element.
struct meant_step {
  ui_role role = ui_role::unknown;
  std::string label{};
};

/// What an action meant to the program: `ui_action` with its disclosed content. Empty where it was withheld.
struct meaning {
  ui_act act = ui_act::activate;
  ui_role role = ui_role::unknown;
  std::string label{};
  std::vector<meant_step> path{}; ///< from the window down to the element
  std::string before{};
  std::string after{};
  rectangle bounds{};
  std::string selector{};
  std::uint64_t sequence = 0; ///< of the `ui_action`
};

/// What is wrong with an action, and stands in the way of doing it again.
enum class action_flaw : std::uint8_t {
  none,
  no_release, ///< its press has no release in the trace
  no_press,   ///< its release has no press
  cut,        ///< something in the middle of it was withheld or lost
};

constexpr auto enumerators(action_flaw) {
  return std::array<std::string_view, 4>{"none", "no_release", "no_press", "cut"};
}

/// Where an action happened, as far as it was disclosed.
struct action_place {
  std::string application{};
  std::string title{};
  std::string origin{};
  std::string page{};

  friend bool operator==(action_place const&, action_place const&) = default;
};

/// One thing that a person did. Its identity are the events that it is made of.
struct action {
  action_kind what = told_action{};
  std::vector<std::uint64_t> children{}; ///< sequence numbers, ascending; no event is in two actions
  std::uint64_t follows = 0; ///< the event that it came after, where it is told later than it was done
  std::uint64_t onset = 0; ///< of its first press, key or turn; all that has a smaller number came before it
  timestamp approached{};  ///< when the hand began to move towards it; `began` where the trace has no moves
  timestamp began{};       ///< of its first press, key, or turn of the wheel
  timestamp ended{};
  std::vector<path_point> approach{}; ///< the way of the pointer up to `began` (`replay_reducer` has it)
  action_place where{};
  std::vector<meaning> meant{}; ///< usually one; what the program told of it, in that order
  std::optional<clipboard_operation> clipboard{};
  action_flaw flaw = action_flaw::none;

  template <class Kind>
  [[nodiscard]] Kind const* get_if() const noexcept {
    return std::get_if<Kind>(&what);
  }
};

using overt::name_of; // the one below would hide it

/// The name of a kind, as it stands in datasets.
[[nodiscard]] constexpr std::string_view name_of(action_kind const& what) noexcept {
  constexpr std::array<std::string_view, 9> names{"move", "click", "drag",  "scroll", "text",
                                                  "key",  "wait",  "focus", "told"};
  return names[what.index()];
}

} // namespace overt::inline v0::dataset
