#pragma once

#include <string_view>

#include <overt/consent/grants.hpp>
#include <overt/event/key.hpp>
#include <overt/redact/policy.hpp>
#include <overt/redact/typing.hpp>

namespace overt::inline v0::redact {

/// Discloses shortcuts: a key pressed while Control, Alt or Super is held (Ctrl+S), and function keys. What
/// could enter a character by its number is not one.
struct shortcuts {
  static constexpr std::string_view name = "shortcuts";

  [[nodiscard]] consent::grants needs() const { return consent::grants::key_semantic; }

  [[nodiscard]] verdict operator()(key& what, disclosure const& unlock) const {
    bool const command = commands(what.held) && what.kind != key_class::modifier &&
                         what.kind != key_class::unknown && what.kind != key_class::dead &&
                         !enters_through_modifiers(what, unlock) &&
                         !may_enter_by_number(what, what.symbol.look(unlock));
    if (!command && what.kind != key_class::function) {
      return verdict::pass();
    }
    what.symbol.disclose(unlock);
    return verdict::release(unlock);
  }

private:
  /// Some systems report AltGr, which makes characters, as Control and Alt.
  [[nodiscard]] static bool enters_through_modifiers(key const& what, disclosure const& unlock) {
    return has_all(what.held, modifiers::control | modifiers::alt) && !what.entered.look(unlock).empty();
  }
};

} // namespace overt::inline v0::redact
