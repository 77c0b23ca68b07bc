#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <overt/capture/atspi/folded_text.hpp>
#include <overt/capture/atspi/roles.hpp>
#include <overt/event/rectangle.hpp>

namespace overt::inline v0::capture::atspi {

/// What is around an element, as far as its sensitivity depends on it.
struct neighbour {
  std::uint32_t role = 0; ///< AtspiRole
  rectangle bounds{};
  std::string_view name{};
  int longest = 0;      ///< how many characters it takes (`maxlength`); 0: not known
  bool numeric = false; ///< says that it takes digits (`text-input-type` tel or number)
};

/// The children of an element's parent in their order, the element among them. Where a page puts each field
/// into a box of its own, so that it has no field beside it: what is in all the boxes of the grandparent.
struct neighbours {
  std::span<neighbour const> all{};
  std::size_t self = SIZE_MAX; ///< which of them is the element; more than there are: not known
};

namespace detail {

[[nodiscard]] constexpr bool takes_text(neighbour const& one) noexcept {
  auto const nature = nature_of(one.role);
  return nature == role_nature::text_field || nature == role_nature::password;
}

/// "digit 3", "Digit 3 of 6", "3 of 6", "3/6": a number of which this is one place.
[[nodiscard]] constexpr bool names_a_place(std::string_view name) noexcept {
  constexpr auto places = in_order(std::to_array<phrase>({{U"digit"},
                                                          {U"digits"},
                                                          {U"character"},
                                                          {U"ziffer"},
                                                          {U"zeichen"},
                                                          {U"chiffre"},
                                                          {U"caractere"},
                                                          {U"digito"},
                                                          {U"cifra"},
                                                          {U"cijfer"},
                                                          {U"cyfra"},
                                                          {U"цифра"},
                                                          {U"hane"},
                                                          {U"rakam"},
                                                          {U"桁", phrase_place::anywhere},
                                                          {U"文字目", phrase_place::anywhere},
                                                          {U"位", phrase_place::anywhere}}));
  int numbers = 0;
  int words = 0;
  for (folded_text at{name}; !at.at_end(); at.next()) {
    numbers += at.at_boundary() && at.what() == folded_text::kind::digit;
    words += at.at_boundary() && at.what() != folded_text::kind::digit &&
             at.what() != folded_text::kind::separator;
  }
  bool const said = behind_any(places, name).data() != nullptr;
  return numbers >= 1 && ((said && words <= 4) || (numbers == 2 && words <= 1));
}

/// Whether two fields stand in one row and are the same size, give or take a border.
[[nodiscard]] constexpr bool alike(rectangle const& a, rectangle const& b) noexcept {
  auto const close = [](std::int32_t one, std::int32_t other, std::int64_t most) {
    auto const apart = std::int64_t{one} - other;
    return apart <= most && -apart <= most;
  };
  return a.width > 0 && a.height > 0 && b.width > 0 && b.height > 0 && close(a.y, b.y, 2) &&
         close(a.height, b.height, 2) && close(a.width, b.width, 2 + a.width / 10);
}

[[nodiscard]] constexpr bool is_narrow(rectangle const& box, std::int64_t heights) noexcept {
  return box.width > 0 && box.height > 0 && box.width <= heights * box.height;
}

} // namespace detail

/// Whether the element is one of the boxes that take a number one digit each, as those for a PIN or a code
/// do: at least four fields that say that they take one character, or are named by places of a number, or are
/// narrow and the same size in one row. So are the four boxes of four digits each for the number of a card.
///
/// It takes the four parts of some other number (hours of four days in narrow boxes) for a secret, too.
[[nodiscard]] constexpr bool in_digit_boxes(neighbours around) noexcept {
  if (around.self >= around.all.size() || !detail::takes_text(around.all[around.self])) {
    return false;
  }
  auto const& own = around.all[around.self];
  auto const count = [&](auto const& belongs) {
    return !belongs(own) ? 0 : std::ranges::count_if(around.all, [&](neighbour const& one) {
      return detail::takes_text(one) && belongs(one);
    });
  };
  auto const one_character = [](neighbour const& one) { return one.longest == 1; };
  auto const four_characters = [](neighbour const& one) { return one.longest == 4; };
  auto const place = [](neighbour const& one) { return detail::names_a_place(one.name); };
  auto const narrow = [&](neighbour const& one) {
    return detail::alike(own.bounds, one.bounds) && detail::is_narrow(one.bounds, 2);
  };
  auto const part_of_card = [&](neighbour const& one) {
    return one.numeric && detail::alike(own.bounds, one.bounds) && detail::is_narrow(one.bounds, 5);
  };
  return count(one_character) >= 4 || count(place) >= 4 || count(narrow) >= 4 ||
         count(four_characters) == 4 || count(part_of_card) == 4;
}

} // namespace overt::inline v0::capture::atspi
