#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <overt/sink/packed/column.hpp>
#include <overt/sink/packed/leaves.hpp>
#include <overt/sink/packed/row_head.hpp>
#include <overt/sink/packed/varint.hpp>

namespace overt::inline v0::sink::packed {

namespace detail {

/// FNV-1a, 32 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
class name_hash {
public:
  constexpr void add(std::string_view text) noexcept {
    for (char const letter : text) {
      step(static_cast<unsigned char>(letter));
    }
    step(0); // so that "ab", "c" is not "a", "bc"
  }
  constexpr void step(unsigned byte) noexcept { value_ = (value_ ^ byte) * 16777619U; }
  [[nodiscard]] constexpr std::uint32_t value() const noexcept { return value_; }

private:
  std::uint32_t value_ = 2166136261U;
};

template <class Payload>
consteval std::uint32_t make_layout() {
  name_hash hash;
  hash.add(Payload::name);
  for (auto const& each : columns_of<Payload>) {
    hash.add(each.name());
    hash.step(static_cast<unsigned>(each.kind));
    hash.step(each.is_signed ? 1 : 0);
    hash.step(static_cast<unsigned>(each.unit));
    for (auto const name : each.names) {
      hash.add(name);
    }
  }
  return hash.value();
}

} // namespace detail

/// What says how a row of this payload is laid out: its name, and the names, kinds, units and vocabularies of
/// its columns. A row that another version of the program wrote has another number when it means anything
/// else.
template <packed_payload Payload>
inline constexpr std::uint32_t layout_of = detail::make_layout<Payload>();

/// Writes one event as a row, for a journal that is read after a crash:
///
///     1 · layout, 32 bits, little endian · the columns as varints, those that have a sign in zigzag
///
/// It is neither framed nor protected; that is the journal's.
class row_writer {
public:
  static constexpr std::uint8_t version = 1;

  /// The bytes, which stay until the next call. Only for what `fits`; nothing is allocated.
  template <packed_payload Payload>
  [[nodiscard]] std::string_view write(row_head const& head, Payload const& payload) noexcept {
    static_assert(columns_of<Payload>.size() <= most_columns,
                  "overt: a packed payload has at most 60 leaves");
    std::size_t size = 0;
    bytes_[size++] = version;
    for (int shift = 0; shift < 32; shift += 8) {
      bytes_[size++] = static_cast<char>(layout_of<Payload> >> shift & 0xff);
    }
    std::size_t column = 0;
    auto const put = [&](auto value) {
      auto const& described = columns_of<Payload>[column++];
      auto const bits = to_bits(value);
      size += put_varint(described.is_signed ? zigzag(bits) : bits, bytes_.data() + size);
    };
    put(head.sequence);
    put(head.time);
    put(head.source);
    put(head.context);
    for_each_leaf(payload, put);
    return {bytes_.data(), size};
  }

private:
  static constexpr std::size_t most_columns = 64;

  std::array<char, 5 + most_columns * longest_varint> bytes_{};
};

} // namespace overt::inline v0::sink::packed
