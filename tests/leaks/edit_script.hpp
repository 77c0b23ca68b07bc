#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt_test/events.hpp>

#include "canaries.hpp"
#include "carriers.hpp"
#include "compositions.hpp"
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

/// What became of a script.
struct script_result {
  bool held_canary = false; ///< the field had all of it, in one piece, after some step
  std::size_t way = 0;      ///< how the canary came in, see `ways`
  std::string final_text{}; ///< what stood there in the end
  std::string log{};
};

/// A random script around one canary: words before and after it, the canary by one of many ways, edits that
/// may leave all of it, parts of it or nothing, and one of the ways in which people leave a field. What it
/// does next depends on the editor's state and on random numbers only, so seed and index make it again.
class edit_script {
public:
  edit_script(typist& who, canary const& what)
      : who_{who}, what_{what}, any_{who.any()}, field_{who.field()} {
    who_.after_step = [this](stroke const*) { look(); };
    who_.after_enter = [this] { tell_at_enter(); };
  }
  edit_script(edit_script const&) = delete;
  edit_script& operator=(edit_script const&) = delete;
  ~edit_script() {
    who_.after_step = {};
    who_.after_enter = {};
  }

  [[nodiscard]] script_result run(bool keep_log) {
    if (keep_log) {
      who_.keep_log(result_.log);
    }
    field_.clear();
    field_.set_clipboard("");
    if (any_.chance(8)) {
      who_.program_sets(words(2, " "));
    }
    enter_field();
    if (any_.chance(70)) {
      who_.type(words(any_.between(1, 5)) + " ");
    }
    who_.type(what_.before);
    put_in_canary();
    if (any_.chance(60)) {
      finish_line();
      who_.type(" " + words(any_.between(1, 4)));
    }
    for (auto edits = completed_ ? 0 : any_.below(6); edits > 0; --edits) {
      edit();
    }
    leave();
    if (!over_ && !completed_ && any_.chance(30)) {
      if (away_) {
        come_back();
      }
      for (auto edits = any_.between(1, 3); edits > 0; --edits) {
        edit();
      }
      leave();
    }
    if (auto const last = field_.text(); !last.empty()) {
      result_.final_text = last;
    }
    return result_;
  }

private:
  /// Another field of the same program, another one that was agreed to, and one that was not.
  static constexpr auto elsewhere_names =
      std::to_array<std::string_view>({"editor", "editor", "editor", "notes", "bank"});

  /// Nothing can know a canary that is part of a longer word.
  void look() {
    if (result_.held_canary) {
      return;
    }
    auto const text = narrowed(field_.text());
    auto const whole = what_.whole();
    auto const is_word = [&text](std::size_t at) {
      bool const accented = at < text.size() && (static_cast<unsigned char>(text[at]) & 0xe0u) == 0xc0u;
      bool const ends_accented =
          at > 0 && at < text.size() && (static_cast<unsigned char>(text[at - 1]) & 0xe0u) == 0xc0u;
      return at < text.size() &&
             (base62.find(text[at]) != std::string_view::npos || accented || ends_accented);
    };
    for (auto at = text.find(whole); at != std::string::npos; at = text.find(whole, at + 1)) {
      result_.held_canary = result_.held_canary || (!is_word(at - 1) && !is_word(at + whole.size()));
    }
  }

  [[nodiscard]] std::string words(std::size_t count, std::string_view last = {}) {
    std::string made;
    for (std::size_t i = 0; i < count; ++i) {
      made += (made.empty() ? "" : " ") + std::string{any_.pick(carriers)};
    }
    return made + std::string{last};
  }

  // --- places

  void enter_field() {
    if (any_.chance(50)) {
      who_.session().go_to(here_);
    } else {
      who_.session().go_to(here_);
      who_.session().click();
    }
    away_ = false;
  }

