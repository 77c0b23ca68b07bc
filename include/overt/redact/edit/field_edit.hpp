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
    characters_count_ = steps_count_ = known_steps_ = pastes_ = 0;
    text_ = {};
    guesses_ = needs_value_ = searched_ = unsearched_ = full_ = false;
    entered_ = found_more_ = false;
  }

  /// Whether a character was put in.
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

  /// Whether anything was found since this was asked last.
  [[nodiscard]] bool found_more() noexcept { return std::exchange(found_more_, false); }

  /// Adds the first `most` characters that were typed, in the order in which they were; what was pasted is a
  /// line break.
  void add_typed(marked_text& to, std::size_t most = most_characters) const noexcept {
    for (std::size_t i = 0; i < std::min(most, characters_count_); ++i) {
      static_cast<void>(to.add(characters_[i] == 0 ? U'\n' : characters_[i]));
    }
  }

  /// Something was found that the character typed as number `i` is a part of.
  void mark_typed(std::size_t i, mark what) noexcept {
    if (what.is_entity()) {
      set_mark(i, what);
    }
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
  /// Gives the character of a number.
  struct at_number {
    field_edit const* of;
    char32_t operator()(std::uint16_t number) const noexcept { return of->characters_[number]; }
  };
  [[nodiscard]] at_number character_at() const noexcept { return {this}; }

  void insert(char32_t character, edit_kind kind, detect::detectors const& which) {
    if (characters_count_ == most_characters) {
      full_ = true;
      return;
    }
    auto const number = static_cast<std::uint16_t>(characters_count_);
    characters_[characters_count_] = character;
    marks_[characters_count_++] = character == 0 ? mark::pasted() : mark{};
    pastes_ += character == 0 ? 1 : 0;
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

  /// What stands in the place of something that was pasted, now that the program said it.
  struct pasted_part {
    std::uint16_t number = 0;
    std::size_t begin = 0; ///< in the program's value
    std::size_t end = 0;
  };
  static constexpr std::size_t most_pastes = 16;
  using pasted_parts = std::array<pasted_part, most_pastes>;

  /// Looks at one state of the text. `parts`: what was pasted, from `there`.
  void search(edit_text const& state, detect::detectors const& which, pasted_parts const* parts = nullptr,
              marked_text const* there = nullptr) {
    marked_text now;
    std::array<std::uint16_t, marked_text::capacity> number; // not filled: only what is written is read
    auto const add = [&](char32_t character, std::uint16_t of) {
      auto const place = now.size();
      if (now.add(character)) {
        number[place] = of;
      } else {
        full_ = true;
      }
    };
    for (std::size_t i = 0; i < state.size(); ++i) {
      if (auto const character = characters_[state[i]]; character != 0) {
        add(character, state[i]);
      } else if (parts == nullptr) {
        add(U'\n', state[i]);
      } else {
        auto const* const part = std::find_if(parts->begin(), parts->end(), [&](pasted_part const& one) {
          return one.end != 0 && one.number == state[i];
        });
        if (part != parts->end()) {
          for (auto at = part->begin; at < part->end; ++at) {
            add((*there)[at], state[i]);
          }
        }
      }
    }
    bool const looked = now.scan(which, [&](std::size_t i, std::size_t end, detect::entity found) {
      for (; i < end; ++i) {
        set_mark(number[i], mark::of(found));
      }
    });
    unsearched_ = unsearched_ || !looked;
  }

  /// Looks once more at every state, with what was pasted in its place. That is possible only if all of it
  /// still stands there, and at most once between two pieces that were typed.
  [[nodiscard]] edit_verdict search_pasted(edit_text const& text, value_match<at_number> const& match,
                                           marked_text const& there, detect::detectors const& which) {
    pasted_parts parts{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (characters_[text[i]] != 0) {
        continue;
      }
      bool const alone = (i == 0 || characters_[text[i - 1]] != 0) &&
                         (i + 1 == text.size() || characters_[text[i + 1]] != 0);
      if (count == most_pastes || !alone) {
        return edit_verdict::unresolved;
      }
      parts[count++] = {text[i], i == 0 ? 0 : match.place_of(i - 1) + 1u,
                        i + 1 == text.size() ? there.size() : match.place_of(i + 1)};
    }
    if (count != pastes_) {
      return edit_verdict::unresolved; // what was pasted and is gone may have been anything
    }
    if (count == 0) {
      return edit_verdict::certain;
    }
    edit_text state;
    for (std::size_t i = 0; i < steps_count_; ++i) {
      if (state.apply(steps_[i], word_rule::qt, character_at()) == edit_effect::changed) {
        search(state, which, &parts, &there);
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
      found_more_ = true;
    }
  }

  [[nodiscard]] edit_verdict without_value(marked_text& out) const {
    if ((guesses_ && !only_moved_since()) || needs_value_ || pastes_ > 0) {
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

  /// The steps up to the last that can have changed the text.
  [[nodiscard]] std::span<edit_op const> changing_steps() const noexcept {
    auto count = steps_count_;
    while (count > 0 && !changes_text(steps_[count - 1].kind)) {
      --count;
    }
    return std::span{steps_}.first(count);
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
    if (pastes_ > 0) {
      return edit_verdict::unresolved;
    }
    // Somebody may have been there before: only a text that is all there can be found again.
    bool const resolved = paths.resolve(
        changing_steps(), character_at(),
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
  std::size_t known_steps_ = 0; ///< before the first that could have led to several places
  std::size_t pastes_ = 0;
  bool guesses_ = false;     ///< a step could have led to several places
  bool needs_value_ = false; ///< certain only if the program says the same
  bool searched_ = false;
  bool unsearched_ = false;
  bool full_ = false;
  bool entered_ = false;
  bool found_more_ = false;
};

} // namespace overt::inline v0::redact
