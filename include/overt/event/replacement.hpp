#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/event/amount.hpp>
#include <overt/event/byte_range.hpp>
#include <overt/event/enumerators.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/pseudonym.hpp>

namespace overt::inline v0 {

namespace detail {

/// One piece of a replacement: a range of the original, or something that is no content.
struct replacement_piece {
  enum class kind : std::uint8_t { kept, fixed, number, stands_in };

  kind what = kind::kept;
  std::uint8_t number = 0;
  byte_range range{};
  literal fixed{};
  std::size_t stand_in = 0; ///< which pseudonym
};

} // namespace detail

/// What a text is replaced by: built from pieces that cannot carry anything new. A range of the original,
/// text from a program's source, a length bucket, a number below 256 and a pseudonym; nothing that was made
/// out of other content while the program ran.
///
///     what.label.replace(key, replacement{}.put("name:").put(stand_in).put(":").put(amount::tens));
///     what.value.replace(key, replacement{}.keep({0, 5}).put("{EMAIL}").keep({21, 30}));
///
/// Making one allocates; replacing is a rare event.
class replacement {
public:
  /// A range of bytes of the original. Ranges follow each other: one that begins before the last one ended,
  /// or does not lie in the text, denies the whole text when it is replaced.
  replacement& keep(byte_range range) & {
    pieces_.push_back({.what = detail::replacement_piece::kind::kept, .range = range});
    return *this;
  }
  replacement& put(literal fixed) & {
    pieces_.push_back({.what = detail::replacement_piece::kind::fixed, .fixed = fixed});
    return *this;
  }
  replacement& put(pseudonym const& stand_in) & {
    pieces_.push_back({.what = detail::replacement_piece::kind::stands_in, .stand_in = pseudonyms_.size()});
    pseudonyms_.push_back(stand_in);
    return *this;
  }
  replacement& put(amount size) & {
    constexpr auto names = enumerators(amount{});
    constexpr literal words[] = {literal{names[0]}, literal{names[1]}, literal{names[2]}, literal{names[3]}};
    static_assert(std::size(words) == names.size());
    auto const index = static_cast<std::size_t>(size);
    return put(index < names.size() ? words[index] : literal{"?"});
  }
  /// Tells things of one kind apart, as in "{EMAIL_2}".
  replacement& number(std::uint8_t value) & {
    pieces_.push_back({.what = detail::replacement_piece::kind::number, .number = value});
    return *this;
  }

  replacement&& keep(byte_range range) && { return std::move(keep(range)); }
  replacement&& put(literal fixed) && { return std::move(put(fixed)); }
  replacement&& put(pseudonym const& stand_in) && { return std::move(put(stand_in)); }
  replacement&& put(amount size) && { return std::move(put(size)); }
  replacement&& number(std::uint8_t value) && { return std::move(number(value)); }

  /// Calls `use(range)` for a kept range and `use(text)` for every other piece, in order.
  template <class Use>
  void each(Use&& use) const {
    for (auto const& piece : pieces_) {
      switch (piece.what) {
      case detail::replacement_piece::kind::kept: use(piece.range); break;
      case detail::replacement_piece::kind::fixed: use(piece.fixed.view()); break;
      case detail::replacement_piece::kind::stands_in: use(pseudonyms_[piece.stand_in].view()); break;
      case detail::replacement_piece::kind::number: use_number(piece.number, use); break;
      }
    }
  }

private:
  template <class Use>
  static void use_number(std::uint8_t value, Use&& use) {
    char digits[3]{};
    std::size_t size = 0;
    if (value >= 100) {
      digits[size++] = static_cast<char>('0' + value / 100);
    }
    if (value >= 10) {
      digits[size++] = static_cast<char>('0' + value / 10 % 10);
    }
    digits[size++] = static_cast<char>('0' + value % 10);
    use(std::string_view{digits, size});
  }

  std::vector<detail::replacement_piece> pieces_{};
  std::vector<pseudonym> pseudonyms_{};
};

} // namespace overt::inline v0
