#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <overt/event/amount.hpp>
#include <overt/event/field.hpp>
#include <overt/event/guarded.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/timestamp.hpp>

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

/// What a policy made of a text.
enum class text_outcome : std::uint8_t {
  unjudged, ///< none that understands text has looked at it
  cleared,  ///< nothing personal was found; the value is what was written
  entity,   ///< it is one personal thing; the value is its placeholder
  mixed,    ///< the value has placeholders in it
  withheld, ///< there is no value; `doubt` says why
};

constexpr auto enumerators(text_outcome) {
  return std::array<std::string_view, 5>{"unjudged", "cleared", "entity", "mixed", "withheld"};
}

/// Why a whole text was withheld.
enum class text_doubt : std::uint8_t {
  none,
  by_policy,   ///< the policy tells that something was written, not what
  disagreed,   ///< what the program says stands there is not what the keys would have made
  unresolved,  ///< what the keys did to it cannot be told without the program, which said nothing
  too_long,    ///< over 4 KiB
  too_slow,    ///< over ten minutes
  not_typed,   ///< it was pasted or filled in
  interrupted, ///< something in between was withheld, or the session ended
  unsearched,  ///< a detector could not look at it
};

constexpr auto enumerators(text_doubt) {
  return std::array<std::string_view, 9>{"none",     "by_policy", "disagreed",   "unresolved", "too_long",
                                         "too_slow", "not_typed", "interrupted", "unsearched"};
}

/// A placeholder in a text: what stood there, and where the placeholder stands.
struct text_entity {
  literal type{};                  ///< "CARD"; "WITHHELD" for what was kept back undecided
  amount size = amount::under_ten; ///< characters it had
  guarded<std::uint32_t> begin{};  ///< in the value, in characters
  guarded<std::uint32_t> end{};

  static constexpr auto fields() {
    return overt::fields(field("type", &text_entity::type), field("size", &text_entity::size),
                         field("begin", &text_entity::begin, unit::count),
                         field("end", &text_entity::end, unit::count));
  }
};

/// What a person put into one field between entering and leaving it. How long it is says something about it,
/// so the length is guarded too.
struct text {
  text_source source = text_source::typed;
  guarded<std::uint32_t> length{}; ///< characters
  guarded<std::uint32_t> edits{};  ///< insertions and deletions on the way
  text_outcome outcome = text_outcome::unjudged;
  text_doubt doubt = text_doubt::none;
  guarded<amount> size{};    ///< the length, roughly
  guarded_text value{};      ///< what stood there in the end
  timestamp began{};         ///< when the first key was pressed
  std::uint64_t follows = 0; ///< the event that had been written last by then, in a trace; 0 if none had been
  std::vector<text_entity> entities{};
  std::vector<std::uint64_t> made_of{}; ///< the first and the last input event of it, if they were written

  static constexpr std::string_view name = "text";
  static constexpr auto lane = input_lane::keyboard;
  static constexpr bool derived = true;
  static constexpr auto fields() {
    return overt::fields(
        field("source", &text::source), field("length", &text::length, unit::count),
        field("edits", &text::edits, unit::count), field("value", &text::value),
        field("outcome", &text::outcome), field("doubt", &text::doubt), field("size", &text::size),
        field("began", &text::began, unit::nanoseconds), field("follows", &text::follows, unit::event_number),
        field("entities", &text::entities), field("made_of", &text::made_of, unit::event_number));
  }
};

} // namespace overt::inline v0
