#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/edit/drag_watch.hpp>
#include <overt/redact/edit/edit_op.hpp>
#include <overt/redact/edit/edit_paths.hpp>
#include <overt/redact/edit/edit_text.hpp>
#include <overt/redact/edit/entered_characters.hpp>
#include <overt/redact/edit/marked_text.hpp>
#include <overt/redact/edit/numbered_text.hpp>
#include <overt/redact/edit/pasted_parts.hpp>
#include <overt/redact/edit/value_match.hpp>

namespace overt::inline v0::redact {

/// How it ended with the text of a field.
enum class edit_verdict : std::uint8_t {
  certain,    ///< the text is known, and so is each state that it was in
  disagreed,  ///< the program says something else
  unresolved, ///< only the program could tell, and said nothing, or too little
  too_long,
  unsearched, ///< a detector could not look
};

/// What a person does to one field, step by step: every character that was ever put in, every state that the
/// text was in, and what detectors found in any of them. Fixed size; wiped by `clear` and at its end.
///
/// A character is marked if it was ever part of something that was found, in any state, or in the characters
/// in the order in which they were typed.
class field_edit {
public:
  static constexpr std::size_t most_steps = 8192;

  field_edit() = default;
  field_edit(field_edit const&) = delete;
  field_edit& operator=(field_edit const&) = delete;
  ~field_edit() { clear(); }

  void clear() noexcept {
    typed_.clear();
    v0::detail::wipe(steps_.data(), steps_count_ * sizeof(edit_op));
    steps_count_ = known_steps_ = 0;
    text_ = {};
    drags_ = {};
    guesses_ = needs_value_ = searched_ = unsearched_ = full_ = false;
    entered_ = waits_ = false;
  }

  /// Whether a character was put in.
  [[nodiscard]] bool entered_any() const noexcept { return entered_; }
  [[nodiscard]] std::size_t steps() const noexcept { return steps_count_; }
  /// The last step put the caret somewhere by the pointer.
  [[nodiscard]] bool ends_with_click() const noexcept {
    return steps_count_ > 0 && steps_[steps_count_ - 1].kind == edit_kind::place;
  }

  /// A key put `entered` (UTF-8) in. `alone`: that is what it puts in without dead keys or Compose before it.
  void enter(std::string_view entered, detect::detectors const& which, bool alone = false) {
    entered_ = true;
    // What was begun with a dead key came to nothing, and toolkits do not agree what is left of it.
    needs_value_ = needs_value_ || (waits_ && alone);
    waits_ = false;
    while (!entered.empty()) {
      auto const one = v0::detail::decode_utf8(entered);
      if (one.size == 0) {
        full_ = true;
        return;
      }
      entered.remove_prefix(one.size);
      insert(static_cast<char32_t>(one.character), edit_kind::insert, which);
    }
  }

  /// Any other step. Something unknown was pasted: a place that stands for it.
  void take(edit_op op, detect::detectors const& which) {
    if (op.kind == edit_kind::paste) {
      entered_ = true;
      return insert(0, edit_kind::paste, which);
    }
    add(op, which);
  }

  /// A key put nothing in, because it is part of a character that is to come: a dead key, or Compose.
  void wait_for_more() noexcept { waits_ = true; }

  /// The pointer went down in the field and came up elsewhere in it: something was selected, or what was
  /// selected before was dragged there. Then nobody can tell in which order the text stood.
  void drag(detect::detectors const& which) {
    drags_.drag();
    add({.kind = edit_kind::select}, which);
  }

  /// Whether all that was done is putting characters in, one after the other.
  [[nodiscard]] bool only_put_in() const noexcept {
    return !needs_value_ && !waits_ &&
           std::all_of(steps_.begin(), steps_.begin() + std::ptrdiff_t(steps_count_), [](edit_op op) {
             return op.kind == edit_kind::insert || op.kind == edit_kind::nothing;
           });
  }

  /// The characters, in the order in which they were typed, and what was found in them.
  [[nodiscard]] entered_characters const& typed() const noexcept { return typed_; }
  /// Whether anything was found since this was asked last.
  [[nodiscard]] bool found_more() noexcept { return typed_.found_more(); }
  /// Something was found that the character typed as number `i` is a part of.
  void mark_typed(std::size_t i, mark what) noexcept {
    if (what.is_entity()) {
      typed_.set_mark(i, what);
    }
  }

  /// Input that may have gone here was not seen, or changed something that only the program knows.
  void needs_value() noexcept { needs_value_ = true; }