  void leave() {
    auto& session = who_.session();
    // What was neither typed nor told nobody can know: what a program completed or an input method made is
    // told.
    bool const composed = session.has_composed();
    auto const way = any_.below(completed_ || composed ? 92 : 100);
    bool const entered = way < 40;
    if (entered) {
      who_.key({.keysym = typist::enter});
    } else if (way < 58) {
      who_.note("[Tab]"); // not to the editor: it has nowhere to go
      session.press({.keysym = typist::tab});
    } else if (way < 76) {
      who_.note(way < 66 ? "(click elsewhere)" : "(click on a button)");
      session.click();
    }
    if (way >= 66 && way < 76) {
      session.activate_button(here_);
    }
    auto const keys = session.keys_here();
    auto const source = keys.empty() ? overt::text_source::filled : session.source_here();
    if (!entered && way < 92) {
      elsewhere_ = overt_test::place({.application = any_.pick(elsewhere_names)});
      session.go_to(elsewhere_);
      away_ = true;
    }
    if (way >= 92) {
      who_.note("(end)\n");
      over_ = true; // the session ends while it is being typed
      return;
    }
    bool const emptied =
        entered && !completed_ && any_.chance(40); // by the program that takes what was entered
    if (emptied) {
      result_.final_text = field_.text();
      who_.program_sets("");
    }
    session.wait(static_cast<std::int64_t>(any_.between(50, 150)));
    auto const unread = composed ? overt::text_source::composed : source;
    if (emptied) {
      session.tell_text(here_, unread, std::nullopt, keys);
      return session.start_over();
    }
    auto const told = any_.below(completed_ ? 85 : composed ? 95 : 100);
    if (told < 85) {
      who_.note("(accessibility: \"" + field_.text() + "\")\n");
      session.tell_text(here_, source, field_.text(), keys);
    } else if (told < 95) {
      who_.note("(accessibility cannot read it)\n");
      session.tell_text(here_, unread, std::nullopt, keys);
    } else {
      who_.note("(accessibility says nothing)\n");
    }
    session.start_over();
    if (away_ && any_.chance(40)) {
      type_elsewhere();
    }
  }

  /// A backend tells at Enter what stands in a field of one line, whoever takes the key.
  void tell_at_enter() {
    auto& session = who_.session();
    auto const keys = session.keys_here();
    auto const source = session.source_here();
    session.wait(static_cast<std::int64_t>(any_.between(50, 150)));
    who_.note("(accessibility: \"" + field_.text() + "\")");
    session.tell_text(here_, source, field_.text(), keys);
    session.start_over();
  }

  void type_elsewhere() {
    auto& session = who_.session();
    std::string const text = words(any_.between(1, 3));
    who_.note("(elsewhere: " + text + ")");
    for (char const one : text) {
      session.press({.keysym = static_cast<std::uint32_t>(one),
                     .held = one >= 'A' && one <= 'Z' ? overt::modifiers::shift : overt::modifiers::none,
                     .character = one});
    }
    elsewhere_text_ += text;
  }

  void come_back() {
    auto& session = who_.session();
    auto const keys = session.keys_here();
    bool const typed = !elsewhere_text_.empty();
    if (any_.chance(25)) {
      here_ = overt_test::place(); // a backend makes a new one when a title changed
    }
    who_.note("(back)");
    session.go_to(here_);
    if (typed) {
      session.wait(static_cast<std::int64_t>(any_.between(50, 150)));
      session.tell_text(elsewhere_, overt::text_source::typed, elsewhere_text_, keys);
    }
    elsewhere_text_.clear();
    away_ = false;
  }

  // --- the canary

