#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/payload.hpp>

namespace overt::inline v0 {

enum class text_source : std::uint8_t {
  typed,
  composed, ///< through an input method or a long Compose sequence
  pasted,
  filled, ///< by a program: autofill, autocorrection
};

constexpr auto enumerators(text_source) {
  return std::array<std::string_view, 4>{"typed", "composed", "pasted", "filled"};
}

/// What a person put into one field between entering and leaving it. How long it is says something about it,
/// so the length is guarded too.
struct text {
  text_source source = text_source::typed;
  guarded<std::uint32_t> length{};      ///< characters
  guarded<std::uint32_t> edits{};       ///< insertions and deletions on the way
  guarded_text value{};                 ///< what stood there in the end
  std::vector<std::uint64_t> made_of{}; ///< the first and the last input event of it, if they were written

  static constexpr std::string_view name = "text";
  static constexpr auto lane = input_lane::keyboard;
  static constexpr bool derived = true;
  static constexpr auto fields() {
    return overt::fields(field("source", &text::source), field("length", &text::length, unit::count),
                         field("edits", &text::edits, unit::count), field("value", &text::value),
                         field("made_of", &text::made_of, unit::event_number));
  }
};

} // namespace overt::inline v0
