#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <overt/capture/atspi/input_numbers.hpp>
#include <overt/capture/atspi/snapshot.hpp>
#include <overt/capture/input_hint.hpp>
#include <overt/detail/utf8.hpp>
#include <overt/event/text.hpp>
#include <overt/event/text_arena.hpp>
#include <overt/event/timestamp.hpp>

namespace overt::inline v0::capture::atspi {

/// The keys that went to one field.
struct edit_keys {
  std::uint32_t entered = 0;
  std::uint32_t erased = 0;
  std::uint32_t pasted = 0;
  std::uint32_t cut = 0;
  std::uint32_t others = 0; ///< that by themselves enter nothing
  bool composing = false;   ///< an input method was active
  timestamp first{};
  timestamp last{};
  input_numbers from{};

  [[nodiscard]] std::uint32_t edits() const noexcept { return entered + erased + pasted + cut; }
  [[nodiscard]] bool any() const noexcept { return edits() > 0 || (composing && others > 0); }

  void add(edit_keys const& later) {
    if (!any()) {
      first = later.first;
    }
    entered += later.entered;
    erased += later.erased;
    pasted += later.pasted;
    cut += later.cut;
    others += later.others;
    composing = composing || later.composing;
    last = later.last;
    from.add(later.from);
  }

  [[nodiscard]] text_source source() const noexcept {
    if (composing) {
      return text_source::composed;
    }
    if (entered > 0) {
      return text_source::typed;
    }
    if (pasted > 0) {
      return text_source::pasted;
    }
    if (erased > 0 || cut > 0) {
      return text_source::typed;
    }
    return others > 0 ? text_source::composed : text_source::filled;
  }
};

/// What one key does to a field that takes text.
[[nodiscard]] inline edit_keys edit_of(input_hint const& key, bool composing) {
  edit_keys one;
  one.first = one.last = key.time;
  one.from.add(key.event);
  one.composing = composing;
  switch (key.use) {
  case key_use::enters:
  case key_use::space:
  case key_use::enter: one.entered = 1; break;
  case key_use::erases: one.erased = 1; break;
  case key_use::paste: one.pasted = 1; break;
  case key_use::cut: one.cut = 1; break;
  case key_use::other: one.others = 1; break;
  default: break;
  }
  return one;
}

/// What stood in a field at a moment. Shared with the question for it, which may be answered after the person
/// has left.
struct field_text {
  bool known = false;
  arena_string value{};
};

/// How many characters a text has; nothing when it is not UTF-8.
[[nodiscard]] constexpr std::optional<std::uint32_t> characters_in(std::string_view value) noexcept {
  std::uint32_t count = 0;
  while (!value.empty()) {
    auto const one = overt::detail::decode_utf8(value);
    if (one.size == 0) {
      return std::nullopt;
    }
    value.remove_prefix(one.size);
    ++count;
  }
  return count;
}

/// The text of a session, from the keys that were confirmed. `pressed`: all that may have gone there, which
/// says what kind of text it is. `all`: they are the same, so that it is known how many edits it took.
/// `value` null: it could not be read, or is not told.
[[nodiscard]] inline text text_of(edit_keys const& keys, edit_keys const& pressed, bool all,
                                  arena_string const* value) {
  auto const length = value == nullptr || value->view().size() > text_arena::longest_text
                          ? std::optional<std::uint32_t>{}
                          : characters_in(value->view());
  return text{.source = pressed.source(),
              .length = length ? guarded<std::uint32_t>{*length} : guarded<std::uint32_t>{},
              .edits = all ? guarded<std::uint32_t>{keys.edits()} : guarded<std::uint32_t>{},
              .value = length ? guarded_text{arena_string{value->view()}} : guarded_text{},
              .made_of = keys.from.ends()};
}

} // namespace overt::inline v0::capture::atspi