  /// Makes the text that stands there in the end: `value` is what the program says, if it said something.
  [[nodiscard]] edit_verdict finish(std::optional<std::string_view> value, detect::detectors const& which,
                                    edit_paths& paths, marked_text& out) {
    out.clear();
    if (full_) {
      return edit_verdict::too_long;
    }
    if (drags_.rearranged()) {
      return edit_verdict::unresolved;
    }
    if (!search_typed(which)) {
      return edit_verdict::unsearched;
    }
    auto const ended = value ? with_value(*value, which, paths, out) : without_value(out);
    if (ended != edit_verdict::certain) {
      return ended;
    }
    bool const looked = out.scan(which, [&](std::size_t begin, std::size_t end, detect::entity found) {
      out.name_marks(begin, end, mark::of(found));
    });
    return looked ? edit_verdict::certain : edit_verdict::unsearched;
  }

private:
  /// Gives the character of a number.
  struct at_number {
    field_edit const* of;
    char32_t operator()(std::uint16_t number) const noexcept { return of->typed_[number]; }
  };
  [[nodiscard]] at_number character_at() const noexcept { return {this}; }

  void insert(char32_t character, edit_kind kind, detect::detectors const& which) {
    if (typed_.is_full()) {
      full_ = true;
      return;
    }
    add({.kind = kind, .character = typed_.add(character)}, which);
  }

  void add(edit_op op, detect::detectors const& which) {
    if (steps_count_ == most_steps) {
      full_ = true;
      return;
    }
    steps_[steps_count_++] = op;
    bool const cancels = waits_ && op.kind != edit_kind::nothing; // what was begun with a dead key, or not
    needs_value_ = needs_value_ || op.kind == edit_kind::unknown || cancels;
    drags_.follow(op);
    if (guesses_) {
      return;
    }
    known_steps_ = steps_count_ - 1;
    guesses_ = text_.depends_on_rule(op, character_at());
    if (guesses_) {
      return;
    }
    switch (text_.apply(op, word_rule::qt, character_at())) {
    case edit_effect::changed: search(text_, which); break;
    case edit_effect::choice: guesses_ = true; break;
    case edit_effect::full: full_ = true; break;
    case edit_effect::none: break;
    }
  }

  /// Looks at one state of the text. `parts`: what was pasted, from `there`; without its line breaks, if not
  /// `lines`.
  void search(edit_text const& state, detect::detectors const& which, pasted_parts const* parts = nullptr,
              marked_text const* there = nullptr, bool lines = true) {
    numbered_text now;
    for (std::size_t i = 0; i < state.size(); ++i) {
      auto const number = state[i];
      if (auto const character = typed_[number]; character != 0) {
        now.add(character, number);
      } else if (parts == nullptr) {
        now.add(U'\n', number);
      } else {
        parts->each_place(number, [&](std::size_t place) {
          if (lines || (*there)[place] != U'\n') {
            now.add((*there)[place], number);
          }
        });
      }
    }
    full_ = full_ || !now.is_complete();
    look_at(now, which);
  }

  void look_at(numbered_text const& what, detect::detectors const& which) {
    bool const looked = what.search(
        which, [&](std::uint16_t number, detect::entity found) { typed_.set_mark(number, mark::of(found)); });
    unsearched_ = unsearched_ || !looked;
  }

  /// Looks once more at every state, with what was pasted in its place. That is possible only if all of it
  /// still stands there, and at most once between two pieces that were typed.
  [[nodiscard]] edit_verdict search_pasted(edit_text const& text, value_match<at_number> const& match,
                                           marked_text const& there, detect::detectors const& which) {
    pasted_parts parts;
    if (!parts.find(text, match, there.size(), character_at()) || parts.count() != typed_.pastes()) {
      return edit_verdict::unresolved; // what was pasted and is gone may have been anything
    }
    if (parts.count() == 0) {
      return edit_verdict::certain;
    }
    edit_text state;
    for (std::size_t i = 0; i < steps_count_; ++i) {
      if (state.apply(steps_[i], word_rule::qt, character_at()) == edit_effect::changed) {
        search(state, which, &parts, &there);
        search(state, which, &parts, &there,
               false); // Enter, which ended it, may have put a line break into it
      }
    }
    return unsearched_ ? edit_verdict::unsearched : full_ ? edit_verdict::too_long : edit_verdict::certain;
  }

  [[nodiscard]] static bool puts(edit_op op, std::size_t number) noexcept {
    return (op.kind == edit_kind::insert || op.kind == edit_kind::paste) && op.character == number;
  }

  /// Looks at all characters in the order in which they were typed. False when a detector could not look.
  [[nodiscard]] bool search_typed(detect::detectors const& which) {
    if (!searched_) {
      searched_ = true;
      numbered_text typed;
      // What was typed after something was taken back stands apart: the states of the text show it joined.
      for (std::size_t i = 0, step = 0; i < typed_.size(); ++i) {
        bool apart = typed_[i] == 0;
        for (; step < steps_count_ && !puts(steps_[step], i); ++step) {
          apart = true;
        }
        ++step;
        if (apart) {
          typed.stand_apart();
        }
        if (typed_[i] != 0) {
          typed.add(typed_[i], static_cast<std::uint16_t>(i));
        }
      }
      if (!typed.is_complete()) {
        return false;
      }
      look_at(typed, which);
    }
    return !unsearched_;
  }

