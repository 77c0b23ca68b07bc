#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <overt/detail/secure_memory.hpp>
#include <overt/redact/edit/marked_text.hpp>
#include <overt/redact/edit/marks.hpp>

namespace overt::inline v0::redact {

/// Every character that was ever put into a field, by its number, in the order in which they came, and what
/// is known against each. What was pasted has one number, and no character: 0. Fixed size; wiped by `clear`
/// and at its end.
class entered_characters {
public:
  static constexpr std::size_t capacity = 4096;

  entered_characters() = default;
  entered_characters(entered_characters const&) = delete;
  entered_characters& operator=(entered_characters const&) = delete;
  ~entered_characters() { clear(); }

  void clear() noexcept {
    v0::detail::wipe(characters_.data(), size_ * sizeof(char32_t));
    size_ = pastes_ = 0;
    found_more_ = false;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool is_full() const noexcept { return size_ == capacity; }
  [[nodiscard]] std::size_t pastes() const noexcept { return pastes_; }
  [[nodiscard]] char32_t operator[](std::size_t number) const noexcept { return characters_[number]; }
  [[nodiscard]] mark mark_of(std::size_t number) const noexcept { return marks_[number]; }

  /// The number of one more, 0 for something pasted. There must be room.
  std::uint16_t add(char32_t character) noexcept {
    characters_[size_] = character;
    marks_[size_] = character == 0 ? mark::pasted() : mark{};
    pastes_ += character == 0 ? 1 : 0;
    return static_cast<std::uint16_t>(size_++);
  }

  /// The first thing that is known against a character stays.
  void set_mark(std::size_t number, mark what) noexcept {
    if (!marks_[number].any()) {
      marks_[number] = what;
      found_more_ = true;
    }
  }
  /// Whether anything was marked since this was asked last.
  [[nodiscard]] bool found_more() noexcept { return std::exchange(found_more_, false); }

  /// Adds the first `most` to a text; what was pasted is a line break.
  void add_to(marked_text& text, std::size_t most = capacity) const noexcept {
    for (std::size_t i = 0; i < std::min(most, size_); ++i) {
      static_cast<void>(text.add(characters_[i] == 0 ? U'\n' : characters_[i]));
    }
  }

  /// Calls `use(std::u32string_view, mark)` for each stretch that is part of something that was found.
  template <class Use>
  void each_found(Use&& use) const {
    for (std::size_t i = 0; i < size_;) {
      auto end = i + 1;
      while (end < size_ && marks_[end] == marks_[i]) {
        ++end;
      }
      if (marks_[i].is_entity()) {
        use(std::u32string_view{characters_.data() + i, end - i}, marks_[i]);
      }
      i = end;
    }
  }

private:
  std::array<char32_t, capacity> characters_{};
  std::array<mark, capacity> marks_{};
  std::size_t size_ = 0;
  std::size_t pastes_ = 0;
  bool found_more_ = false;
};

} // namespace overt::inline v0::redact
