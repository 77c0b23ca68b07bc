#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <overt/event/button.hpp>
#include <overt/event/clearance.hpp>
#include <overt/event/key.hpp>
#include <overt/event/withheld.hpp>

namespace overt::inline v0::redact {

/// Remembers which keys and buttons went down unseen, so that they do not come up in the trace: the release
/// of the last key of a password often comes after the field was left, and a key that is held repeats there.
/// Fixed size; one per pipeline.
class hidden_presses {
public:
  /// A press was withheld, and its amount is hidden.
  void hide(key const& what, clearance const& look, withheld_reason why) noexcept {
    if (what.phase != key_phase::release) {
      keys_[place_of(what, look)] = why;
    }
  }
  void hide(button const& what, clearance const&, withheld_reason why) noexcept {
    if (what.phase == button_phase::press) {
      buttons_[what.number] = why;
    }
  }

  /// Whatever is down now must not come up later, whether its going down was seen or not.
  void hide_all(withheld_reason why) noexcept {
    keys_.fill(why);
    buttons_.fill(why);
  }

  /// Why a release or a repetition must not be seen; nothing when its press was, or when this is a press
  /// itself.
  [[nodiscard]] std::optional<withheld_reason> release(key const& what, clearance const& look) noexcept {
    auto& kept = keys_[place_of(what, look)];
    return what.phase == key_phase::repeat ? kept : taken(kept, what.phase == key_phase::release);
  }
  [[nodiscard]] std::optional<withheld_reason> release(button const& what, clearance const&) noexcept {
    return taken(buttons_[what.number], what.phase == button_phase::release);
  }

private:
  using reason = std::optional<withheld_reason>;

  /// Keys whose place is not known share one.
  [[nodiscard]] static std::size_t place_of(key const& what, clearance const& look) noexcept {
    return what.usage.look(look) & 0xffu;
  }

  [[nodiscard]] static reason taken(reason& from, bool released) noexcept {
    auto const why = std::exchange(from, std::nullopt);
    return released ? why : std::nullopt;
  }

  std::array<reason, 256> keys_{};
  std::array<reason, 256> buttons_{};
};

} // namespace overt::inline v0::redact
