#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/redact/detect/detectors.hpp>
#include <overt/redact/edit/marked_text.hpp>

namespace overt::inline v0::redact {

/// Characters that stand together in one state of a text, and which of all that were typed each of them is.
/// Fixed size; wiped at its end.
class numbered_text {
public:
  numbered_text() noexcept {} // the numbers are not filled: only what is written is read

  [[nodiscard]] std::size_t size() const noexcept { return text_.size(); }
  /// Whether everything that was added is there.
  [[nodiscard]] bool is_complete() const noexcept { return complete_; }

  void add(char32_t character, std::uint16_t number) noexcept {
    auto const place = text_.size();
    complete_ = complete_ && text_.add(character);
    if (complete_) {
      numbers_[place] = number;
    }
  }
  /// What follows stands apart from what is there: a line break, which belongs to nothing.
  void stand_apart() noexcept {
    if (text_.size() > 0) {
      add(U'\n', nothing);
    }
  }

  /// Calls `use(number, entity)` for each character that is part of something that detectors find. False when
  /// a detector could not look.
  template <class Use>
  [[nodiscard]] bool search(detect::detectors const& which, Use&& use) const {
    return text_.scan(which, [&](std::size_t i, std::size_t end, detect::entity found) {
      for (; i < end; ++i) {
        if (numbers_[i] != nothing) {
          use(numbers_[i], found);
        }
      }
    });
  }

private:
  static constexpr std::uint16_t nothing = 0xffff;

  marked_text text_{};
  std::array<std::uint16_t, marked_text::capacity> numbers_;
  bool complete_ = true;
};

} // namespace overt::inline v0::redact
