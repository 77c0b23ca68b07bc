#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/edit/edit_op.hpp>
#include <overt/redact/edit/edit_paths.hpp>
#include <overt/redact/edit/edit_text.hpp>
#include <overt/redact/edit/marked_text.hpp>
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
  static constexpr std::size_t most_characters = 4096;
  static constexpr std::size_t most_steps = 8192;

  field_edit() = default;
  field_edit(field_edit const&) = delete;
  field_edit& operator=(field_edit const&) = delete;
  ~field_edit() { clear(); }

  void clear() noexcept {
    v0::detail::wipe(characters_.data(), characters_count_ * sizeof(char32_t));
    v0::detail::wipe(steps_.data(), steps_count_ * sizeof(edit_op));
    characters_count_ = steps_count_ = 0;
    text_ = {};
    guesses_ = needs_value_ = searched_ = full_ = false;
    entered_ = false;
  }

  /// Whether anything was put in or taken out.
  [[nodiscard]] bool any() const noexcept { return steps_count_ > 0; }
  [[nodiscard]] bool entered_any() const noexcept { return entered_; }
  [[nodiscard]] std::size_t steps() const noexcept { return steps_count_; }
  /// The last step put the caret somewhere by the pointer.
  [[nodiscard]] bool ends_with_click() const noexcept {
    return steps_count_ > 0 && steps_[steps_count_ - 1].kind == edit_kind::place;
  }

  /// A key put `entered` (UTF-8) in.
  void enter(std::string_view entered, detect::detectors const& which) {
    entered_ = true;
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

  /// Calls `use(std::u32string_view, mark)` for each stretch of characters, as they were typed, that was ever
  /// part of something that was found.
  template <class Use>
  void each_found(Use&& use) const {
    for (std::size_t i = 0; i < characters_count_;) {
      auto end = i + 1;
      while (end < characters_count_ && marks_[end] == marks_[i]) {
        ++end;
      }
      if (marks_[i].is_entity()) {
        use(std::u32string_view{characters_.data() + i, end - i}, marks_[i]);
      }
      i = end;
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
  [[nodiscard]] auto character_at() const noexcept {
    return [this](std::uint16_t number) { return characters_[number]; };
  }

  void insert(char32_t character, edit_kind kind, detect::detectors const& which) {
    if (characters_count_ == most_characters) {
      full_ = true;
      return;
    }
    auto const number = static_cast<std::uint16_t>(characters_count_);
    characters_[characters_count_] = character;
    marks_[characters_count_++] = character == 0 ? mark::pasted() : mark{};
    add({.kind = kind, .character = number}, which);
  }

  void add(edit_op op, detect::detectors const& which) {
    if (steps_count_ == most_steps) {
      full_ = true;
      return;
    }
    steps_[steps_count_++] = op;
    needs_value_ = needs_value_ || op.kind == edit_kind::unknown;
    if (guesses_) {
      return;
    }
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

  /// Looks at one state of the text.
  void search(edit_text const& state, detect::detectors const& which) {
    marked_text now;
    for (std::size_t i = 0; i < state.size(); ++i) {
      auto const character = characters_[state[i]];
      if (!now.add(character == 0 ? U'\n' : character)) {
        full_ = true;
        return;
      }
    }
    bool const looked = now.scan(which, [&](std::size_t i, std::size_t end, detect::entity found) {
      for (; i < end; ++i) {
        set_mark(state[i], mark::of(found));
      }
    });
    unsearched_ = unsearched_ || !looked;
  }

  [[nodiscard]] static bool puts(edit_op op, std::size_t number) noexcept {
    return (op.kind == edit_kind::insert || op.kind == edit_kind::paste) && op.character == number;
  }

  /// Looks at all characters in the order in which they were typed. False when a detector could not look.
  [[nodiscard]] bool search_typed(detect::detectors const& which) {
    if (!searched_) {
      searched_ = true;
      marked_text typed;
      std::array<std::uint16_t, marked_text::capacity> number; // not filled: only what is written is read
      bool room = true;
      auto const add = [&](char32_t character, std::size_t of) {
        auto const place = typed.size();
        room = room && typed.add(character);
        if (room) {
          number[place] = static_cast<std::uint16_t>(of);
        }
      };
      // What was typed after something was taken back stands apart: the states of the text show it joined.
      for (std::size_t i = 0, step = 0; i < characters_count_; ++i) {
        bool apart = characters_[i] == 0;
        for (; step < steps_count_ && !puts(steps_[step], i); ++step) {
          apart = true;
        }
        ++step;
        if (apart && typed.size() > 0) {
          add(U'\n', i);
        }
        if (characters_[i] != 0) {
          add(characters_[i], i);
        }
      }
      if (!room) {
        return false;
      }
      bool const looked = typed.scan(which, [&](std::size_t i, std::size_t end, detect::entity found) {
        for (; i < end; ++i) {
          if (typed[i] != U'\n') {
            set_mark(number[i], mark::of(found));
          }
        }
      });
      unsearched_ = unsearched_ || !looked;
    }
    return !unsearched_;
  }

  void set_mark(std::size_t number, mark what) noexcept {
    if (!marks_[number].any()) {
      marks_[number] = what;
    }
  }

  [[nodiscard]] edit_verdict without_value(marked_text& out) const {
    if (guesses_ && !trailing_guess()) {
      return edit_verdict::unresolved;
    }
    if (needs_value_) {
      return edit_verdict::unresolved;
    }
    for (std::size_t i = 0; i < text_.size(); ++i) {
      auto const number = text_[i];
      if (!out.add(characters_[number], marks_[number])) {
        return edit_verdict::too_long;
      }
    }
    return edit_verdict::certain;
  }

  /// Whether all that is not known is where the caret went after the last change.
  [[nodiscard]] bool trailing_guess() const noexcept {
    for (std::size_t i = steps_count_; i > 0; --i) {
      auto const kind = steps_[i - 1].kind;
      if (kind != edit_kind::place && kind != edit_kind::nothing) {
        return false;
      }
      if (i == 1 || (steps_[i - 2].kind != edit_kind::place && steps_[i - 2].kind != edit_kind::nothing)) {
        return true;
      }
    }
    return true;
  }

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
    if (!guesses_ || trailing_guess()) {
      return compare(text_, there, out);
    }
    // Somebody may have been there before: only a text that is all there can be found again.
    bool const resolved = paths.resolve(
        std::span{steps_}.first(steps_count_), character_at(),
        [&](edit_text const& text) { return is_whole(text, there, character_at()); },
        [&](edit_text const& text) { search(text, which); },
        [&](edit_text const& text) {
          for (std::size_t i = 0; i < text.size(); ++i) {
            if (marks_[text[i]].any()) {
              there.set_mark(i, marks_[text[i]]);
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
  [[nodiscard]] edit_verdict compare(edit_text const& text, marked_text& there, marked_text& out) const {
    value_match match{text, character_at(), there};
    if (!match.found()) {
      return edit_verdict::disagreed;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
      auto const number = text[i];
      auto const shown = characters_[number] == 0 ? char32_t{0} : there[match.place_of(i)];
      if (!out.add(shown, marks_[number])) {
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

  std::array<char32_t, most_characters> characters_{}; ///< all that were ever put in; 0 for what was pasted
  std::array<mark, most_characters> marks_{};
  std::array<edit_op, most_steps> steps_{};
  edit_text text_{}; ///< as far as it is known
  std::size_t characters_count_ = 0;
  std::size_t steps_count_ = 0;
  bool guesses_ = false;     ///< a step could have led to several places
  bool needs_value_ = false; ///< certain only if the program says the same
  bool searched_ = false;
  bool unsearched_ = false;
  bool full_ = false;
  bool entered_ = false;
};

} // namespace overt::inline v0::redact
