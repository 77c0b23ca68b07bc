#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt/event/enumerators.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::trace {

/// What a line of a recording is about, for a person who looks for something in it.
enum class review_kind : std::uint8_t {
  act,      ///< what was done: a click, a key, a choice
  text,     ///< what was written
  picture,  ///< a picture of the screen
  withheld, ///< something is not there, and why
  task,     ///< what it was for
  recorder, ///< what the recorder says of itself
};

constexpr auto enumerators(review_kind) {
  return std::array<std::string_view, 6>{"act", "text", "picture", "withheld", "task", "recorder"};
}

inline constexpr std::size_t review_kinds = enumerators(review_kind{}).size();

/// The kind of an event by the name of its payload; one of somebody's own is an act.
[[nodiscard]] constexpr review_kind review_kind_of(std::string_view payload) noexcept {
  if (payload == "text") {
    return review_kind::text;
  }
  if (payload == "frame") {
    return review_kind::picture;
  }
  if (payload == "gap" || payload == "redaction") {
    return review_kind::withheld;
  }
  if (payload == "marker") {
    return review_kind::task;
  }
  return payload == "source" || payload == "consent_change" || payload == "display" ? review_kind::recorder
                                                                                    : review_kind::act;
}

/// A line of a recording as the recorded person looks at it.
struct review_entry {
  timestamp began{}; ///< on the trace's own grid; of what takes time, its begin
  timestamp ended{};
  std::uint64_t first = 0;  ///< number of its first event; a picture is asked for by it
  std::uint32_t place = 0;  ///< in `review_list::places`
  std::uint32_t window = 0; ///< in `review_list::windows`
  review_kind kind = review_kind::act;
  bool has_picture = false;
  std::string words{};
  std::optional<std::string> text{}; ///< of a text that was disclosed: as it would leave, with placeholders
};

} // namespace overt::inline v0::trace
