#pragma once

#include <cstddef>
#include <cstdint>

/// Numbers as bytes, the lowest first, whatever the machine has. `Byte` is char or std::uint8_t.
namespace overt::inline v0::detail::little_endian {

template <class Byte, class Number>
constexpr void put(Byte* to, Number number) noexcept {
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    to[i] = static_cast<Byte>(static_cast<std::uint8_t>(number >> (8 * i)));
  }
}

template <class Number, class Byte>
[[nodiscard]] constexpr Number get(Byte const* from) noexcept {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    number |= std::uint64_t{static_cast<std::uint8_t>(from[i])} << (8 * i);
  }
  return static_cast<Number>(number);
}

} // namespace overt::inline v0::detail::little_endian
