#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/redact/edit/edit_text.hpp>
#include <overt/redact/edit/value_match.hpp>

namespace overt::inline v0::redact {

/// What stands in the place of each thing that was pasted, once the program said what stands in the field:
/// all between the two typed characters around it. Holds places, no content. Fixed size.
class pasted_parts {
public:
  static constexpr std::size_t most = 16;

  /// Finds them. `match`: where the typed characters of `text` stand in what the program says, `size`
  /// characters. `at(number)`: the character of a number, 0 for what was pasted. False when they cannot be
  /// told apart: two of them side by side, or too many.
  template <class Of, class At>
  [[nodiscard]] bool find(edit_text const& text, value_match<Of> const& match, std::size_t size, At&& at) {
    count_ = 0;
    auto const is_pasted = [&](std::size_t i) { return at(text[i]) == 0; };
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (!is_pasted(i)) {
        continue;
      }
      bool const first = i == 0;
      bool const last = i + 1 == text.size();
      if (count_ == most || (!first && is_pasted(i - 1)) || (!last && is_pasted(i + 1))) {
        return false;
      }
      parts_[count_++] = {text[i], first ? 0 : match.place_of(i - 1) + 1,
                          last ? size : match.place_of(i + 1)};
    }
    return true;
  }

  [[nodiscard]] std::size_t count() const noexcept { return count_; }

  /// Calls `use(place)` for each character of what was pasted under a number, by its place in what the
  /// program says.
  template <class Use>
  void each_place(std::uint16_t number, Use&& use) const {
    auto const end = parts_.begin() + static_cast<std::ptrdiff_t>(count_);
    auto const part =
        std::find_if(parts_.begin(), end, [&](pasted_part const& one) { return one.number == number; });
    for (auto place = part == end ? 0 : part->begin; part != end && place < part->end; ++place) {
      use(place);
    }
  }

private:
  struct pasted_part {
    std::uint16_t number = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  std::array<pasted_part, most> parts_{};
  std::size_t count_ = 0;
};

} // namespace overt::inline v0::redact
