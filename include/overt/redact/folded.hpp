#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/detail/secure_memory.hpp>
#include <overt/detail/utf8.hpp>

namespace overt::inline v0::redact {

namespace detail {

/// Lower case for the letters of Western European languages (ASCII, Latin-1, œ, š, ž, ÿ), and one form of the
/// apostrophe; every other character is itself.
[[nodiscard]] constexpr std::uint32_t lower_of(std::uint32_t c) noexcept {
  if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7)) {
    return c + 0x20;
  }
  switch (c) {
  case 0x152: return 0x153;
  case 0x160: return 0x161;
  case 0x17d: return 0x17e;
  case 0x178: return 0xff;
  case 0x2019: return '\''; // the apostrophe of typesetters
  default: return c;
  }
}

/// Characters between words: white space (also the wide kinds), signs of ASCII, general punctuation, and the
/// bytes of Latin-1 that are no letters.
[[nodiscard]] constexpr bool is_letter_or_digit(std::uint32_t c) noexcept {
  if (c < 0x80) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
  return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x206f) && c != 0x3000 && c != 0xfeff;
}

[[nodiscard]] constexpr bool is_space(std::uint32_t c) noexcept {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || (c >= 0x2000 && c <= 0x200b) || c == 0x202f ||
         c == 0x205f || c == 0x3000 || c == 0xfeff;
}

/// Calls `use(bytes)` for the pieces of `text` in lower case, with each run of white space as one space and
/// none at the ends, so that two spellings of one thing give the same pseudonym. False for bytes that are not
/// UTF-8.
template <class Use>
constexpr bool each_folded(std::string_view text, Use&& use) noexcept {
  bool space = false;
  bool any = false;
  while (!text.empty()) {
    auto const one = v0::detail::decode_utf8(text);
    if (one.size == 0) {
      return false;
    }
    text.remove_prefix(one.size);
    if (is_space(one.character)) {
      space = any;
      continue;
    }
    if (space) {
      use(std::string_view{" "});
      space = false;
    }
    std::array<char, 4> bytes{};
    auto const size = v0::detail::encode_utf8(lower_of(one.character), bytes.data());
    use(std::string_view{bytes.data(), size});
    any = true;
  }
  return true;
}

} // namespace detail

/// At most `Capacity` bytes of folded text, wiped at the end: what is compared with lists of words.
template <std::size_t Capacity = 128>
class folded {
public:
  explicit folded(std::string_view text) noexcept {
    complete_ = detail::each_folded(text, [this](std::string_view piece) {
      for (char const byte : piece) {
        if (size_ < Capacity) {
          bytes_[size_] = byte;
        }
        ++size_;
      }
    });
    complete_ = complete_ && size_ <= Capacity;
  }
  folded(folded const&) = delete;
  folded& operator=(folded const&) = delete;
  ~folded() { v0::detail::wipe(bytes_.data(), bytes_.size()); }

  /// False: it did not fit, or is not UTF-8. Then `view()` is empty.
  [[nodiscard]] bool complete() const noexcept { return complete_; }
  [[nodiscard]] std::string_view view() const noexcept {
    return complete_ ? std::string_view{bytes_.data(), size_} : std::string_view{};
  }

private:
  std::array<char, Capacity> bytes_{};
  std::size_t size_ = 0;
  bool complete_ = true;
};

} // namespace overt::inline v0::redact
