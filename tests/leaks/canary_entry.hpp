#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "canaries.hpp"
#include "carrier_words.hpp"
#include "compositions.hpp"
#include "field_visits.hpp"
#include "random_edits.hpp"
#include "typist.hpp"

namespace leaks {

/// The ways in which a canary is put in.
inline constexpr auto ways = std::to_array<std::string_view>({"gap filled later",
                                                              "gap filled later",
                                                              "second half first",
                                                              "over a selection",
                                                              "pasted whole",
                                                              "completed by the program",
                                                              "caret by a click",
                                                              "caret by a click",
                                                              "half cut and pasted",
                                                              "left and come back",
                                                              "left and come back",
                                                              "undone and redone",
                                                              "by an input method",
                                                              "in wide forms",
                                                              "a composed word between",
                                                              "an accent between",
                                                              "halves dragged together",
                                                              "half by middle button",
                                                              "all by middle button",
                                                              "typed with slips"});

/// Puts a canary into the field by one of `ways`.
class canary_entry {
public:
  canary_entry(typist& who, canary const& what, field_visits& visits)
      : who_{who}, what_{what}, visits_{visits}, any_{who.any()}, field_{who.field()} {}

  /// Returns which of `ways` it was.
  std::size_t put_in() {
    auto const& text = what_.text;
    auto const middle = any_.between(1, text.size() - 1);
    auto const first = std::string_view{text}.substr(0, middle);
    auto const second = std::string_view{text}.substr(middle);
    auto const way = any_.below(24);
    put_in_by(way, text, first, second);
    return std::min<std::size_t>(way, ways.size() - 1);
  }

private:
  void put_in_by(std::size_t way, std::string const& text, std::string_view first, std::string_view second) {
    switch (way) {
    case 0: // a character is forgotten, and put in later
    case 1: {
      who_.type(first.substr(0, first.size() - 1));
      who_.type(second);
      who_.pause(30);
      who_.keys(typist::left, second.size());
      who_.type(first.substr(first.size() - 1));
      return finish_line(who_);
    }
    case 2: // the second half first
      who_.type(second);
      who_.keys(typist::left, second.size());
      who_.type(first);
      return finish_line(who_);
    case 3: // something wrong is typed, selected and typed over
      who_.type(carrier_words(any_, 1));
      who_.keys(typist::left, 1, overt::modifiers::control | overt::modifiers::shift);
      return who_.type(text);
    case 4: // pasted from elsewhere
      field_.set_clipboard(text);
      if (any_.chance(50)) {
        return who_.command('v');
      }
      return who_.key({.keysym = typist::insert, .held = overt::modifiers::shift});
    case 5: // completed by the program
      who_.type(first);
      visits_.complete();
      return who_.program_sets(field_.text() + std::string{second});
    case 6: // the caret is put into it with the mouse
    case 7: {
      auto const begin = field_.caret();
      who_.type(std::string{first.substr(0, 1)} + std::string{second});
      who_.click(begin + 1);
      who_.type(first.substr(1));
      return finish_line(who_);
    }
    case 8: // half of it is cut and pasted
      who_.type(second);
      who_.keys(typist::left, second.size(), overt::modifiers::shift);
      who_.command('x');
      who_.pause(30);
      who_.type(first);
      return who_.command('v');
    case 9: // left in its middle, and come back
    case 10:
      if (what_.has_words()) {
        return who_.type(text);
      }
      who_.type(first);
      visits_.interrupt();
      return who_.type(second);
    case 11: // taken back and put back
      who_.type(text);
      who_.command('z');
      who_.pause(30);
      return who_.command('z', overt::modifiers::shift);
    case 12: // as it is, while an input method is at work
      return compose(who_, text, text, text, any_.pick(std::to_array<std::string_view>({" ", "\n"})));
    case 13: {
      auto const wide = widened(text);
      return compose(who_, text, wide, wide, any_.pick(std::to_array<std::string_view>({" ", "\n", ""})));
    }
    case 14: { // a word of Chinese or Japanese in its middle, which is taken out again
      who_.type(first);
      who_.session().composes(true); // of one that is not seen, and leaves nothing, nobody can know
      auto const word = compose_word(who_, false);
      who_.pause(30);
      who_.keys(typist::backspace, word.size() / 3);
      return who_.type(second);
    }
    case 15:
      who_.type(first);
      type_accent(who_);
      who_.keys(typist::backspace, 1);
      return who_.type(second);
    case 16: { // the second half first, and then dragged behind the first
      auto const begin = field_.caret();
      who_.type(std::string{second} + std::string{first});
      who_.move(begin, begin + second.size(), begin + text.size());
      return finish_line(who_);
    }
    case 17:
      if (any_.chance(50)) {
        who_.type(first);
        who_.paste_by_button(field_.caret(), second);
      } else {
        who_.paste_by_button(field_.caret(), first);
        who_.type(second);
      }
      return finish_line(who_);
    case 18: return who_.paste_by_button(field_.caret(), text);
    default: return with_slips(text);
    }
  }

  /// Typed from left to right, with wrong keys that are taken back at once and with pauses inside.
  void with_slips(std::string_view text) {
    bool const slips = any_.chance(60);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (slips && any_.chance(8)) {
        auto const wrong = any_.text("aeionrst", any_.between(1, 2));
        who_.type(wrong);
        who_.pause(20);
        who_.keys(typist::backspace, wrong.size());
      }
      if (slips && i > 0 && any_.chance(2)) {
        who_.keys(typist::left, 1);
        who_.keys(typist::right, 1);
      }
      who_.type(text.substr(i, 1));
      who_.pause(5);
    }
  }

  typist& who_;
  canary const& what_;
  field_visits& visits_;
  random_numbers& any_;
  editor& field_;
};

} // namespace leaks
