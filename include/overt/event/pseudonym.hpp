#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace overt::inline v0 {

namespace detail {
struct pseudonym_maker;
} // namespace detail

/// What stands for a piece of content, so that the same content can be known again within one dataset and
/// nobody without the dataset's secret can tell what it was. Only `redact::pseudonym_key` makes one, from a
/// keyed hash: a type that could be made from any text could carry any text.
class pseudonym {
public:
  static constexpr std::size_t longest = 16;

  /// 8 or 16 lower-case hexadecimal digits.
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {digits_.data(), size_}; }

private:
  friend struct detail::pseudonym_maker;

  constexpr explicit pseudonym(std::span<std::uint8_t const> bytes) noexcept {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    for (auto const byte : bytes.first(bytes.size() < longest / 2 ? bytes.size() : longest / 2)) {
      digits_[size_++] = hexadecimal[byte >> 4];
      digits_[size_++] = hexadecimal[byte & 15];
    }
  }

  std::array<char, longest> digits_{};
  std::size_t size_ = 0;
};

namespace detail {

/// Makes pseudonyms out of the first bytes of a keyed hash. Used by `redact::pseudonym_key`, and by nothing
/// else in the library.
struct pseudonym_maker {
  [[nodiscard]] static constexpr pseudonym make(std::span<std::uint8_t const> keyed_hash) noexcept {
    return pseudonym{keyed_hash};
  }
};

} // namespace detail

} // namespace overt::inline v0
