#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/detail/secure_memory.hpp>
#include <overt/redact/detect/letters.hpp>

namespace overt::inline v0::detect::detail {

/// Digits without anything between them, in a run.
struct digit_group {
  std::size_t begin;   ///< in the text
  std::uint16_t first; ///< its first digit, counted in the run
  std::uint16_t length;
  char gap;  ///< what stands between it and the group before: one of " -./(", '(' for anything with brackets
  bool wide; ///< more than one byte stands there

  [[nodiscard]] std::size_t end() const noexcept { return begin + length; }
};

/// Groups of digits with little between them: one space, hyphen, dot or slash, up to two spaces, " - ", or
/// brackets as in "(415) 555". Card numbers, phone numbers and most numbers of persons are runs or parts of
/// runs. A run that is longer than there is room for is read in pieces that overlap by more than any number's
/// length.
class number_run {
public:
  static constexpr std::size_t most_groups = 128;
  static constexpr std::size_t most_digits = 320;
  static constexpr std::size_t longest_group =
      32; ///< as in the longest IBAN; more digits are no number of interest
  static constexpr std::size_t overlap = 34; ///< digits

  // The arrays stay unset until `read`; a text without a number does not pay for them.
  number_run() noexcept {} // NOLINT
  ~number_run() { overt::detail::wipe(digits_.data(), used_); }
  number_run(number_run const&) = delete;
  number_run& operator=(number_run const&) = delete;

  /// Reads the run that begins at `at`, a digit that no digit precedes. Returns where to go on reading.
  std::size_t read(std::string_view text, std::size_t at) noexcept {
    size_ = 0;
    digit_count_ = 0;
    char gap = 0;
    bool wide = false;
    for (;;) {
      auto end = at;
      while (end < text.size() && is_digit(text[end])) {
        ++end;
      }
      auto const length = end - at;
      if (length > longest_group) {
        owned_ = size_;
        return end;
      }
      if (size_ == most_groups || digit_count_ + length > most_digits) {
        return split();
      }
      groups_[size_++] = {at, static_cast<std::uint16_t>(digit_count_), static_cast<std::uint16_t>(length),
                          gap, wide};
      for (auto i = at; i < end; ++i) {
        digits_[digit_count_++] = static_cast<std::uint8_t>(text[i] - '0');
      }
      used_ = std::max(used_, digit_count_);
      auto const next = end + gap_after(text, end, gap);
      if (next == end) {
        owned_ = size_;
        return end;
      }
      wide = next - end > 1;
      at = next;
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Numbers that begin at a group from here on are found again in the next piece of the run.
  [[nodiscard]] std::size_t owned() const noexcept { return owned_; }
  [[nodiscard]] digit_group const& operator[](std::size_t group) const noexcept { return groups_[group]; }
  [[nodiscard]] std::uint8_t const* digits(std::size_t group) const noexcept {
    return digits_.data() + groups_[group].first;
  }
  /// How many digits the groups from `first` to `last` have together.
  [[nodiscard]] std::size_t count(std::size_t first, std::size_t last) const noexcept {
    return static_cast<std::size_t>(groups_[last].first + groups_[last].length - groups_[first].first);
  }
  /// Their lengths, a hexadecimal digit each: 0x334 for "415-555-0132". 0 when that has no room.
  [[nodiscard]] std::uint64_t shape(std::size_t first, std::size_t last) const noexcept {
    std::uint64_t code = 0;
    if (last - first >= 16) {
      return 0;
    }
    for (auto i = first; i <= last; ++i) {
      if (groups_[i].length > 15) {
        return 0;
      }
      code = code << 4 | groups_[i].length;
    }
    return code;
  }
  /// The one gap between all these groups; 0 when they differ, or there is one group only.
  [[nodiscard]] char same_gap(std::size_t first, std::size_t last) const noexcept {
    char gap = 0;
    for (auto i = first + 1; i <= last; ++i) {
      if (groups_[i].wide || (gap != 0 && groups_[i].gap != gap)) {
        return 0;
      }
      gap = groups_[i].gap;
    }
    return gap;
  }
  [[nodiscard]] bool has_gap(char gap, std::size_t first, std::size_t last) const noexcept {
    for (auto i = first + 1; i <= last; ++i) {
      if (groups_[i].gap == gap) {
        return true;
      }
    }
    return false;
  }
  /// A number may begin here: what stands in front does not tie it to the group before, and in a row of one
  /// and two digits a number begins with the row.
  [[nodiscard]] bool may_begin(std::size_t group) const noexcept {
    auto const& one = groups_[group];
    return group == 0 || one.gap == '(' || one.wide ||
           (one.gap == ' ' && (one.length > 2 || groups_[group - 1].length > 2));
  }
  [[nodiscard]] bool may_end(std::size_t group) const noexcept {
    return group + 1 >= size_ || may_begin(group + 1) || groups_[group + 1].gap == '/';
  }

  /// Whether another group follows one that ends at `at`.
  [[nodiscard]] static bool goes_on(std::string_view text, std::size_t at) noexcept {
    char gap = 0;
    return gap_after(text, at, gap) != 0;
  }

private:
  /// Bytes between a group that ends at `at` and the next; 0 when the run ends here.
  static std::size_t gap_after(std::string_view text, std::size_t at, char& gap) noexcept {
    auto const first = byte_at(text, at);
    if (first != ' ' && first != '-' && first != '.' && first != '/' && first != '(' && first != ')') {
      return 0;
    }
    if (is_digit(byte_at(text, at + 1))) {
      gap = first == ')' ? '(' : first;
      return 1;
    }
    bool bracket = false;
    bool hyphen = false;
    std::size_t size = 0;
    for (; size < 4; ++size) {
      auto const byte = byte_at(text, at + size);
      if (byte == '(' || byte == ')') {
        bracket = true;
      } else if (byte == '-' && !hyphen) {
        hyphen = true;
      } else if (byte != ' ') {
        break;
      }
    }
    if (size < 2 || !is_digit(byte_at(text, at + size)) || (!bracket && !hyphen && size > 2)) {
      return 0;
    }
    gap = bracket ? '(' : hyphen ? '-' : ' ';
    return size;
  }

  std::size_t split() noexcept {
    owned_ = size_ - 1;
    while (owned_ > 1 && count(owned_, size_ - 1) < overlap) {
      --owned_;
    }
    return groups_[owned_].begin;
  }

  std::array<digit_group, most_groups> groups_;
  std::array<std::uint8_t, most_digits> digits_;
  std::size_t size_ = 0;
  std::size_t owned_ = 0;
  std::size_t digit_count_ = 0;
  std::size_t used_ = 0;
};

/// Calls `look` for every run of a text, from left to right.
template <class Look>
void for_each_run(std::string_view text, Look&& look) {
  number_run run;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    at = run.read(text, at);
    look(run);
  }
}

} // namespace overt::inline v0::detect::detail
