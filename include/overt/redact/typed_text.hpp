#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <overt/consent/grants.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/detail/wiped_stack.hpp>
#include <overt/event/button.hpp>
#include <overt/event/clipboard.hpp>
#include <overt/event/focus.hpp>
#include <overt/event/key.hpp>
#include <overt/event/text.hpp>
#include <overt/event/ui_action.hpp>
#include <overt/redact/detect/describe.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/edit/edited_fields.hpp>
#include <overt/redact/edit/field_release.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/repetitions.hpp>

namespace overt::inline v0::redact {

/// Turns typing into texts. When to use it: whenever anything of what people type may leave.
///
/// Keys that edit a field are taken in and become one `text` when the field is left for good: what stands
/// there then, with a placeholder for each personal thing that detectors found in it, in any state that it
/// was in on the way, or in the characters as they were typed. Nothing undecided is released by time. Enter,
/// or a button of the window, submits what was typed; going elsewhere keeps back the last word and the digits
/// at the end, and coming back judges old and new together. What the program says stands there has to agree
/// with what the keys would have made; where only the program can tell (a click into the text, undo,
/// pasting), it has to have said so. Everything else is withheld, with the reason.
///
/// Shortcuts, Enter and Tab are left to the policies that follow. Comes before `shortcuts` and
/// `navigation_keys`.
struct typed_text {
  detect::detectors detectors = detect::all();
  typed_value tell = typed_value::cleared;

  static constexpr std::string_view name = "typed_text";
  static constexpr bool composes = true;
  using memory = edited_fields;

  static constexpr std::int64_t longest_ns = 600'000'000'000;

  [[nodiscard]] std::string describe() const {
    return "{\"detectors\":" + detect::describe(detectors) + ",\"policy\":\"typed_text\",\"tell\":\"" +
           std::string{name_of(tell)} + "\"}";
  }

  /// Detectors that are switched off or less watchful disclose what was not cleared, as raw keys would.
  [[nodiscard]] consent::grants needs() const {
    using consent::grants;
    return detect::is_loosened(detectors) ? grants::key_semantic | grants::key_raw : grants::key_semantic;
  }

  [[nodiscard]] verdict operator()(key& what, memory& kept, occasion const& at,
                                   disclosure const& unlock) const {
    kept.now = at.head.time;
    if (what.symbol.state() == guard_state::denied || !at.head.context) {
      return verdict::pass(); // it went to no field
    }
    came_to(kept, at.where, unlock);
    auto const meant = meaning_of(what, unlock);
    if (meant.effect == key_effect::modifies) {
      return verdict::fold();
    }
    auto* const open = kept.open_in(at.where, unlock);
    if (what.phase == key_phase::release) {
      bool const caret =
          open != nullptr && what.kind == key_class::navigation && meant.effect == key_effect::edits;
      bool const edits = is_typing(what) || what.kind == key_class::editing || caret;
      return edits && !meant.is_command ? verdict::fold() : verdict::pass();
    }
    switch (meant.effect) {
    case key_effect::commits: submit(kept, at, unlock); return verdict::pass();
    case key_effect::leaves:
      if (open != nullptr) {
        open->leave(at.head.time);
      }
      return verdict::pass();
    case key_effect::edits:
    case key_effect::modifies: break;
    }
    auto const said = edit(what, meant, open, kept, at, unlock);
    v0::detail::wipe_stack();
    return said;
  }

  /// What the program says stands in a field.
  [[nodiscard]] verdict operator()(text& what, memory& kept, occasion const& at,
                                   disclosure const& unlock) const {
    kept.now = at.head.time;
    bool const known = what.value.state() != guard_state::denied;
    if (auto* const open = kept.open_in(at.where, unlock); open != nullptr && is_put_in(what, unlock)) {
      open->edit.enter(what.value.look(unlock).view(), detectors);
      field_release::remember_found(kept, *open);
      v0::detail::wipe_stack();
      return verdict::fold();
    }
    auto const value = known ? std::optional{what.value.look(unlock).view()} : std::nullopt;
    bool heard = false;
    for (bool const left : {true, false}) { // what has the focus still is meant only if nothing was left
      kept.each([&](edited_field& one) {
        if (one.left == left && !(heard && !left) && same_place(*one.where, at.where, unlock) &&
            speaks_of(what, one)) {
          one.hear(what.source, value);
          one.leave(at.head.time);
          heard = true;
        }
      });
    }
    if (kept.pasted_in && same_place(*kept.pasted_in, at.where, unlock)) {
      kept.pasted_in = {}; // if that was a field, it is the one that this tells of
    }
    if (!heard) {
      bool const missed = std::exchange(kept.missed_input, false);
      field_release{detectors, tell}.told(kept, what, value, at, missed, unlock);
    }
    return verdict::fold();
  }

