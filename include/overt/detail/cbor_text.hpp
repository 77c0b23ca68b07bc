#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/detail/growing_bytes.hpp>
#include <overt/detail/utf8.hpp>

namespace overt::inline v0::detail {

/// The major types of CBOR (RFC 8949, section 3.1).
enum class cbor_major : std::uint8_t {
  unsigned_number,
  negative_number,
  bytes,
  text,
  array,
  map,
  tag,
  simple,
};

/// A growing buffer of CBOR (RFC 8949): definite lengths, and every head in its shortest form. Floating-point
/// numbers keep their width. It keeps its memory, so that in steady state nothing is allocated.
class cbor_text {
public:
  [[nodiscard]] std::string_view view() const noexcept { return buffer_.view(); }
  [[nodiscard]] std::size_t size() const noexcept { return buffer_.size(); }
  void clear() noexcept { buffer_.clear(); }
  /// Takes back what is behind the first `size` bytes.
  void cut(std::size_t size) noexcept { buffer_.cut(size); }

  /// Bytes that are CBOR already.
  void raw(std::string_view cbor) { buffer_.append(cbor); }

  void head(cbor_major major, std::uint64_t value) {
    char* const out = buffer_.room(9);
    auto const type = static_cast<std::uint8_t>(static_cast<unsigned>(major) << 5);
    if (value < 24) {
      *out = static_cast<char>(type | value);
      buffer_.took(1);
    } else if (value <= 0xff) {
      *out = static_cast<char>(type | 24);
      big_endian(static_cast<std::uint8_t>(value));
    } else if (value <= 0xffff) {
      *out = static_cast<char>(type | 25);
      big_endian(static_cast<std::uint16_t>(value));
    } else if (value <= 0xffff'ffff) {
      *out = static_cast<char>(type | 26);
      big_endian(static_cast<std::uint32_t>(value));
    } else {
      *out = static_cast<char>(type | 27);
      big_endian(value);
    }
  }

  template <class Number>
    requires std::integral<Number> || std::floating_point<Number>
  void number(Number value) {
    if constexpr (std::same_as<Number, bool>) {
      simple(value ? 21 : 20);
    } else if constexpr (std::same_as<Number, float>) {
      *buffer_.room(5) = static_cast<char>(0xfa);
      big_endian(std::bit_cast<std::uint32_t>(value));
    } else if constexpr (std::floating_point<Number>) {
      *buffer_.room(9) = static_cast<char>(0xfb);
      big_endian(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
    } else if constexpr (std::signed_integral<Number>) {
      auto const wide = static_cast<std::int64_t>(value);
      if (wide < 0) {
        head(cbor_major::negative_number, ~static_cast<std::uint64_t>(wide)); // -1 - value
      } else {
        head(cbor_major::unsigned_number, static_cast<std::uint64_t>(wide));
      }
    } else {
      head(cbor_major::unsigned_number, value);
    }
  }

  void null() { simple(22); }

  void bytes(std::string_view value) {
    head(cbor_major::bytes, value.size());
    buffer_.append(value);
  }

  /// A string. Bytes that are not UTF-8 become U+FFFD, one for each byte, as in JSON.
  void string(std::string_view text) {
    auto const size = size_as_utf8(text);
    head(cbor_major::text, size);
    if (size == text.size()) { // nothing to replace: what is replaced grows
      return buffer_.append(text);
    }
    char* const begin = buffer_.room(size);
    char* out = begin;
    for (std::size_t i = 0; i < text.size();) {
      auto const decoded = decode_utf8(text.substr(i));
      out += encode_utf8(decoded.size == 0 ? 0xfffd : decoded.character, out);
      i += decoded.size == 0 ? 1 : decoded.size;
    }
    buffer_.took(static_cast<std::size_t>(out - begin));
  }

  // What a value writer calls; see sink/value_writer.hpp.
  void open_list(std::size_t count) { head(cbor_major::array, count); }
  void item(std::size_t) noexcept {}
  void close_list() noexcept {}
  void open_record(std::size_t count) { head(cbor_major::map, count); }
  void member(std::size_t, std::string_view name) {
    head(cbor_major::text, name.size()); // written in source: UTF-8
    buffer_.append(name);
  }
  void close_record() noexcept {}

private:
  void simple(int value) { buffer_.append(static_cast<char>(0xe0 | value)); }

  /// Writes the argument of the head whose first byte is in the buffer's room already.
  template <std::unsigned_integral Number>
  void big_endian(Number value) noexcept {
    char* const out = buffer_.room(1 + sizeof value) + 1;
    for (std::size_t i = 0; i < sizeof value; ++i) {
      out[i] = static_cast<char>(value >> (8 * (sizeof value - 1 - i)) & 0xff);
    }
    buffer_.took(1 + sizeof value);
  }

  [[nodiscard]] static std::size_t size_as_utf8(std::string_view text) noexcept {
    std::size_t size = 0;
    for (std::size_t i = 0; i < text.size();) {
      auto const one = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : decode_utf8(text.substr(i)).size;
      size += one == 0 ? 3 : one;
      i += one == 0 ? 1 : one;
    }
    return size;
  }

  growing_bytes buffer_;
};

} // namespace overt::inline v0::detail
