#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <overt/event/payload.hpp>

namespace overt::inline v0::redact {

/// Intervals between keys of a population in milliseconds: the 32 quantiles (0.5/32, 1.5/32, …) of a
/// log-normal distribution with the mean (239 ms) and the standard deviation (112 ms) that Dhakal, Feit,
/// Kristensson and Oulasvirta report for 168,000 people ("Observations on Typing from 136 Million
/// Keystrokes", CHI 2018, table of results).
inline constexpr std::array<std::uint16_t, 32> key_intervals_ms{
    83,  103, 115, 125, 134, 142, 149, 157, 164, 171, 177, 184, 191, 198, 205, 213,
    220, 228, 236, 245, 254, 264, 274, 286, 299, 313, 330, 350, 374, 407, 457, 565};

/// Intervals between acts with the pointer: the same for a mean of 1.5 s and a standard deviation of 1.3 s.
/// That is an assumption of this library, made so that nothing in it comes from the person.
inline constexpr std::array<std::uint16_t, 32> click_intervals_ms{
    226,  323,  392,  451,  506,  558,  609,  659,  709,  760,  812,  866,  921,  978,  1038, 1101,
    1167, 1238, 1314, 1395, 1484, 1582, 1690, 1811, 1950, 2111, 2303, 2539, 2846, 3276, 3974, 5683};

/// Numbers that look random, from a seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014). Nobody learns anything about a person by guessing the seed.
class interval_source {
public:
  explicit constexpr interval_source(std::uint64_t seed) noexcept : state_{seed} {}

  /// An interval as somebody of the population would have it before an event of this kind; 0 before what is
  /// no input.
  [[nodiscard]] constexpr std::int64_t next_ns(input_lane lane) noexcept {
    if (lane == input_lane::none) {
      return 0;
    }
    auto const& table = lane == input_lane::keyboard ? key_intervals_ms : click_intervals_ms;
    auto const drawn = next();
    auto const index = static_cast<std::size_t>(drawn % table.size());
    // Between this quantile and the next one, so that the intervals are not 32 known numbers.
    auto const below = std::int64_t{table[index]} * 1'000'000;
    auto const above = index + 1 < table.size() ? std::int64_t{table[index + 1]} * 1'000'000 : below * 5 / 4;
    auto const part = static_cast<std::int64_t>(drawn >> 44); // 20 bits
    return below + (above - below) * part / (std::int64_t{1} << 20);
  }

private:
  [[nodiscard]] constexpr std::uint64_t next() noexcept {
    state_ += 0x9e3779b97f4a7c15u;
    auto mixed = state_;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
  }

  std::uint64_t state_;
};

} // namespace overt::inline v0::redact
