#pragma once

#include <cstdint>
#include <string_view>

#include <overt/capture/atspi/element.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/detail/utf8.hpp>

namespace overt::inline v0::capture::atspi {

namespace detail {

/// A character that may be one of a password. Signs that only stand for something, like an arrow or the cross
/// that closes a tab, are not.
[[nodiscard]] constexpr bool may_be_typed(std::uint32_t c) noexcept {
  bool const sign = (c >= 0x80 && c <= 0xbf) || c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c <= 0x2bff) ||
                    (c >= 0x3000 && c <= 0x303f) || (c >= 0xe000 && c <= 0xf8ff) ||
                    (c >= 0xfe00 && c <= 0xfe0f) || c >= 0x1f000;
  return c > 0x20 && c != 0x7f && !sign;
}

} // namespace detail

/// Whether this is the name of a key: "7", "a", and as on telephones "2 ABC".
[[nodiscard]] constexpr bool names_a_key(std::string_view name) noexcept {
  auto const first = overt::detail::decode_utf8(name);
  if (first.size == 0 || !detail::may_be_typed(first.character)) {
    return false;
  }
  name.remove_prefix(first.size);
  bool const digit = first.character >= '0' && first.character <= '9';
  if (name.empty() || !digit || name.size() > 5) {
    return name.empty();
  }
  for (char const c : name) {
    if (c != ' ' && c != '\n' && (c < 'A' || c > 'Z')) {
      return false;
    }
  }
  return true;
}

/// Whether an element may be a key of a keypad or a keyboard on the screen. Such buttons spell what the
/// person enters, a PIN or a password, and nothing says of them that it is secret. So is a button of a
/// calculator: which one it was is not told either. Links ("2" is the next page) and toggle buttons ("B" is
/// bold) are none.
[[nodiscard]] inline bool is_key_on_screen(element const& what) noexcept {
  return is_role(what.role, accessible_role::push_button) &&
         (names_a_key(what.name.view()) || (what.name.view().empty() && names_a_key(what.label.view())));
}

} // namespace overt::inline v0::capture::atspi
