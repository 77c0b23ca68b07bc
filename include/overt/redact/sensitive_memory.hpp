#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>

#include <overt/detail/secure_memory.hpp>

namespace overt::inline v0::redact {

/// Remembers, without keeping it, what was found to be personal, so that it is recognised when it shows up
/// elsewhere: in the name of an element, in a title, in another field.
///
/// What is kept of a text are numbers for each four characters in a row (letters and digits, folded), made
/// with a salt of this session. The last 4,096 numbers are kept. Two numbers in a row that are known (three
/// where there are letters only) are a repetition. Fixed size; one thread.
class sensitive_memory {
public:
  sensitive_memory() {
    std::random_device source;
    for (auto& word : salt_) {
      word = (std::uint64_t{source()} << 32) | source();
    }
  }

  void add(std::u32string_view text) noexcept {
    each_gram(text, [&](std::uint64_t gram, std::size_t, std::size_t, std::size_t) {
      if (!knows(gram)) {
        grams_[next_] = gram;
        next_ = (next_ + 1) % grams_.size();
        index_[gram % index_.size()] = true;
      }
    });
  }

  [[nodiscard]] bool empty() const noexcept { return grams_[0] == 0; }

  /// Calls `use(begin, end)` for each stretch of `text` that repeats something; they may overlap.
  template <class Use>
  void find(std::u32string_view text, Use&& use) const {
    if (empty()) {
      return;
    }
    std::size_t row = 0;
    std::size_t begin = 0;
    std::size_t needed = 3;
    each_gram(text, [&](std::uint64_t gram, std::size_t from, std::size_t to, std::size_t digits) {
      if (!knows(gram)) {
        row = 0;
        needed = 3;
        return;
      }
      if (row == 0) {
        begin = from;
      }
      ++row;
      needed = std::min<std::size_t>(needed, digits == 0 ? 3 : digits == size ? 2 : 1);
      if (row >= needed) {
        use(begin, to);
      }
    });
  }

private:
  static constexpr std::size_t size = 4;

  /// Calls `use(number, begin, end, how many digits)` for each four letters and digits in a row; signs
  /// between them do not count.
  template <class Use>
  void each_gram(std::u32string_view text, Use&& use) const {
    std::array<char32_t, size> last{};
    std::array<std::size_t, size> places{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      auto const one = folded(text[i]);
      if (one == 0) {
        continue;
      }
      std::copy(last.begin() + 1, last.end(), last.begin());
      std::copy(places.begin() + 1, places.end(), places.begin());
      last.back() = one;
      places.back() = i;
      if (++count >= size) {
        auto const digits = std::count_if(last.begin(), last.end(),
                                          [](char32_t each) { return each >= U'0' && each <= U'9'; });
        use(number_of(last), places.front(), i + 1, static_cast<std::size_t>(digits));
      }
    }
    v0::detail::wipe(last.data(), sizeof last);
  }

  [[nodiscard]] static constexpr char32_t folded(char32_t one) noexcept {
    if (one >= U'A' && one <= U'Z') {
      return one + 32;
    }
    bool const counts = (one >= U'a' && one <= U'z') || (one >= U'0' && one <= U'9') || one >= 0xc0;
    return counts ? one : 0;
  }

  /// Never 0.
  [[nodiscard]] std::uint64_t number_of(std::array<char32_t, size> const& gram) const noexcept {
    auto mixed = salt_[0];
    for (auto const one : gram) {
      mixed = (mixed ^ one) * 0x9e3779b97f4a7c15ull;
      mixed ^= mixed >> 29;
      mixed += salt_[1];
    }
    return mixed == 0 ? 1 : mixed;
  }

  [[nodiscard]] bool knows(std::uint64_t gram) const noexcept {
    return index_[gram % index_.size()] && std::find(grams_.begin(), grams_.end(), gram) != grams_.end();
  }

  std::array<std::uint64_t, 2> salt_{};
  std::array<std::uint64_t, 4096> grams_{};
  std::array<bool, 65'536> index_{}; ///< whether any gram with this remainder was ever added
  std::size_t next_ = 0;
};

} // namespace overt::inline v0::redact
