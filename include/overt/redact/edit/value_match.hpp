#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/redact/edit/edit_text.hpp>
#include <overt/redact/edit/marked_text.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// Whether a program may have made `there` out of `typed` as people type: quotation marks that open and
/// close, and a capital where a sentence begins.
[[nodiscard]] constexpr bool same_character(char32_t typed, char32_t there, bool begins_sentence) noexcept {
  if (typed == there) {
    return true;
  }
  switch (typed) {
  case U'"': return there == U'“' || there == U'”' || there == U'„';
  case U'\'': return there == U'‘' || there == U'’' || there == U'‚';
  default: return begins_sentence && typed >= U'a' && typed <= U'z' && there + 32 == typed;
  }
}

/// Whether a sentence begins at place `i` of a text, as far as the text goes.
template <class At>
[[nodiscard]] bool begins_sentence(edit_text const& text, std::size_t i, At&& at) {
  while (i > 0 && at(text[i - 1]) == U' ') {
    --i;
  }
  return i == 0 || at(text[i - 1]) == U'.' || at(text[i - 1]) == U'!' || at(text[i - 1]) == U'?';
}

} // namespace detail

/// Whether a text is all that stands there. What was pasted matches anything.
template <class At>
[[nodiscard]] bool is_whole(edit_text const& text, marked_text const& there, At&& at) {
  if (text.size() != there.size()) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (at(text[i]) == 0 ||
        !detail::same_character(at(text[i]), there[i], detail::begins_sentence(text, i, at))) {
      return false;
    }
  }
  return true;
}

/// Where a text that a person put into a field stands in what the program says is there: as a whole, with
/// whatever stood there before around it, and with anything where something was pasted. A text of 4,096
/// characters takes at most 16 million comparisons, and that only if it is all of one letter.
template <class At>
class value_match {
public:
  value_match(edit_text const& text, At at, marked_text const& there) : text_{text}, at_{at}, there_{there} {
    std::size_t from = 0;
    bool anchored = text.assumes_whole(); // nothing may stand before it
    for (std::size_t i = 0; i < text.size() && found_;) {
      if (at_(text[i]) == 0) {
        anchored = false;
        ++i;
        continue;
      }
      auto const end = end_of_run(i);
      bool const last = end == text.size() && text.assumes_whole(); // nor behind it
      from = place_run(i, end, from, anchored, last);
      anchored = false;
      i = end;
    }
    if (text.size() == 0) {
      found_ = !text.assumes_whole() || there.size() == 0;
    }
    found_ = found_ && stands_apart();
  }

  [[nodiscard]] bool found() const noexcept { return found_; }

  /// Where character `i` of the text stands. Not for what was pasted.
  [[nodiscard]] std::size_t place_of(std::size_t i) const noexcept { return places_[i]; }

  /// Calls `use(i, place)` for every character `i` and every place where it may stand: a run of characters
  /// may occur more than once.
  template <class Use>
  void each_place(Use&& use) const {
    for (std::size_t begin = 0; begin < text_.size(); ++begin) {
      auto const end = end_of_run(begin);
      for (std::size_t from = 0; begin < end && from + (end - begin) <= there_.size(); ++from) {
        if (stands_at(begin, end, from)) {
          for (auto i = begin; i < end; ++i) {
            use(i, from + (i - begin));
          }
        }
      }
      begin = end;
    }
  }

private:
  /// Whether no word goes on beyond the text: then a program has changed it, or completed a word.
  [[nodiscard]] bool stands_apart() const {
    if (text_.size() == 0) {
      return true;
    }
    auto const first = text_[0];
    auto const last = text_[text_.size() - 1];
    bool const before = at_(first) == 0 || places_[0] == 0 || !in_word(there_[places_[0] - 1u]) ||
                        !in_word(there_[places_[0]]);
    auto const end = text_.size() - 1;
    bool const after = at_(last) == 0 || places_[end] + 1u == there_.size() ||
                       !in_word(there_[places_[end] + 1u]) || !in_word(there_[places_[end]]);
    return before && after;
  }

  [[nodiscard]] static bool in_word(char32_t one) noexcept {
    return detail::word_class_of(one) == detail::word_class::letter && one != U'\n';
  }

  [[nodiscard]] std::size_t end_of_run(std::size_t i) const {
    while (i < text_.size() && at_(text_[i]) != 0) {
      ++i;
    }
    return i;
  }

  [[nodiscard]] bool stands_at(std::size_t begin, std::size_t end, std::size_t from) const {
    for (std::size_t i = begin; i < end; ++i) {
      auto const typed = at_(text_[i]);
      auto const shown = there_[from + (i - begin)];
      if (typed != shown && !detail::same_character(typed, shown, detail::begins_sentence(text_, i, at_))) {
        return false;
      }
    }
    return true;
  }

  std::size_t place_run(std::size_t begin, std::size_t end, std::size_t from, bool anchored, bool last) {
    auto const length = end - begin;
    if (from + length > there_.size()) {
      found_ = false;
      return from;
    }
    if (last) {
      found_ = !(anchored && there_.size() != length);
      from = there_.size() - length;
    }
    for (; from + length <= there_.size() && found_; ++from) {
      if (stands_at(begin, end, from)) {
        for (std::size_t i = begin; i < end; ++i) {
          places_[i] = static_cast<std::uint16_t>(from + (i - begin));
        }
        return from + length;
      }
      if (anchored || last) {
        break;
      }
    }
    found_ = false;
    return from;
  }

  edit_text const& text_;
  At at_;
  marked_text const& there_;
  std::array<std::uint16_t, edit_text::capacity> places_;
  bool found_ = true;
};

} // namespace overt::inline v0::redact
