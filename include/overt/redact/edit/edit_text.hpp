#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/redact/edit/edit_op.hpp>
#include <overt/redact/edit/word_bounds.hpp>

namespace overt::inline v0::redact {

/// What a step did to a text.
enum class edit_effect : std::uint8_t {
  none, ///< the same text, though the caret may have moved
  changed,
  choice, ///< only the program knows where it led: `edit_paths` tries
  full,   ///< no room
};

/// A text that is being edited: which characters stand in it, by their numbers, the caret and the selection.
/// Holds no content. Plain data of a fixed size.
///
/// What stood in the field before the first key is not part of it. Steps that would go beyond the edge set
/// `assumes_whole`: they are right only if nothing else stands in the field.
class edit_text {
public:
  static constexpr std::size_t capacity = 4096;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::uint16_t operator[](std::size_t i) const noexcept { return numbers_[i]; }
  [[nodiscard]] std::size_t caret() const noexcept { return caret_; }
  [[nodiscard]] bool assumes_whole() const noexcept { return assumes_whole_; }

  /// The steps that can lead to several places.
  void place_caret(std::size_t where) noexcept {
    caret_ = anchor_ = narrow(std::min<std::size_t>(where, size_));
  }
  void select(std::size_t from, std::size_t to) noexcept {
    anchor_ = narrow(std::min<std::size_t>(from, size_));
    caret_ = narrow(std::min<std::size_t>(to, size_));
  }
  /// Makes this the text of `numbers`.
  template <class Numbers>
  void restore(Numbers const& numbers, std::size_t caret) noexcept {
    size_ = 0;
    for (auto const number : numbers) {
      numbers_[size_++] = number;
    }
    place_caret(caret);
  }

  /// Erases what is selected; the step between, when something is typed over a selection.
  bool erase_selection() noexcept {
    auto const from = std::min(caret_, anchor_);
    auto const to = std::max(caret_, anchor_);
    erase(from, to);
    return from != to;
  }

  /// `at(number)`: the character of a number, 0 for what was pasted and is not known.
  template <class At>
  [[nodiscard]] edit_effect apply(edit_op op, word_rule rule, At&& at) noexcept {
    auto const character = [&](std::size_t i) { return at(numbers_[i]); };
    switch (op.kind) {
    case edit_kind::insert:
    case edit_kind::paste: {
      erase_selection();
      return insert(op.character) ? edit_effect::changed : edit_effect::full;
    }
    case edit_kind::cut: return erased(erase_selection());
    case edit_kind::erase_left:
      return erased(erase_selection() || (caret_ > 0 && erase(caret_ - 1u, caret_)));
    case edit_kind::erase_right:
      return erased(erase_selection() || (caret_ < size_ && erase(caret_, caret_ + 1u)));
    case edit_kind::erase_word_left:
      return erased(erase_selection() || erase(word_left(caret_, rule, character), caret_));
    case edit_kind::erase_word_right:
      return erased(erase_selection() || erase(caret_, word_right(caret_, size_, rule, character)));
    case edit_kind::left: step(op, collapses(op) ? std::min(caret_, anchor_) : caret_ - 1); break;
    case edit_kind::right: step(op, collapses(op) ? std::max(caret_, anchor_) : caret_ + 1); break;
    case edit_kind::word_left: {
      auto const to = word_left(caret_, rule, character);
      step(op, static_cast<int>(to), to == 0);
      break;
    }
    case edit_kind::word_right: {
      auto const to = word_right(caret_, size_, rule, character);
      step(op, static_cast<int>(to), to == size_);
      break;
    }
    case edit_kind::home: step(op, 0, true); break;
    case edit_kind::end: step(op, size_, true); break;
    case edit_kind::select_all:
      anchor_ = 0;
      caret_ = size_;
      assumes_whole_ = assumes_whole_ || size_ > 0;
      break;
    case edit_kind::undo:
    case edit_kind::place:
    case edit_kind::select: return edit_effect::choice;
    case edit_kind::nothing:
    case edit_kind::unknown: break;
    }
    return edit_effect::none;
  }

