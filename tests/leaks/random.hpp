#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace leaks {

/// Numbers that look random and are the same on every machine for the same seed (splitmix64, Steele and
/// others, "Fast splittable pseudorandom number generators", 2014). The distributions of the standard library
/// are not.
class random_numbers {
public:
  explicit random_numbers(std::uint64_t seed) noexcept : state_{seed} {}

  /// One for each script of a run, so that a script can be made again alone.
  random_numbers(std::uint64_t seed, std::uint64_t index) noexcept
      : state_{seed ^ (index * 0x9e3779b97f4a7c15u + 0x632be59bd9b4e019u)} {
    next();
    state_ ^= index;
  }

  std::uint64_t next() noexcept {
    state_ += 0x9e3779b97f4a7c15u;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
  }

  /// From 0 to `limit` - 1; 0 when there is nothing to choose from.
  std::size_t below(std::size_t limit) noexcept {
    return limit == 0 ? 0 : static_cast<std::size_t>(next() % limit);
  }
  /// From `first` to `last`, both possible.
  std::size_t between(std::size_t first, std::size_t last) noexcept {
    return first + below(last - first + 1);
  }
  bool chance(unsigned percent) noexcept { return below(100) < percent; }

  /// Between 0 and 1.
  double fraction() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  /// A normal deviate (Box and Muller, 1958).
  double normal() noexcept {
    auto const radius = std::sqrt(-2.0 * std::log(fraction() + 0x1.0p-54));
    return radius * std::cos(2.0 * 3.14159265358979323846 * fraction());
  }

  char letter(std::string_view alphabet) noexcept { return alphabet[below(alphabet.size())]; }
  std::string text(std::string_view alphabet, std::size_t length) {
    std::string made;
    for (std::size_t i = 0; i < length; ++i) {
      made += letter(alphabet);
    }
    return made;
  }

  template <class Choices>
  auto const& pick(Choices const& choices) noexcept {
    return choices[below(choices.size())];
  }

private:
  std::uint64_t state_;
};

} // namespace leaks
