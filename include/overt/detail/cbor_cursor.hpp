#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/utf8.hpp>

namespace overt::inline v0::detail {

/// Reads CBOR (RFC 8949) from the front of some bytes, without trust: definite lengths only, every head in
/// its shortest form (section 4.2.1), nothing beyond the end. Every function returns false for what is not
/// there; after that the cursor is of no more use.
class cbor_cursor {
public:
  explicit cbor_cursor(std::string_view bytes) noexcept : left_{bytes} {}

  [[nodiscard]] bool at_end() const noexcept { return left_.empty(); }
  [[nodiscard]] std::string_view left() const noexcept { return left_; }

  /// The major type of what comes next; `simple` at the end, where every further read fails.
  [[nodiscard]] cbor_major next() const noexcept {
    return left_.empty() ? cbor_major::simple
                         : static_cast<cbor_major>(static_cast<unsigned char>(left_.front()) >> 5);
  }

  /// The head of an item: its major type and its argument.
  [[nodiscard]] bool head(cbor_major& major, std::uint64_t& argument) noexcept {
    if (left_.empty()) {
      return false;
    }
    auto const first = static_cast<unsigned char>(left_.front());
    major = static_cast<cbor_major>(first >> 5);
    argument = first & 31U;
    std::size_t const size = argument < 24 ? 0 : std::size_t{1} << (argument - 24);
    if (argument > 27 || left_.size() <= size) {
      return false;
    }
    if (size > 0) {
      argument = 0;
      for (std::size_t i = 1; i <= size; ++i) {
        argument = argument << 8 | static_cast<unsigned char>(left_[i]);
      }
      bool const is_float = major == cbor_major::simple && size > 1;
      auto const smallest = size == 1 ? std::uint64_t{24} : std::uint64_t{1} << (4 * size);
      if (!is_float && argument < smallest) {
        return false;
      }
    }
    left_.remove_prefix(1 + size);
    return true;
  }

  /// The argument of an item of this major type.
  [[nodiscard]] bool expect(cbor_major wanted, std::uint64_t& argument) noexcept {
    cbor_major major{};
    return head(major, argument) && major == wanted;
  }

  /// An item of this type with exactly this argument: a map of so many members, for example.
  [[nodiscard]] bool expect_exactly(cbor_major wanted, std::uint64_t argument) noexcept {
    std::uint64_t found = 0;
    return expect(wanted, found) && found == argument;
  }

  [[nodiscard]] bool text(std::string_view& value) noexcept { return string(cbor_major::text, value); }
  [[nodiscard]] bool bytes(std::string_view& value) noexcept { return string(cbor_major::bytes, value); }

  /// Exactly this text: the name of a member.
  [[nodiscard]] bool expect_text(std::string_view wanted) noexcept {
    std::string_view found;
    return text(found) && found == wanted;
  }

  /// A number from -2^63 to 2^64-1 as 64 bits in two's complement, and whether it is below zero.
  [[nodiscard]] bool number(std::uint64_t& bits, bool& negative) noexcept {
    cbor_major major{};
    std::uint64_t argument = 0;
    if (!head(major, argument)) {
      return false;
    }
    negative = major == cbor_major::negative_number;
    bits = negative ? ~argument : argument;
    return major == cbor_major::unsigned_number || (negative && argument >> 63 == 0);
  }

  [[nodiscard]] bool boolean(bool& value) noexcept {
    std::uint64_t argument = 0;
    bool const read = expect(cbor_major::simple, argument);
    value = argument == 21;
    return read && (argument == 20 || argument == 21);
  }

  /// Steps over one whole item. False when it is not well-formed, has text that is not UTF-8, or nested
  /// deeper than `deepest`: for decoders that call themselves. Iterative itself.
  [[nodiscard]] bool skip(std::size_t deepest = 32) noexcept {
    constexpr std::size_t most = 64;
    std::uint64_t open[most]{}; // items that are still to come at each depth
    std::size_t depth = 0;
    if (deepest > most) {
      return false;
    }
    do {
      cbor_major major{};
      std::uint64_t argument = 0;
      if (!head(major, argument)) {
        return false;
      }
      std::uint64_t inside = 0;
      if (major == cbor_major::bytes || major == cbor_major::text) {
        if (argument > left_.size()) {
          return false;
        }
        auto const size = static_cast<std::size_t>(argument);
        if (major == cbor_major::text && !is_utf8(left_.substr(0, size))) {
          return false;
        }
        left_.remove_prefix(size);
      } else if (major == cbor_major::array || major == cbor_major::map) {
        if (argument > left_.size()) { // each takes a byte at least
          return false;
        }
        inside = major == cbor_major::map ? argument * 2 : argument;
      } else if (major == cbor_major::tag) {
        inside = 1;
      }
      if (inside > 0) {
        if (depth == deepest) {
          return false;
        }
        open[depth++] = inside;
      } else {
        while (depth > 0 && --open[depth - 1] == 0) {
          --depth;
        }
      }
    } while (depth > 0);
    return true;
  }

private:
  [[nodiscard]] static bool is_utf8(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size();) {
      auto const size = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : decode_utf8(text.substr(i)).size;
      if (size == 0) {
        return false;
      }
      i += size;
    }
    return true;
  }

  [[nodiscard]] bool string(cbor_major wanted, std::string_view& value) noexcept {
    std::uint64_t size = 0;
    if (!expect(wanted, size) || size > left_.size()) {
      return false;
    }
    value = left_.substr(0, static_cast<std::size_t>(size));
    left_.remove_prefix(static_cast<std::size_t>(size));
    return true;
  }

  std::string_view left_;
};

} // namespace overt::inline v0::detail