  /// Whether the toolkits disagree about where this step leads, or it goes into something that was pasted, of
  /// which nobody knows how long it is.
  template <class At>
  [[nodiscard]] bool depends_on_rule(edit_op op, At&& at) const noexcept {
    bool const erases = op.kind == edit_kind::erase_left || op.kind == edit_kind::erase_right ||
                        op.kind == edit_kind::erase_word_left || op.kind == edit_kind::erase_word_right;
    if (erases && caret_ != anchor_) {
      return false; // what is selected goes
    }
    auto const character = [&](std::size_t i) { return at(numbers_[i]); };
    switch (op.kind) {
    case edit_kind::left:
    case edit_kind::erase_left: return !collapses(op) && caret_ > 0 && character(caret_ - 1u) == 0;
    case edit_kind::right:
    case edit_kind::erase_right: return !collapses(op) && caret_ < size_ && character(caret_) == 0;
    case edit_kind::erase_word_left:
    case edit_kind::word_left: {
      auto const to = word_left(caret_, word_rule::qt, character);
      return to != word_left(caret_, word_rule::pango, character) || is_unclear(to, caret_, character);
    }
    case edit_kind::erase_word_right:
    case edit_kind::word_right: {
      auto const to = word_right(caret_, size_, word_rule::qt, character);
      return to != word_right(caret_, size_, word_rule::pango, character) ||
             is_unclear(caret_, to, character);
    }
    default: return false;
    }
  }

private:
  [[nodiscard]] static constexpr std::uint16_t narrow(std::size_t value) noexcept {
    return static_cast<std::uint16_t>(value);
  }
  [[nodiscard]] static constexpr edit_effect erased(bool any) noexcept {
    return any ? edit_effect::changed : edit_effect::none;
  }
  /// Whether something was pasted among these characters, or next to them, or where words end there is a
  /// matter of opinion.
  template <class Character>
  [[nodiscard]] bool is_unclear(std::size_t from, std::size_t to, Character&& character) const noexcept {
    for (auto i = from > 0 ? from - 1 : 0; i < std::min<std::size_t>(to + 1, size_); ++i) {
      if (character(i) == 0 || !detail::has_clear_word_class(character(i))) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool collapses(edit_op op) const noexcept { return !op.extend && caret_ != anchor_; }

  /// Moves the caret; beyond the edge it stays, which is right only when the field ends there.
  void step(edit_op op, int to, bool edge = false) noexcept {
    bool const beyond = to < 0 || to > size_;
    if ((beyond || edge) && size_ > 0) {
      assumes_whole_ = true;
    }
    caret_ = narrow(static_cast<std::size_t>(std::clamp<int>(to, 0, size_)));
    if (!op.extend) {
      anchor_ = caret_;
    }
  }

  bool insert(std::uint16_t number) noexcept {
    if (size_ == capacity) {
      return false;
    }
    std::move_backward(numbers_.begin() + caret_, numbers_.begin() + size_, numbers_.begin() + size_ + 1);
    numbers_[caret_] = number;
    ++size_;
    caret_ = anchor_ = narrow(caret_ + 1u);
    return true;
  }

  bool erase(std::size_t from, std::size_t to) noexcept {
    if (from >= to) {
      anchor_ = caret_;
      return false;
    }
    std::move(numbers_.begin() + static_cast<std::ptrdiff_t>(to), numbers_.begin() + size_,
              numbers_.begin() + static_cast<std::ptrdiff_t>(from));
    size_ = narrow(size_ - (to - from));
    caret_ = anchor_ = narrow(from);
    return true;
  }

  std::array<std::uint16_t, capacity> numbers_{};
  std::uint16_t size_ = 0;
  std::uint16_t caret_ = 0;
  std::uint16_t anchor_ = 0;
  bool assumes_whole_ = false;
};

} // namespace overt::inline v0::redact
