#pragma once

#include <cstdint>
#include <optional>

#include <overt/event/clearance.hpp>
#include <overt/event/key.hpp>
#include <overt/redact/typing.hpp>

namespace overt::inline v0::redact {

/// What one key does to a field of one line, as the common toolkits have it.
enum class edit_kind : std::uint8_t {
  insert,
  erase_left,
  erase_right,
  erase_word_left,
  erase_word_right,
  left,
  right,
  word_left,
  word_right,
  home,
  end,
  select_all,
  cut,
  paste,
  undo,   ///< or redo: back to a state that there was before
  place,  ///< the caret goes somewhere: a click, or up and down
  select, ///< something is selected by the mouse
  nothing,
  unknown, ///< a command that may have changed something: only the program can tell
};

/// Whether a step can change the text; the others move the caret.
[[nodiscard]] constexpr bool changes_text(edit_kind kind) noexcept {
  return kind <= edit_kind::erase_word_right || kind == edit_kind::cut || kind == edit_kind::paste ||
         kind == edit_kind::undo;
}

/// One step. `extend`: the selection follows the caret. `character` is that of an insertion: its number in
/// the session.
struct edit_op {
  edit_kind kind = edit_kind::nothing;
  bool extend = false;
  std::uint16_t character = 0;
};

/// What a key is to the field that it goes to.
enum class key_effect : std::uint8_t {
  edits,    ///< it is part of editing, see `op`
  commits,  ///< Enter
  leaves,   ///< Tab, and commands after which typing goes elsewhere
  modifies, ///< a modifier by itself
};

struct key_meaning {
  key_effect effect = key_effect::edits;
  edit_op op{};
  bool is_command = false; ///< a shortcut, which is told by itself too
};

namespace detail {

[[nodiscard]] constexpr edit_kind letter_command(std::uint32_t letter, bool shift) noexcept {
  switch (letter | 0x20u) {
  case 'a': return shift ? edit_kind::unknown : edit_kind::select_all;
  case 'x': return edit_kind::cut;
  case 'v': return edit_kind::paste;
  case 'z':
  case 'y': return edit_kind::undo;
  case 'c':
  case 's':
  case 'b':
  case 'i': return edit_kind::nothing;
  default: return edit_kind::unknown;
  }
}

/// The keys of the number pad mean the same as the others.
[[nodiscard]] constexpr std::uint32_t without_keypad(std::uint32_t keysym) noexcept {
  switch (keysym) {
  case 0xff95: return 0xff50;
  case 0xff96: return 0xff51;
  case 0xff97: return 0xff52;
  case 0xff98: return 0xff53;
  case 0xff99: return 0xff54;
  case 0xff9a: return 0xff55;
  case 0xff9b: return 0xff56;
  case 0xff9c: return 0xff57;
  case 0xff9e: return 0xff63;
  case 0xff9f: return 0xffff;
  case 0xff8d: return 0xff0d;
  case 0xff89: return 0xff09;
  default: return keysym;
  }
}

[[nodiscard]] constexpr key_meaning editing_key(std::uint32_t keysym, bool control, bool shift) noexcept {
  auto const edit = [shift](edit_kind kind) { return key_meaning{.op = {.kind = kind, .extend = shift}}; };
  switch (keysym) {
  case 0xff08: return edit(control ? edit_kind::erase_word_left : edit_kind::erase_left);
  case 0xffff:
    return edit(shift && !control ? edit_kind::cut
                : control         ? edit_kind::erase_word_right
                                  : edit_kind::erase_right);
  case 0xff51: return edit(control ? edit_kind::word_left : edit_kind::left);
  case 0xff53: return edit(control ? edit_kind::word_right : edit_kind::right);
  case 0xff50: return edit(edit_kind::home);
  case 0xff57: return edit(edit_kind::end);
  case 0xff52:
  case 0xff54:
  case 0xff55:
  case 0xff56: return edit(shift ? edit_kind::select : edit_kind::place);
  case 0xff63:
    return edit(shift && !control ? edit_kind::paste : control ? edit_kind::nothing : edit_kind::unknown);
  case 0xff0d: return {.effect = key_effect::commits};
  case 0xff09:
  case 0xfe20: return {.effect = key_effect::leaves};
  default: return edit(edit_kind::unknown);
  }
}

} // namespace detail

/// What a key that was pressed or repeated means. A character that a key enters is left to the caller to
/// number.
[[nodiscard]] inline key_meaning meaning_of(key const& what, clearance const& look) noexcept {
  auto const symbol = what.symbol.look(look);
  auto const keysym = detail::without_keypad(symbol.keysym);
  bool const control = has_all(what.held, modifiers::control);
  bool const shift = has_all(what.held, modifiers::shift);
  bool const other = (what.held & (modifiers::alt | modifiers::super)) != modifiers::none;
  switch (what.kind) {
  case key_class::modifier: return {.effect = key_effect::modifies};
  case key_class::dead: return {.op = {.kind = edit_kind::nothing}};
  case key_class::function: return {.effect = key_effect::leaves, .is_command = true};
  case key_class::unknown: return {.op = {.kind = edit_kind::unknown}};
  case key_class::navigation:
  case key_class::editing:
  case key_class::enter: {
    auto meant = detail::editing_key(keysym, control, shift);
    if (other) {
      meant = {.effect = key_effect::leaves, .is_command = true};
    }
    return meant;
  }
  case key_class::letter:
  case key_class::digit:
  case key_class::punctuation: break;
  }
  if (is_typing(what) ||
      (has_all(what.held, modifiers::control | modifiers::alt) && !what.entered.look(look).empty())) {
    return {.op = {.kind = edit_kind::insert}};
  }
  if (may_enter_by_number(what, symbol)) {
    return {.op = {.kind = edit_kind::paste}}; // a character will come, and nobody knows which
  }
  if (other) {
    return {.effect = key_effect::leaves, .is_command = true};
  }
  auto const kind =
      what.kind == key_class::letter ? detail::letter_command(keysym, shift) : edit_kind::unknown;
  bool const by_number = control && shift && (keysym | 0x20u) == 'u'; // its digits follow
  return {.effect = kind == edit_kind::unknown && !by_number ? key_effect::leaves : key_effect::edits,
          .op = {.kind = kind},
          .is_command = true};
}

} // namespace overt::inline v0::redact
