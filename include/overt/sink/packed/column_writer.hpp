#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include <overt/detail/cbor_text.hpp>
#include <overt/detail/growing_bytes.hpp>
#include <overt/sink/packed/column.hpp>
#include <overt/sink/packed/varint.hpp>

namespace overt::inline v0::sink::packed::detail {

/// One column of a stream: row after row, in 64 bits. The rows are `stride` apart.
class column_values {
public:
  column_values(std::span<std::uint64_t const> cells, std::size_t first, std::size_t stride) noexcept
      : cells_{cells}, first_{first}, stride_{stride} {}

  [[nodiscard]] std::size_t size() const noexcept { return cells_.size() / stride_; }
  [[nodiscard]] std::uint64_t operator[](std::size_t row) const noexcept {
    return cells_[row * stride_ + first_];
  }

private:
  std::span<std::uint64_t const> cells_;
  std::size_t first_;
  std::size_t stride_;
};

/// Writes the values of a column in the shortest of its codings; see `batch_writer` for what they mean. Keeps
/// its memory.
class column_writer {
public:
  /// `base` is what the first value of a number is counted from.
  void write(v0::detail::cbor_text& out, column const& described, column_values values, std::uint64_t base) {
    if (is_constant(values)) {
      write_value(out, described, values[0]);
    } else if (described.kind == column_kind::number) {
      write_numbers(out, described, values, base);
    } else {
      write_choices(out, described, values);
    }
  }

private:
  [[nodiscard]] static bool is_constant(column_values values) noexcept {
    for (std::size_t row = 1; row < values.size(); ++row) {
      if (values[row] != values[0]) {
        return false;
      }
    }
    return true;
  }

  /// One value as it is read: a number, true or false, a name, or a list of names.
  static void write_value(v0::detail::cbor_text& out, column const& described, std::uint64_t bits) {
    switch (described.kind) {
    case column_kind::number: write_number(out, described, bits); break;
    case column_kind::boolean: out.number(bits != 0); break;
    case column_kind::name: out.string(described.names[static_cast<std::size_t>(bits)]); break;
    case column_kind::flags:
      out.open_list(static_cast<std::size_t>(std::popcount(bits)));
      for (std::size_t i = 0; i < described.names.size(); ++i) {
        if ((bits >> i & 1) != 0) {
          out.string(described.names[i]);
        }
      }
    }
  }

  static void write_number(v0::detail::cbor_text& out, column const& described, std::uint64_t bits) {
    if (described.is_signed) {
      out.number(static_cast<std::int64_t>(bits));
    } else {
      out.number(bits);
    }
  }

  void write_numbers(v0::detail::cbor_text& out, column const& described, column_values values,
                     std::uint64_t base) {
    auto const step = values[1] - values[0];
    auto scale = magnitude(values[0] - base);
    bool steady = true;
    for (std::size_t row = 1; row < values.size(); ++row) {
      auto const delta = values[row] - values[row - 1];
      steady = steady && delta == step;
      auto const size = magnitude(delta);
      if (scale != 1 && (scale == 0 || size % scale != 0)) {
        scale = std::gcd(scale, size);
      }
    }
    if (steady) {
      out.open_record(2);
      out.member(0, "first");
      write_number(out, described, values[0]);
      out.member(1, "step");
      out.number(static_cast<std::int64_t>(step));
      return;
    }
    // The magnitude 2^63 would not come back out of a division as a sign and a number.
    scale = scale > std::uint64_t{1} << 62 ? 1 : scale;
    deltas_.clear();
    for (std::size_t row = 0; row < values.size(); ++row) {
      auto const delta = static_cast<std::int64_t>(values[row] - (row == 0 ? base : values[row - 1]));
      deltas_.push_back(scale == 1 ? delta : delta / static_cast<std::int64_t>(scale));
    }
    write_deltas(out, scale, described.unit == unit::nanoseconds ? usual_delta() : 0);
  }

  /// What most devices send comes at a steady pace: counted from it, moments are small numbers. For a point
  /// measuring showed no gain.
  [[nodiscard]] std::int64_t usual_delta() {
    sorted_.clear(); // then it grows as a vector does, and not to the exact size each time
    sorted_.insert(sorted_.end(), deltas_.begin(), deltas_.end());
    auto const middle = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 2);
    std::nth_element(sorted_.begin(), middle, sorted_.end());
    return *middle;
  }

  void write_deltas(v0::detail::cbor_text& out, std::uint64_t scale, std::int64_t step) {
    bytes_.clear();
    for (auto const delta : deltas_) {
      put(zigzag(static_cast<std::uint64_t>(delta) - static_cast<std::uint64_t>(step)));
    }
    out.open_record(1 + (scale == 1 ? 0U : 1U) + (step == 0 ? 0U : 1U));
    if (scale != 1) {
      out.member(0, "scale");
      out.number(scale);
    }
    if (step != 0) {
      out.member(0, "step");
      out.number(step);
    }
    out.member(0, "delta");
    out.bytes(bytes_.view());
  }

  void write_choices(v0::detail::cbor_text& out, column const& described, column_values values) {
    choices_.clear();
    bytes_.clear();
    for (std::size_t row = 0; row < values.size(); ++row) {
      auto const found = std::find(choices_.begin(), choices_.end(), values[row]);
      put(static_cast<std::uint64_t>(found - choices_.begin()));
      if (found == choices_.end()) {
        choices_.push_back(values[row]);
      }
    }
    out.open_record(2);
    out.member(0, "values");
    out.open_list(choices_.size());
    for (auto const each : choices_) {
      write_value(out, described, each);
    }
    out.member(1, "index");
    out.bytes(bytes_.view());
  }

  void put(std::uint64_t value) { bytes_.took(put_varint(value, bytes_.room(longest_varint))); }

  /// Of a difference, as if it had a sign.
  [[nodiscard]] static std::uint64_t magnitude(std::uint64_t bits) noexcept {
    return bits >> 63 != 0 ? 0 - bits : bits;
  }

  v0::detail::growing_bytes bytes_;
  std::vector<std::int64_t> deltas_;
  std::vector<std::int64_t> sorted_;
  std::vector<std::uint64_t> choices_;
};

} // namespace overt::inline v0::sink::packed::detail