  void put_in_canary() {
    auto const& text = what_.text;
    auto const middle = any_.between(1, text.size() - 1);
    auto const first = std::string_view{text}.substr(0, middle);
    auto const second = std::string_view{text}.substr(middle);
    auto const way = any_.below(24);
    result_.way = std::min<std::size_t>(way, ways.size() - 1);
    switch (way) {
    case 0: // a character is forgotten, and put in later
    case 1: {
      who_.type(first.substr(0, first.size() - 1));
      who_.type(second);
      who_.pause(30);
      who_.keys(typist::left, second.size());
      who_.type(first.substr(first.size() - 1));
      return finish_line();
    }
    case 2: // the second half first
      who_.type(second);
      who_.keys(typist::left, second.size());
      who_.type(first);
      return finish_line();
    case 3: // something wrong is typed, selected and typed over
      who_.type(words(1));
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
      completed_ = true;
      return who_.program_sets(field_.text() + std::string{second});
    case 6: // the caret is put into it with the mouse
    case 7: {
      auto const begin = field_.caret();
      who_.type(std::string{first.substr(0, 1)} + std::string{second});
      who_.click(begin + 1);
      who_.type(first.substr(1));
      return finish_line();
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
      return interrupted(second);
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
      return finish_line();
    }
    case 17:
      if (any_.chance(50)) {
        who_.type(first);
        who_.paste_by_button(field_.caret(), second);
      } else {
        who_.paste_by_button(field_.caret(), first);
        who_.type(second);
      }
      return finish_line();
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

  void interrupted(std::string_view rest) {
    auto& session = who_.session();
    auto const keys = session.keys_here();
    auto const source = session.source_here();
    who_.note("(looks elsewhere)");
    elsewhere_ = overt_test::place({.application = any_.pick(elsewhere_names)});
    session.go_to(elsewhere_);
    away_ = true;
    session.wait(static_cast<std::int64_t>(any_.between(50, 150)));
    session.tell_text(here_, source, field_.text(), keys);
    if (any_.chance(40)) {
      type_elsewhere();
    }
    who_.pause(60);
    come_back();
    who_.type(rest);
  }

  /// To the end of the line, as people do.
  void finish_line() {
    switch (any_.below(4)) {
    case 0: return who_.click(field_.length());
    default: return who_.keys(typist::end, 1);
    }
  }

  // --- edits

  void edit() {
    using enum overt::modifiers;
    who_.pause(15);
    auto const size = field_.length();
    auto const some = any_.between(1, 6);
    switch (any_.below(24)) {
    case 0: return who_.keys(typist::backspace, some);
    case 1: return who_.keys(typist::erase, some);
    case 2: return who_.keys(typist::backspace, 1, control);
    case 3: return who_.keys(typist::erase, 1, control);
    case 4: return who_.keys(typist::left, some);
    case 5: return who_.keys(typist::right, some);
    case 6: return who_.keys(typist::home, 1);
    case 7: return who_.keys(typist::end, 1);
    case 8: return who_.keys(typist::left, any_.between(1, 2), control);
    case 9: return who_.keys(typist::right, any_.between(1, 2), control);
    case 10: // part of it is selected and goes
      who_.keys(any_.chance(50) ? typist::left : typist::right, some, shift);
      return who_.keys(any_.chance(50) ? typist::backspace : typist::erase, 1);
    case 11: // or is typed over
      who_.keys(typist::left, any_.between(1, 2), control | shift);
      return who_.type(words(1));
    case 12:
      who_.keys(any_.chance(50) ? typist::home : typist::end, 1, shift);
      return who_.keys(typist::backspace, 1);
    case 13: // cut here, put there
      who_.keys(typist::left, some, shift);
      who_.command('x');
      who_.keys(any_.chance(50) ? typist::left : typist::home, 1);
      return any_.chance(50) ? who_.command('v') : who_.key({.keysym = typist::insert, .held = shift});
    case 14: // copied
      who_.keys(typist::left, 1, control | shift);
      who_.command('c');
      who_.keys(typist::end, 1);
      return who_.command('v');
    case 15:
      for (auto times = any_.between(1, 3); times > 0; --times) {
        who_.command('z');
      }
      return any_.chance(50) ? who_.command('z', shift) : void();
    case 16: return who_.click(any_.below(size + 1));
    case 17:
      who_.double_click(any_.below(size + 1));
      return any_.chance(50) ? who_.type(words(1)) : who_.keys(typist::backspace, 1);
    case 18:
      who_.drag(any_.below(size + 1), any_.below(size + 1));
      return any_.chance(50) ? who_.keys(typist::erase, 1) : who_.type(words(1));
    case 19: compose_word(who_, true); return;
    case 20: return type_accent(who_);
    case 21: {
      auto const from = any_.below(size + 1);
      return who_.move(from, std::min(size, from + some), any_.below(size + 1));
    }
    case 22: return who_.paste_by_button(any_.below(size + 1), words(1));
    default:
      if (any_.chance(25)) {
        who_.command('a');
        return any_.chance(50) ? who_.keys(typist::backspace, 1) : who_.type(words(2));
      }
      return who_.type(words(1));
    }
  }

  typist& who_;
  canary const& what_;
  random_numbers& any_;
  editor& field_;
  overt::context_ptr here_ = overt_test::place();
  overt::context_ptr elsewhere_ = overt_test::place();
  std::string elsewhere_text_{};
  bool away_ = false;
  bool over_ = false;
  bool completed_ = false;
  script_result result_{};
};

} // namespace leaks
