#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/detail/crc32.hpp>

/// The chunks of a PNG file (PNG, third edition, https://www.w3.org/TR/png-3/, section 5): length, type,
/// content, and the CRC-32 of type and content; numbers highest byte first.
namespace overt::inline v0::sink::detail {

inline constexpr std::string_view png_signature{"\x89PNG\r\n\x1a\n", 8};

inline void put_png_number(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += static_cast<char>(number >> shift & 0xff);
  }
}

[[nodiscard]] inline std::uint32_t png_number(std::string_view from) noexcept {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8 | static_cast<unsigned char>(from[i]);
  }
  return number;
}

/// Begins a chunk whose content is appended next; gives what `end_png_chunk` needs.
[[nodiscard]] inline std::size_t begin_png_chunk(std::string& out, std::string_view type) {
  auto const at = out.size();
  out.append(4, '\0');
  out += type;
  return at;
}

inline void end_png_chunk(std::string& out, std::size_t at) {
  auto const size = static_cast<std::uint32_t>(out.size() - at - 8);
  for (std::size_t i = 0; i < 4; ++i) {
    out[at + i] = static_cast<char>(size >> (24 - 8 * i) & 0xff);
  }
  put_png_number(out, v0::detail::crc32(std::string_view{out}.substr(at + 4)));
}

/// Takes the chunks of a file one after another.
class png_chunks {
public:
  explicit png_chunks(std::string_view bytes) noexcept : left_{bytes} {}

  /// False: the next chunk is cut off, or its CRC is wrong.
  [[nodiscard]] bool next() noexcept {
    constexpr std::size_t around = 12;
    if (left_.size() < around || png_number(left_) > left_.size() - around) {
      return false;
    }
    auto const size = png_number(left_);
    type_ = left_.substr(4, 4);
    content_ = left_.substr(8, size);
    auto const crc = png_number(left_.substr(8 + size));
    bool const sound = crc == v0::detail::crc32(left_.substr(4, 4 + size));
    left_.remove_prefix(around + size);
    return sound;
  }

  [[nodiscard]] std::string_view type() const noexcept { return type_; }
  [[nodiscard]] std::string_view content() const noexcept { return content_; }
  [[nodiscard]] bool at_end() const noexcept { return left_.empty(); }
  [[nodiscard]] std::string_view rest() const noexcept { return left_; } ///< what was not taken yet

private:
  std::string_view left_;
  std::string_view type_{};
  std::string_view content_{};
};

} // namespace overt::inline v0::sink::detail
