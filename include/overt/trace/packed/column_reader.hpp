#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <overt/detail/cbor_cursor.hpp>
#include <overt/sink/packed/column.hpp>
#include <overt/sink/packed/varint.hpp>

namespace overt::inline v0::trace::detail {

/// Reads one column of a batch into every `stride`-th cell, checking that each value is one of the column.
/// The codings are described at `sink::packed::batch_writer`.
class column_reader {
public:
  using cursor = v0::detail::cbor_cursor;
  using column = sink::packed::column;
  using kind = sink::packed::column_kind;
  using major = v0::detail::cbor_major;

  /// `to` begins at the column's cell in the first row.
  [[nodiscard]] bool read(cursor& from, column const& described, std::uint64_t base, std::size_t count,
                          std::span<std::uint64_t> to, std::size_t stride) {
    to_ = to;
    stride_ = stride;
    count_ = count;
    if (from.next() != major::map) {
      std::uint64_t value = 0;
      return read_value(from, described, value) && fill(value);
    }
    std::uint64_t members = 0;
    std::string_view first;
    if (!from.expect(major::map, members) || !from.text(first)) {
      return false;
    }
    if (described.kind != kind::number) {
      return members == 2 && first == "values" && read_choices(from, described);
    }
    if (members == 2 && first == "first") {
      return read_progression(from, described);
    }
    std::uint64_t scale = 1;
    std::uint64_t step = 0;
    if (members > 1 && first == "scale") {
      --members;
      if (!from.expect(major::unsigned_number, scale) || !from.text(first)) {
        return false;
      }
    }
    if (members > 1 && first == "step") {
      --members;
      if (!read_step(from, step) || !from.text(first)) {
        return false;
      }
    }
    return members == 1 && first == "delta" && read_deltas(from, described, base, scale, step);
  }

private:
  [[nodiscard]] std::uint64_t& cell(std::size_t row) const noexcept { return to_[row * stride_]; }

  [[nodiscard]] bool fill(std::uint64_t value) noexcept {
    for (std::size_t row = 0; row < count_; ++row) {
      cell(row) = value;
    }
    return true;
  }

  [[nodiscard]] static bool read_number(cursor& from, column const& described,
                                        std::uint64_t& value) noexcept {
    bool negative = false;
    if (!from.number(value, negative)) {
      return false;
    }
    // Above 2^63, a number without sign would look like one below zero, and the other way round.
    bool const is_of_type = described.is_signed ? negative == (value >> 63 != 0) : !negative;
    return is_of_type && described.holds(value);
  }

  [[nodiscard]] static bool bit_named(std::string_view name, column const& described,
                                      std::size_t& bit) noexcept {
    auto const found = std::find(described.names.begin(), described.names.end(), name);
    bit = static_cast<std::size_t>(found - described.names.begin());
    return found != described.names.end();
  }

  [[nodiscard]] static bool read_value(cursor& from, column const& described, std::uint64_t& value) noexcept {
    std::string_view name;
    std::size_t bit = 0;
    if (described.kind == kind::number) {
      return read_number(from, described, value);
    }
    if (described.kind == kind::boolean) {
      bool on = false;
      bool const read = from.boolean(on);
      value = on ? 1 : 0;
      return read;
    }
    if (described.kind == kind::name) {
      bool const read = from.text(name) && bit_named(name, described, bit);
      value = bit;
      return read;
    }
    std::uint64_t count = 0;
    if (!from.expect(major::array, count) || count > described.names.size()) {
      return false;
    }
    value = 0;
    for (; count > 0; --count) {
      if (!from.text(name) || !bit_named(name, described, bit) || value >> bit != 0) { // in order, once each
        return false;
      }
      value |= std::uint64_t{1} << bit;
    }
    return true;
  }

  [[nodiscard]] bool put(std::size_t row, column const& described, std::uint64_t value) noexcept {
    cell(row) = value;
    return described.holds(value);
  }

  [[nodiscard]] static bool read_step(cursor& from, std::uint64_t& step) noexcept {
    bool negative = false;
    return from.number(step, negative) && negative == (step >> 63 != 0);
  }

  [[nodiscard]] bool read_progression(cursor& from, column const& described) noexcept {
    std::uint64_t value = 0;
    std::uint64_t step = 0;
    if (!read_number(from, described, value) || !from.expect_text("step") || !read_step(from, step)) {
      return false;
    }
    for (std::size_t row = 0; row < count_; ++row, value += step) {
      if (!put(row, described, value)) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool read_deltas(cursor& from, column const& described, std::uint64_t base,
                                 std::uint64_t scale, std::uint64_t step) noexcept {
    std::string_view bytes;
    if (!from.bytes(bytes)) {
      return false;
    }
    for (std::size_t row = 0; row < count_; ++row) {
      std::uint64_t delta = 0;
      if (!sink::packed::take_varint(bytes, delta)) {
        return false;
      }
      base += (sink::packed::unzigzag(delta) + step) * scale;
      if (!put(row, described, base)) {
        return false;
      }
    }
    return bytes.empty();
  }

  [[nodiscard]] bool read_choices(cursor& from, column const& described) {
    std::uint64_t choices = 0;
    if (!from.expect(major::array, choices) || choices > count_) {
      return false;
    }
    choices_.clear();
    for (; choices > 0; --choices) {
      std::uint64_t value = 0;
      if (!read_value(from, described, value)) {
        return false;
      }
      choices_.push_back(value);
    }
    std::string_view bytes;
    if (!from.expect_text("index") || !from.bytes(bytes)) {
      return false;
    }
    for (std::size_t row = 0; row < count_; ++row) {
      std::uint64_t index = 0;
      if (!sink::packed::take_varint(bytes, index) || index >= choices_.size()) {
        return false;
      }
      cell(row) = choices_[static_cast<std::size_t>(index)];
    }
    return bytes.empty();
  }

  std::span<std::uint64_t> to_;
  std::size_t stride_ = 1;
  std::size_t count_ = 0;
  std::vector<std::uint64_t> choices_;
};

} // namespace overt::inline v0::trace::detail
