#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt_test/events.hpp>

#include "carrier_words.hpp"
#include "typist.hpp"

namespace leaks {

/// How a person comes to the field, leaves it, works elsewhere and comes back, and what accessibility tells
/// of it at each of these.
class field_visits {
public:
  explicit field_visits(typist& who) : who_{who}, any_{who.any()}, field_{who.field()} {}
  field_visits(field_visits const&) = delete;
  field_visits& operator=(field_visits const&) = delete;

  [[nodiscard]] bool away() const { return away_; }
  /// The session ended while something was being typed.
  [[nodiscard]] bool over() const { return over_; }
  /// A program put text into the field, and tells so when the field is left.
  [[nodiscard]] bool completed() const { return completed_; }
  void complete() { completed_ = true; }
  /// What stood in the field when the program last took it away after Enter.
  [[nodiscard]] std::string const& taken() const { return taken_; }

  void enter() {
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
      taken_ = field_.text();
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
    std::string const text = carrier_words(any_, any_.between(1, 3));
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

  /// Goes elsewhere in the middle of something and comes back.
  void interrupt() {
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
  }

private:
  /// Another field of the same program, another one that was agreed to, and one that was not.
  static constexpr auto elsewhere_names =
      std::to_array<std::string_view>({"editor", "editor", "editor", "notes", "bank"});

  typist& who_;
  random_numbers& any_;
  editor& field_;
  overt::context_ptr here_ = overt_test::place();
  overt::context_ptr elsewhere_ = overt_test::place();
  std::string elsewhere_text_{};
  std::string taken_{};
  bool away_ = false;
  bool over_ = false;
  bool completed_ = false;
};

} // namespace leaks
