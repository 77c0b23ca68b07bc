#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

#include <overt/detail/utf8.hpp>

namespace overt::inline v0::detail {

/// A growing buffer of JSON text (RFC 8259). It keeps its memory, so that in steady state nothing is
/// allocated.
class json_text {
public:
  [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  void clear() noexcept { size_ = 0; }

  /// Text that is JSON already.
  void raw(std::string_view json) {
    reserve(json.size());
    std::memcpy(bytes_.get() + size_, json.data(), json.size());
    size_ += json.size();
  }

  void raw(char letter) {
    reserve(1);
    bytes_[size_++] = letter;
  }

  template <class Number>
    requires std::integral<Number> || std::floating_point<Number>
  void number(Number value) {
    if constexpr (std::same_as<Number, bool>) {
      raw(value ? std::string_view{"true"} : std::string_view{"false"});
    } else {
      if constexpr (std::floating_point<Number>) {
        if (!std::isfinite(value)) {
          return raw("null"); // JSON has no infinity and no NaN
        }
      }
      reserve(32);
      auto const written = std::to_chars(bytes_.get() + size_, bytes_.get() + capacity_, value);
      size_ = static_cast<std::size_t>(written.ptr - bytes_.get());
    }
  }

  /// A string with its quotes. Bytes that are not UTF-8 become U+FFFD, one for each byte.
  void string(std::string_view text) {
    reserve(text.size() * 6 + 2);
    char* out = bytes_.get() + size_;
    *out++ = '"';
    for (std::size_t i = 0; i < text.size();) {
      auto const byte = static_cast<unsigned char>(text[i]);
      if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {
        *out++ = text[i++];
      } else if (byte >= 0x80) {
        auto const decoded = decode_utf8(text.substr(i));
        out += encode_utf8(decoded.size == 0 ? 0xfffd : decoded.character, out);
        i += decoded.size == 0 ? 1 : decoded.size;
      } else {
        out = escape(byte, out);
        ++i;
      }
    }
    *out++ = '"';
    size_ = static_cast<std::size_t>(out - bytes_.get());
  }

private:
  [[nodiscard]] static char* escape(unsigned char byte, char* out) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    *out++ = '\\';
    switch (byte) {
    case '"': *out++ = '"'; break;
    case '\\': *out++ = '\\'; break;
    case '\b': *out++ = 'b'; break;
    case '\f': *out++ = 'f'; break;
    case '\n': *out++ = 'n'; break;
    case '\r': *out++ = 'r'; break;
    case '\t': *out++ = 't'; break;
    default:
      *out++ = 'u';
      *out++ = '0';
      *out++ = '0';
      *out++ = digits[byte >> 4];
      *out++ = digits[byte & 15];
    }
    return out;
  }

  void reserve(std::size_t more) {
    if (capacity_ - size_ >= more) {
      return;
    }
    auto const wanted = (size_ + more) * 2 < 4096 ? std::size_t{4096} : (size_ + more) * 2;
    auto grown = std::make_unique<char[]>(wanted);
    if (size_ > 0) {
      std::memcpy(grown.get(), bytes_.get(), size_);
    }
    bytes_ = std::move(grown);
    capacity_ = wanted;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

} // namespace overt::inline v0::detail
