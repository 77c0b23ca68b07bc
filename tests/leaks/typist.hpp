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
    session_.click();
    field_.select(from, to);
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