  /// A press may put the caret anywhere, in this field or out of it.
  void operator()(button& what, memory& kept, occasion const& at, disclosure const& unlock) const {
    kept.now = at.head.time;
    auto* const open = kept.open_in(at.where, unlock);
    if (what.phase != button_phase::press) {
      if (open != nullptr && what.which == button_name::left) {
        let_go(what, *open);
      }
      return;
    }
    if (open == nullptr) {
      if (what.which == button_name::middle) {
        kept.pasted_in = at.head.context;
      }
      return;
    }
    open->edit.take({.kind = what.clicks > 1 ? edit_kind::select : edit_kind::place}, detectors);
    if (what.which == button_name::left) {
      open->pressed_at = what.at;
    } else {
      open->edit.take({.kind = edit_kind::paste}, detectors); // the middle one pastes, the right one may
      open->edit.needs_value();
    }
  }

  void operator()(clipboard& what, memory& kept, occasion const& at, disclosure const& unlock) const {
    auto* const open = kept.open_in(at.where, unlock);
    bool const by_key = open != nullptr && !what.made_of.empty() && open->pasted_by == what.made_of.back();
    if (open == nullptr && what.operation == clipboard_operation::paste) {
      kept.pasted_in = at.head.context;
    }
    if (open != nullptr && !by_key && what.operation != clipboard_operation::copy) {
      open->edit.take(
          {.kind = what.operation == clipboard_operation::cut ? edit_kind::cut : edit_kind::paste},
          detectors);
      open->edit.needs_value();
    }
  }

  void operator()(focus&, memory& kept, occasion const& at, disclosure const& unlock) const {
    kept.now = at.head.time;
    came_to(kept, at.where, unlock);
  }

  /// A button submits what was typed in its window.
  void operator()(ui_action& what, memory& kept, occasion const& at, disclosure const& unlock) const {
    bool const submits =
        what.act == ui_act::activate && (what.role == ui_role::button || what.role == ui_role::link);
    kept.each([&](edited_field& one) {
      bool const there = same_place(*one.where, at.where, unlock);
      if (there && submits && (one.left || one.edit.ends_with_click())) {
        one.leave(at.head.time);
        one.release = one.release == release_of::undecided ? release_of::submitted : one.release;
      }
    });
  }

  /// Input that never came here: it was withheld before.
  void missed(memory& kept, occasion const& at, withheld_reason why, disclosure const& unlock) const {
    kept.now = at.head.time;
    kept.missed_input = true;
    if (!at.head.context) {
      return kept.each([](edited_field& one) {
        if (!one.left) {
          one.edit.needs_value();
        }
      });
    }
    came_to(kept, at.where, unlock);
    auto* const open = kept.open_in(at.where, unlock);
    if (open == nullptr) {
      return;
    }
    if (why == withheld_reason::secret_field || why == withheld_reason::unknown_field) {
      open->interrupted = !open->edit.ends_with_click(); // the field itself turned out secret
      open->leave(at.head.time);
    } else {
      open->edit.needs_value();
    }
  }

  void advance(memory& kept, timestamp now, disclosure const& unlock, composed_texts& out) const {
    if (kept.any()) {
      field_release{detectors, tell}.due(kept, now, false, unlock);
    }
    hand_on(kept, out);
  }

  /// Decides about everything. `revoked`: nothing may leave any more.
  void finish(memory& kept, bool revoked, disclosure const& unlock, composed_texts& out) const {
    kept.each([&](edited_field& one) {
      one.interrupted = one.interrupted || revoked;
      one.leave(kept.now);
      one.release = one.release == release_of::undecided ? release_of::abandoned : one.release;
    });
    field_release{detectors, tell}.due(kept, kept.now, true, unlock);
    hand_on(kept, out);
  }

  /// The person pauses: nothing that is not decided leaves. What they type first afterwards may go on from
  /// what nobody saw, so it does not leave either; what was typed before is remembered, to be judged with it.
  void pause(memory& kept, disclosure const& unlock) const {
    composed_texts dropped;
    finish(kept, true, unlock, dropped);
    kept.paused = kept.missed_input = true;
    kept.pasted_in = {};
  }

  /// Masks what repeats something personal that was typed, wherever it shows up.
  void recheck(memory& kept, guarded_text& what, clearance const& look) const {
    if (kept.has_seen_any()) {
      mask_repetitions(kept.seen(), what, look);
    }
  }

private:
  static void hand_on(memory& kept, composed_texts& out) {
    if (!kept.ready.empty()) {
      kept.ready.take_all([&](composed_text& made) { out.add(std::move(made)); });
      v0::detail::wipe_stack(); // something was decided
    }
  }

