#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace overt::inline v0 {

/// How much, roughly. A length bucket tells enough to judge a trace by and too little to guess a word by.
enum class amount : std::uint8_t { under_ten, tens, hundreds, thousands };

constexpr auto enumerators(amount) {
  return std::array<std::string_view, 4>{"under_ten", "tens", "hundreds", "thousands"};
}

[[nodiscard]] constexpr amount bucket_of(std::uint64_t count) noexcept {
  return count < 10     ? amount::under_ten
         : count < 100  ? amount::tens
         : count < 1000 ? amount::hundreds
                        : amount::thousands;
}

} // namespace overt::inline v0
