#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace overt::inline v0 {

/// At most `Capacity` bytes of UTF-8 in place, for what one key press enters or what one key is called.
template <std::size_t Capacity>
class short_text {
public:
  using plain_bytes = void;

  constexpr short_text() noexcept = default;

  /// Nothing when `text` does not fit: half a character would be an invention.
  [[nodiscard]] static constexpr std::optional<short_text> from(std::string_view text) noexcept {
    if (text.size() > Capacity) {
      return std::nullopt;
    }
    short_text made;
    for (char const byte : text) {
      made.bytes_[made.size_++] = byte;
    }
    return made;
  }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {bytes_.data(), size_}; }
  [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

private:
  std::array<char, Capacity> bytes_{};
  std::uint8_t size_ = 0;
};

} // namespace overt::inline v0
