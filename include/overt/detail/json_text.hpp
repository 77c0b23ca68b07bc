#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <overt/detail/growing_bytes.hpp>
#include <overt/detail/utf8.hpp>

namespace overt::inline v0::detail {

/// A growing buffer of JSON text (RFC 8259). It keeps its memory, so that in steady state nothing is
/// allocated.
class json_text {
public:
  [[nodiscard]] std::string_view view() const noexcept { return buffer_.view(); }
  [[nodiscard]] std::size_t size() const noexcept { return buffer_.size(); }
  void clear() noexcept { buffer_.clear(); }
  /// Takes back what is behind the first `size` bytes.
  void cut(std::size_t size) noexcept { buffer_.cut(size); }

  /// Text that is JSON already.
  void raw(std::string_view json) { buffer_.append(json); }
  void raw(char letter) { buffer_.append(letter); }

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
      char* const out = buffer_.room(32);
      auto const written = std::to_chars(out, out + 32, value);
      buffer_.took(static_cast<std::size_t>(written.ptr - out));
    }
  }

  /// A string with its quotes. Bytes that are not UTF-8 become U+FFFD, one for each byte.
  void string(std::string_view text) {
    char* const begin = buffer_.room(text.size() * 6 + 2);
    char* out = begin;
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
    buffer_.took(static_cast<std::size_t>(out - begin));
  }

  void null() { raw("null"); }

  // What a value writer calls; see sink/value_writer.hpp.
  void open_list(std::size_t) { raw('['); }
  void item(std::size_t place) {
    if (place > 0) {
      raw(',');
    }
  }
  void close_list() { raw(']'); }
  void open_record(std::size_t) { raw('{'); }
  /// A field's name is written in source and needs no escaping.
  void member(std::size_t place, std::string_view name) {
    char* const begin = buffer_.room(name.size() + 4);
    char* out = begin;
    *out = ',';
    out += place > 0 ? 1 : 0;
    *out++ = '"';
    std::memcpy(out, name.data(), name.size());
    out += name.size();
    *out++ = '"';
    *out++ = ':';
    buffer_.took(static_cast<std::size_t>(out - begin));
  }
  void close_record() { raw('}'); }

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

  growing_bytes buffer_;
};

} // namespace overt::inline v0::detail
