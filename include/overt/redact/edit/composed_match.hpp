#pragma once

#include <array>
#include <cstddef>

#include <overt/redact/edit/marked_text.hpp>

namespace overt::inline v0::redact {

/// Whether an input method can have made `there` of the keys in `typed`, and of nothing else: what is ASCII
/// in it was typed as it is, and each other character took one key to twelve (Pinyin, kana and Hangul take
/// one to seven, and one to choose). Then nothing stands there that somebody else wrote, a program filled in
/// or was pasted; except such characters beside those that were composed, where the keys are many.
///
/// A table of which keys reach which character, one row at a time: characters times keys steps.
[[nodiscard]] inline bool is_composed_of(marked_text const& typed, marked_text const& there) noexcept {
  constexpr std::size_t most_keys = 12;
  using row = std::array<bool, marked_text::capacity + 1>;
  row reached{};
  reached[0] = true;
  for (std::size_t place = 0; place < there.size(); ++place) {
    row next{};
    std::size_t within = 0; // how many of the last `most_keys` were reached
    for (std::size_t i = 1; i <= typed.size(); ++i) {
      within += reached[i - 1] ? 1 : 0;
      within -= i > most_keys && reached[i - 1 - most_keys] ? 1 : 0;
      next[i] = there[place] < 0x80 ? reached[i - 1] && typed[i - 1] == there[place] : within > 0;
    }
    reached = next;
  }
  return reached[typed.size()];
}

} // namespace overt::inline v0::redact
