#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace overt::inline v0::capture::atspi {

/// The numbers of the input events that an act came from, in order and bounded: of a long run the first ones
/// and the last.
class input_numbers {
public:
  static constexpr std::size_t most = 16;

  /// 0 is the number of no event.
  void add(std::uint64_t number) noexcept {
    if (number == 0 || (size_ > 0 && numbers_[size_ - 1] == number)) {
      return;
    }
    if (size_ < most) {
      numbers_[size_++] = number;
    } else {
      numbers_[most - 1] = number;
    }
  }

  void add(input_numbers const& others) noexcept {
    for (std::size_t i = 0; i < others.size_; ++i) {
      add(others.numbers_[i]);
    }
  }

  [[nodiscard]] std::vector<std::uint64_t> all() const {
    return {numbers_.begin(), numbers_.begin() + static_cast<std::ptrdiff_t>(size_)};
  }

  /// The first and the last, or the one there is.
  [[nodiscard]] std::vector<std::uint64_t> ends() const {
    if (size_ < 2) {
      return all();
    }
    return {numbers_.front(), numbers_[size_ - 1]};
  }

private:
  std::array<std::uint64_t, most> numbers_{};
  std::size_t size_ = 0;
};

} // namespace overt::inline v0::capture::atspi
