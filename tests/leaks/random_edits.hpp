#pragma once

#include <algorithm>

#include "carrier_words.hpp"
#include "compositions.hpp"
#include "typist.hpp"

namespace leaks {

/// To the end of the line, as people do.
inline void finish_line(typist& who) {
  switch (who.any().below(4)) {
  case 0: return who.click(who.field().length());
  default: return who.keys(typist::end, 1);
  }
}

/// One change that people make to what stands in a field, or a move of the caret.
inline void random_edit(typist& who) {
  using enum overt::modifiers;
  auto& any = who.any();
  auto& field = who.field();
  who.pause(15);
  auto const size = field.length();
  auto const some = any.between(1, 6);
  switch (any.below(24)) {
  case 0: return who.keys(typist::backspace, some);
  case 1: return who.keys(typist::erase, some);
  case 2: return who.keys(typist::backspace, 1, control);
  case 3: return who.keys(typist::erase, 1, control);
  case 4: return who.keys(typist::left, some);
  case 5: return who.keys(typist::right, some);
  case 6: return who.keys(typist::home, 1);
  case 7: return who.keys(typist::end, 1);
  case 8: return who.keys(typist::left, any.between(1, 2), control);
  case 9: return who.keys(typist::right, any.between(1, 2), control);
  case 10: // part of it is selected and goes
    who.keys(any.chance(50) ? typist::left : typist::right, some, shift);
    return who.keys(any.chance(50) ? typist::backspace : typist::erase, 1);
  case 11: // or is typed over
    who.keys(typist::left, any.between(1, 2), control | shift);
    return who.type(carrier_words(any, 1));
  case 12:
    who.keys(any.chance(50) ? typist::home : typist::end, 1, shift);
    return who.keys(typist::backspace, 1);
  case 13: // cut here, put there
    who.keys(typist::left, some, shift);
    who.command('x');
    who.keys(any.chance(50) ? typist::left : typist::home, 1);
    return any.chance(50) ? who.command('v') : who.key({.keysym = typist::insert, .held = shift});
  case 14: // copied
    who.keys(typist::left, 1, control | shift);
    who.command('c');
    who.keys(typist::end, 1);
    return who.command('v');
  case 15:
    for (auto times = any.between(1, 3); times > 0; --times) {
      who.command('z');
    }
    return any.chance(50) ? who.command('z', shift) : void();
  case 16: return who.click(any.below(size + 1));
  case 17:
    who.double_click(any.below(size + 1));
    return any.chance(50) ? who.type(carrier_words(any, 1)) : who.keys(typist::backspace, 1);
  case 18:
    who.drag(any.below(size + 1), any.below(size + 1));
    return any.chance(50) ? who.keys(typist::erase, 1) : who.type(carrier_words(any, 1));
  case 19: compose_word(who, true); return;
  case 20: return type_accent(who);
  case 21: {
    auto const from = any.below(size + 1);
    return who.move(from, std::min(size, from + some), any.below(size + 1));
  }
  case 22: return who.paste_by_button(any.below(size + 1), carrier_words(any, 1));
  default:
    if (any.chance(25)) {
      who.command('a');
      return any.chance(50) ? who.keys(typist::backspace, 1) : who.type(carrier_words(any, 2));
    }
    return who.type(carrier_words(any, 1));
  }
}

} // namespace leaks
