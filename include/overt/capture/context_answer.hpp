#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/context_ptr.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture {

/// What a source of contexts can vouch for. Every aspect that any backend of a session declares has to be
/// answered before an input event leaves.
enum class context_aspect : std::uint8_t {
  application, ///< which application and window
  field,       ///< which page and field, and whether it is secret
  screen,      ///< whether the screen is locked. Told when it changes, and awaited by nobody
};

constexpr auto enumerators(context_aspect) {
  return std::array<std::string_view, 3>{"application", "field", "screen"};
}

/// A source asked, and this was the answer: at the moment `as_of`, input of this lane went to `where`.
///
/// "No news" is never an answer: the absence of a notice cannot tell a quiet desktop from a stuck program.
/// `as_of` is a moment at which the answer was certainly true. A source that reads one ordered stream of
/// events and replies may name a moment before its question, when the reply has shown that what it knew from
/// the stream up to that moment was right; every other source names one that is no earlier than its question.
struct context_answer {
  context_aspect aspect = context_aspect::application;
  input_lane lane = input_lane::keyboard;
  timestamp as_of{};
  context_ptr where{}; ///< null: nothing, or nothing that could be identified
  bool locked = false; ///< for `screen`, which has neither lane nor place: from then on, until told otherwise
};

} // namespace overt::inline v0::capture
