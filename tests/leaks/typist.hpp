#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "editor.hpp"
#include "typing_session.hpp"

namespace leaks {

/// Somebody at a field: what they press goes to the editor and to the session alike.
class typist {
public:
  using modifiers = overt::modifiers;

  typist(editor& field, typing_session& session, random_numbers& any)
      : field_{field}, session_{session}, any_{any} {}

  /// Called after each step with the key; null: it was no key.
  std::function<void(stroke const*)> after_step = {};
  std::function<void(stroke const*)> watch = {}; ///< the same, for a second one
  std::function<void()> after_enter = {};        ///< an input method took Enter, and the field has its text
  bool pauses = true;

  void key(stroke const& what) {
    session_.press(what);
    field_.press(what);
    if (log_ != nullptr) {
      *log_ += name_of(what);
    }
    stepped(&what);
  }
  void keys(std::uint32_t keysym, std::size_t times, modifiers held = modifiers::none) {
    for (std::size_t i = 0; i < times; ++i) {
      key({.keysym = keysym, .held = held});
    }
  }
  void type(std::string_view text) {
    for (char const one : text) {
      if (one == '\n') {
        key({.keysym = enter});
        continue;
      }
      bool const shifted = (one >= 'A' && one <= 'Z') ||
                           std::string_view{"!@#$%^&*()_+{}|:\"<>?~"}.find(one) != std::string_view::npos;
      key({.keysym = static_cast<std::uint32_t>(static_cast<unsigned char>(one)),
           .held = shifted ? modifiers::shift : modifiers::none,
           .character = one});
      pause(4);
    }
  }
  /// A control key: "x", "a".
  void command(char letter, modifiers more = modifiers::none) {
    key({.keysym = static_cast<std::uint32_t>(static_cast<unsigned char>(letter)),
         .held = modifiers::control | more});
  }

  /// Thinks, in so many of a hundred cases.
  void pause(unsigned percent) {
    if (pauses && any_.chance(percent)) {
      auto const length = static_cast<std::int64_t>(any_.between(400, any_.chance(20) ? 9000 : 3000));
      note("(" + std::to_string(length) + " ms)");
      session_.wait(length);
    }
  }

  /// The mouse.
  void click(std::size_t at) {
    note("(click " + std::to_string(at) + ")");
    session_.click();
    field_.click(at);
    stepped();
  }
  void double_click(std::size_t at) {
    note("(double click " + std::to_string(at) + ")");
    session_.click(1);
    session_.click(2);
    field_.double_click(at);
    stepped();
  }
  void drag(std::size_t from, std::size_t to) {
    note("(drag " + std::to_string(from) + " to " + std::to_string(to) + ")");
    session_.drag();
    field_.select(from, to);
    stepped();
  }
  /// What is between two places is selected with the mouse, and dragged elsewhere.
  void move(std::size_t from, std::size_t to, std::size_t drop) {
    drag(from, to);
    note("(and drop at " + std::to_string(drop) + ")");
    session_.drag();
    field_.move(from, to, drop);
    stepped();
  }
  /// The middle button pastes what was selected last, anywhere.
  void paste_by_button(std::size_t at, std::string_view selected) {
    note("(middle button " + std::to_string(at) + ": \"" + std::string{selected} + "\")");
    session_.click(1, overt::button_name::middle);
    field_.click(at);
    field_.insert(selected);
    stepped();
  }

  /// A key that an input method takes. The session sees what it would have entered.
  void key_to_method(char one, std::string_view shown) {
    bool const is_enter = one == '\n';
    bool const shifted = one >= 'A' && one <= 'Z';
    session_.press({.keysym = is_enter ? enter : static_cast<std::uint32_t>(static_cast<unsigned char>(one)),
                    .held = shifted ? modifiers::shift : modifiers::none,
                    .character = is_enter ? '\0' : one});
    note(is_enter ? "[Enter]" : std::string{one});
    field_.compose(shown, {});
    stepped();
  }
  void erase_in_method(std::string_view shown) {
    session_.press({.keysym = backspace});
    note("[BackSpace]");
    field_.compose(shown, {});
    stepped();
  }
  void put_in(std::string_view made) {
    field_.compose({}, made);
    stepped();
  }

  /// The program changes the text by itself.
  void program_sets(std::string_view text) {
    note("(the program sets \"" + std::string{text} + "\")");
    field_.set_text(text);
    stepped();
  }

  void note(std::string const& what) {
    if (log_ != nullptr) {
      *log_ += what;
    }
  }
  void keep_log(std::string& into) { log_ = &into; }

  [[nodiscard]] editor& field() { return field_; }
  [[nodiscard]] typing_session& session() { return session_; }
  [[nodiscard]] random_numbers& any() { return any_; }

  static constexpr std::uint32_t backspace = 0xff08;
  static constexpr std::uint32_t tab = 0xff09;
  static constexpr std::uint32_t enter = 0xff0d;
  static constexpr std::uint32_t home = 0xff50;
  static constexpr std::uint32_t left = 0xff51;
  static constexpr std::uint32_t right = 0xff53;
  static constexpr std::uint32_t end = 0xff57;
  static constexpr std::uint32_t insert = 0xff63;
  static constexpr std::uint32_t erase = 0xffff;

  [[nodiscard]] static std::string name_of(stroke const& what) {
    if (what.character != '\0') {
      return {what.character};
    }
    if (!what.made.empty()) {
      return std::string{what.made};
    }
    auto const keysym = overt::key_symbol{what.keysym};
    auto made = std::string{"["};
    made += has_all(what.held, modifiers::control) ? "Ctrl+" : "";
    made += has_all(what.held, modifiers::shift) ? "Shift+" : "";
    made += overt::name_of(keysym).view();
    return made + "]";
  }

private:
  void stepped(stroke const* what = nullptr) {
    for (auto const* const hook : {&after_step, &watch}) {
      if (*hook) {
        (*hook)(what);
      }
    }
  }

  editor& field_;
  typing_session& session_;
  random_numbers& any_;
  std::string* log_ = nullptr;
};

} // namespace leaks
