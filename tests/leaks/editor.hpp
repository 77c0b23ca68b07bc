#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <overt/event/modifiers.hpp>

namespace leaks {

/// One key, as a person presses it.
struct stroke {
  std::uint32_t keysym = 0;                       ///< X11; of a character, the character
  overt::modifiers held = overt::modifiers::none; ///< Shift is among them for an upper-case letter
  char character = '\0';                          ///< what it enters; 0: nothing
  std::string_view made{};                        ///< what it enters after dead keys and Compose, UTF-8
  bool is_waiting = false; ///< it enters nothing yet: a dead key, Compose and what follows

  [[nodiscard]] bool enters() const noexcept { return character != '\0' || !made.empty(); }
};

/// A field of a toolkit that is not ours, without a screen. What it says stands in it is the truth.
class editor {
public:
  virtual ~editor() = default;

  virtual void clear() = 0;
  virtual void press(stroke const& key) = 0;
  [[nodiscard]] virtual std::string text() const = 0; ///< UTF-8; places are counted in characters
  [[nodiscard]] virtual std::size_t caret() const = 0;
  [[nodiscard]] virtual std::size_t selection_begin() const = 0; ///< the caret when nothing is selected
  [[nodiscard]] virtual std::size_t selection_end() const = 0;

  /// What a mouse does, said by positions in the text: a click, a double click, a drag.
  virtual void click(std::size_t at) = 0;
  virtual void double_click(std::size_t at) = 0;
  virtual void select(std::size_t from, std::size_t to) = 0;
  /// By the program itself: what it was completed or filled with.
  virtual void set_text(std::string_view text) = 0;
  /// Selected text is dragged: from `from` to `to`, let go where `drop` was before.
  virtual void move(std::size_t from, std::size_t to, std::size_t drop) = 0;
  /// Puts text at the caret: what the middle button pastes.
  virtual void insert(std::string_view text) = 0;
  /// An input method shows what it has so far, or puts in what it made of it.
  virtual void compose(std::string_view shown, std::string_view put_in) = 0;

  virtual void set_clipboard(std::string_view text) = 0;
  [[nodiscard]] virtual std::string clipboard() const = 0;

  /// How many characters it has.
  [[nodiscard]] std::size_t length() const {
    std::size_t count = 0;
    for (char const one : text()) {
      count += (static_cast<unsigned char>(one) & 0xc0u) != 0x80u ? 1 : 0;
    }
    return count;
  }
  [[nodiscard]] bool has_selection() const { return selection_begin() != selection_end(); }
};

/// "qlineedit" or "qplaintextedit"; null for another name.
[[nodiscard]] std::unique_ptr<editor> make_editor(std::string_view kind);

} // namespace leaks
