#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/detail/secure_memory.hpp>
#include <overt/event/clearance.hpp>
#include <overt/event/context_ptr.hpp>
#include <overt/event/pointer_move.hpp>
#include <overt/event/text.hpp>
#include <overt/event/timestamp.hpp>
#include <overt/redact/edit/field_edit.hpp>
#include <overt/redact/edit/marked_text.hpp>

namespace overt::inline v0::redact {

/// What is to become of a field that was left.
enum class release_of : std::uint8_t {
  undecided, ///< the person may come back to it
  submitted, ///< Enter, or a button of its window
  abandoned, ///< they went elsewhere: its last word and digits are kept back
};

/// Whether two contexts are the same program and site. A title may change while somebody types.
[[nodiscard]] inline bool same_place(context const& a, context const& b, clearance const& look) {
  return a.application.look(look).view() == b.application.look(look).view() &&
         a.origin.look(look).view() == b.origin.look(look).view();
}

/// One field that somebody typed into, from the first key until it is decided what may leave of it.
struct edited_field {
  field_edit edit{};
  context_ptr where{};
  timestamp began{};
  timestamp last{};
  std::uint64_t first_number = 0; ///< of the keys, as they are numbered in memory
  std::uint64_t last_number = 0;
  std::uint64_t follows = 0;                ///< the event that had left last when it began
  std::uint64_t pasted_by = 0;              ///< the key that pasted last
  std::optional<screen_point> pressed_at{}; ///< where the left button went down and did not come up yet
  std::uint16_t source = 0;

  bool in_use = false;
  bool left = false;
  bool interrupted = false; ///< something in it turned out not to be for us
  timestamp left_at{};
  release_of release = release_of::undecided;

  std::optional<text_source> told_source{}; ///< what the program says of it; nothing yet, if it said nothing
  bool value_known = false;
  std::size_t value_size = 0;
  std::array<char, marked_text::capacity> value;

  marked_text judged{}; ///< what stands there, once it is decided
  edit_verdict verdict = edit_verdict::certain;

  void begin(timestamp when, context_ptr place, std::uint16_t from, std::uint64_t number,
             std::uint64_t written) {
    end();
    in_use = true;
    began = last = when;
    where = std::move(place);
    source = from;
    first_number = last_number = number;
    follows = written;
  }

  void leave(timestamp when) noexcept {
    if (!left) {
      left = true;
      left_at = when;
    }
  }

  /// What the program says stands there. Too long a value is as none.
  void hear(text_source kind, std::optional<std::string_view> what) noexcept {
    told_source = kind;
    value_known = what && what->size() <= value.size();
    for (std::size_t i = 0; value_known && i < what->size(); ++i) {
      value[i] = (*what)[i];
    }
    value_size = value_known ? what->size() : 0;
  }

  [[nodiscard]] std::optional<std::string_view> heard() const noexcept {
    return value_known ? std::optional{std::string_view{value.data(), value_size}} : std::nullopt;
  }

  /// Forgets and wipes all of it.
  void end() noexcept {
    edit.clear();
    judged.clear();
    v0::detail::wipe(value.data(), value_size);
    value_size = 0;
    where = {};
    told_source.reset();
    value_known = in_use = left = interrupted = false;
    release = release_of::undecided;
    verdict = edit_verdict::certain;
    pasted_by = 0;
    pressed_at.reset();
  }
};

} // namespace overt::inline v0::redact
