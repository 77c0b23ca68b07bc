#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <overt/event/field.hpp>
#include <overt/event/literal.hpp>
#include <overt/event/payload.hpp>
#include <overt/event/withheld.hpp>

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

/// A rule took something out: which rule, what class of thing, how much roughly. Never what it was.
struct redaction {
  literal rule{}; ///< the policy's name; empty when nothing disclosed it
  literal of{};   ///< the payload's name
  withheld_reason reason = withheld_reason::not_disclosed;
  amount how_many = amount::under_ten;

  static constexpr std::string_view name = "redaction";
  static constexpr auto lane = input_lane::none;
  static constexpr auto fields() {
    return overt::fields(field("rule", &redaction::rule), field("of", &redaction::of),
                         field("reason", &redaction::reason), field("how_many", &redaction::how_many));
  }
};

} // namespace overt::inline v0