  /// Input or focus in one place: what is open in others was left.
  static void came_to(memory& kept, context const& where, clearance const& look) {
    kept.each([&](edited_field& one) {
      if (!same_place(*one.where, where, look)) {
        one.leave(kept.now);
        one.release = one.release == release_of::undecided ? release_of::abandoned : one.release;
      }
    });
  }

  static void submit(memory& kept, occasion const& at, clearance const& look) {
    kept.each([&](edited_field& one) {
      if (same_place(*one.where, at.where, look)) {
        one.leave(at.head.time);
        one.release = one.release == release_of::undecided ? release_of::submitted : one.release;
      }
    });
  }

  [[nodiscard]] verdict edit(key const& what, key_meaning const& meant, edited_field* open, memory& kept,
                             occasion const& at, disclosure const& unlock) const {
    bool const puts = meant.op.kind <= edit_kind::erase_word_right || meant.op.kind == edit_kind::paste;
    if (open == nullptr && puts) {
      open = &kept.begin(at.head.time, at.head.context, at.head.source, at.head.produced, at.written,
                         [&](edited_field& oldest) {
                           oldest.leave(at.head.time);
                           oldest.release = release_of::abandoned;
                           field_release{detectors, tell}.due(kept, at.head.time, true, unlock);
                           oldest.end();
                         });
      open->interrupted = std::exchange(kept.paused, false);
      if (kept.pasted_in && same_place(*kept.pasted_in, at.where, unlock)) {
        kept.pasted_in = {};
        open->edit.take({.kind = edit_kind::paste}, detectors);
        open->edit.needs_value();
      }
    }
    if (open == nullptr) {
      return verdict::pass();
    }
    open->last = at.head.time;
    open->last_number = at.head.produced;
    if (meant.op.kind == edit_kind::insert || what.kind == key_class::dead) {
      enter(what, *open, unlock);
    } else {
      open->edit.take(meant.op, detectors);
      open->pasted_by = meant.op.kind == edit_kind::paste ? at.head.produced : open->pasted_by;
    }
    field_release::remember_found(kept, *open);
    return meant.is_command ? verdict::pass() : verdict::fold();
  }

  /// A character that no key says is that of the symbol. One that says it put nothing in is part of a longer
  /// sequence.
  void enter(key const& what, edited_field& into, disclosure const& unlock) const {
    auto const& entered = what.entered.look(unlock);
    std::array<char, 4> bytes{};
    auto const character = character_of(what.symbol.look(unlock));
    std::string_view const plain{bytes.data(),
                                 character == 0 ? 0 : v0::detail::encode_utf8(character, bytes.data())};
    if (!entered.empty()) {
      into.edit.enter(entered.view(), detectors, entered.view() == plain);
    } else if (what.entered.state() != guard_state::denied) {
      into.edit.wait_for_more();
    } else if (!plain.empty()) {
      into.edit.enter(plain, detectors);
    } else {
      into.edit.take({.kind = edit_kind::unknown}, detectors);
    }
  }

  /// Whether a backend tells of one key that put in more than a key has room for, as long Compose sequences
  /// do.
  [[nodiscard]] static bool is_put_in(text const& told, clearance const& look) {
    return told.source == text_source::composed && told.made_of.empty() &&
           told.edits.state() != guard_state::denied && told.edits.look(look) == 0 &&
           told.value.state() != guard_state::denied;
  }

  /// The left button came up: where it went down, or elsewhere. Where it did not go down in this field,
  /// something was dragged here from another place.
  void let_go(button const& what, edited_field& open) const {
    constexpr std::int32_t still = 3; // pixels that a hand moves while it clicks
    auto const from = std::exchange(open.pressed_at, std::nullopt);
    if (!from) {
      open.edit.take({.kind = edit_kind::unknown}, detectors);
    } else if (std::abs(from->x - what.at.x) > still || std::abs(from->y - what.at.y) > still) {
      open.edit.drag(detectors);
    }
  }

  /// Whether the keys of a text are those of a field.
  [[nodiscard]] static bool speaks_of(text const& told, edited_field const& field) noexcept {
    if (field.told_source) {
      return false;
    }
    if (told.made_of.empty() || field.first_number == 0) {
      return true;
    }
    return told.made_of.front() <= field.last_number && told.made_of.back() >= field.first_number;
  }
};

} // namespace overt::inline v0::redact