  [[nodiscard]] edit_verdict without_value(marked_text& out) const {
    if ((guesses_ && !only_moved_since()) || needs_value_ || waits_ || typed_.pastes() > 0) {
      return edit_verdict::unresolved;
    }
    for (std::size_t i = 0; i < text_.size(); ++i) {
      auto const number = text_[i];
      if (!out.add(typed_[number], typed_.mark_of(number))) {
        return edit_verdict::too_long;
      }
    }
    return edit_verdict::certain;
  }

  /// The steps up to the last that can have changed the text.
  [[nodiscard]] std::span<edit_op const> changing_steps() const noexcept {
    auto count = steps_count_;
    while (count > 0 && !changes_text(steps_[count - 1].kind)) {
      --count;
    }
    return std::span{steps_}.first(count);
  }

  /// Whether something was taken back after the pointer went into the text. A program takes back as much as
  /// it likes; where the caret is not known either, a way that was not taken may end at the same text.
  [[nodiscard]] bool takes_back_after_pointing() const noexcept {
    bool pointed = false;
    bool found = false;
    for (auto const& one : changing_steps()) {
      pointed = pointed || one.kind == edit_kind::place || one.kind == edit_kind::select;
      found = found || (pointed && one.kind == edit_kind::undo);
    }
    return found;
  }

  /// Whether all that is not known is where the caret went after the last change.
  [[nodiscard]] bool only_moved_since() const noexcept { return changing_steps().size() <= known_steps_; }

  [[nodiscard]] edit_verdict with_value(std::string_view value, detect::detectors const& which,
                                        edit_paths& paths, marked_text& out) {
    marked_text there;
    if (!there.add_all(value)) {
      return edit_verdict::too_long;
    }
    bool const looked = there.scan(which, [&](std::size_t begin, std::size_t end, detect::entity found) {
      there.set_marks(begin, end, mark::of(found));
    });
    if (!looked) {
      return edit_verdict::unsearched;
    }
    if (!guesses_ || only_moved_since()) {
      return compare(text_, there, which, out);
    }
    if (typed_.pastes() > 0 || takes_back_after_pointing()) {
      return edit_verdict::unresolved;
    }
    // Somebody may have been there before: only a text that is all there can be found again.
    bool const resolved = paths.resolve(
        changing_steps(), character_at(),
        [&](edit_text const& text) { return is_whole(text, there, character_at()); },
        [&](edit_text const& text) { search(text, which); },
        [&](edit_text const& text) {
          for (std::size_t i = 0; i < text.size(); ++i) {
            if (typed_.mark_of(text[i]).any()) {
              there.set_mark(i, typed_.mark_of(text[i]));
            }
          }
        });
    if (!resolved) {
      return edit_verdict::unresolved;
    }
    if (unsearched_) {
      return edit_verdict::unsearched;
    }
    for (std::size_t i = 0; i < there.size(); ++i) {
      static_cast<void>(out.add(there[i], there.mark_at(i)));
    }
    return edit_verdict::certain;
  }

  /// Takes the characters of `text` where they stand in `there`, with the marks of both.
  [[nodiscard]] edit_verdict compare(edit_text const& text, marked_text& there,
                                     detect::detectors const& which, marked_text& out) {
    value_match match{text, character_at(), there};
    if (!match.found()) {
      return edit_verdict::disagreed;
    }
    if (auto const looked = search_pasted(text, match, there, which); looked != edit_verdict::certain) {
      return looked;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      auto const number = text[i];
      auto const shown = typed_[number] == 0 ? char32_t{0} : there[match.place_of(i)];
      if (!out.add(shown, typed_.mark_of(number))) {
        return edit_verdict::too_long;
      }
    }
    match.each_place([&](std::size_t i, std::size_t place) {
      if (there.mark_at(place).any()) {
        out.set_mark(i, there.mark_at(place));
      }
    });
    return edit_verdict::certain;
  }

  entered_characters typed_{};
  std::array<edit_op, most_steps> steps_{};
  edit_text text_{}; ///< as far as it is known
  drag_watch drags_{};
  std::size_t steps_count_ = 0;
  std::size_t known_steps_ = 0; ///< before the first that could have led to several places
  bool guesses_ = false;        ///< a step could have led to several places
  bool needs_value_ = false;    ///< certain only if the program says the same
  bool searched_ = false;
  bool unsearched_ = false;
  bool full_ = false;
  bool entered_ = false;
  bool waits_ = false; ///< a dead key or Compose was pressed, and nothing came of it yet
};

} // namespace overt::inline v0::redact
