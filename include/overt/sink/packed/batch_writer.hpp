#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include <overt/detail/cbor_text.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/sink/packed/batch_schema.hpp>
#include <overt/sink/packed/column.hpp>
#include <overt/sink/packed/column_writer.hpp>
#include <overt/sink/packed/leaves.hpp>
#include <overt/sink/packed/row_head.hpp>

namespace overt::inline v0::sink::packed {

/// The name of the format that `batch_writer` writes.
inline constexpr std::string_view stream_schema_name = "overt.stream/1";

/// A batch never holds more rows than this, so that a reader can bound its memory.
inline constexpr std::size_t most_rows = 8192;

namespace detail {

template <class Payload>
[[nodiscard]] constexpr std::span<column const> columns_or_none() noexcept {
  if constexpr (packed_payload<Payload>) {
    return columns_of<Payload>;
  } else {
    return {};
  }
}

/// The columns of each payload of an event, in its order; none for those that are not packed.
template <class Event>
inline constexpr int columns_by_payload = 0;
template <class... Payloads>
inline constexpr std::array<std::span<column const>, sizeof...(Payloads)>
    columns_by_payload<basic_event<Payloads...>>{columns_or_none<Payloads>()...};

} // namespace detail

/// Collects events of packed payloads and writes them as one batch: a CBOR map that describes itself, with
/// one stream of columns for each payload that came. One thread. When it has grown, nothing is allocated.
///
///     {"schema": "overt.stream/1", "from_seq": 7, "to_seq": 131, "t0": 5000000000, "types": [
///       {"type": "pointer_move", "count": 124, "columns": {
///         "seq": {"delta": h'00 02 04 …'}, "t": {"scale": 1000, "step": 8000, "delta": h'…'}, "from": 0,
///         "context": 3, "at.x": {"delta": h'…'}, …, "injected": false, "device": 2}}]}
///
/// The members stand in this order. A column is
///
/// - a value, when all rows have it: a number, true or false, a name, or a list of names for a set;
/// - `{"first": a, "step": d}`: the numbers a, a + d, a + 2 d, …;
/// - `{"scale": s, "step": d, "delta": bytes}`: each number is the one before it plus s times the sum of d
/// and
///   the next of the bytes' numbers: varints (LEB128) in zigzag. Without "scale" s is 1, without "step" d is
///   0. The first counts from `from_seq` in "seq", from `t0` in "t", otherwise from 0. Numbers wrap at 64
///   bits;
/// - `{"values": […], "index": bytes}`: varints that say which of the values it is.
///
/// `seq` grows within a stream, and no two rows of a batch have the same: in the order of `seq` the streams
/// are the events as they happened. `t0` is the earliest `t`. `from` is 65535 for the recorder, `context` the
/// number of a place that the trace tells elsewhere, 0 for none.
template <any_event Event>
class batch_writer {
public:
  static constexpr std::int64_t one_second = 1'000'000'000;

  /// Rows of a batch are at most so many nanoseconds apart.
  explicit batch_writer(std::int64_t longest_ns = one_second) noexcept : longest_ns_{longest_ns} {}

  [[nodiscard]] std::size_t size() const noexcept { return rows_; }
  [[nodiscard]] bool empty() const noexcept { return rows_ == 0; }
  /// The earliest time and the first and the last number of what is in it; 0 when it is empty.
  [[nodiscard]] timestamp from_time() const noexcept { return earliest_; }
  [[nodiscard]] timestamp to_time() const noexcept { return latest_; }
  [[nodiscard]] std::uint64_t from_sequence() const noexcept { return from_sequence_; }
  [[nodiscard]] std::uint64_t to_sequence() const noexcept { return to_sequence_; }

  /// Whether there is room in this batch for an event of this number and time. If not, `finish` comes first.
  [[nodiscard]] bool takes(std::uint64_t sequence, timestamp time) const noexcept {
    return rows_ == 0 || (rows_ < most_rows && sequence > to_sequence_ && apart(time) <= longest());
  }

  /// False when `takes` says no; then nothing was added. Only for what `fits`.
  template <packed_payload Payload>
    requires Event::template
  carries<Payload> [[nodiscard]] bool add(row_head const& head, Payload const& payload) {
    if (!takes(head.sequence, head.time)) {
      return false;
    }
    if (rows_ == 0) {
      from_sequence_ = head.sequence;
      earliest_ = latest_ = head.time;
    }
    auto& cells = cells_[Event::template index<Payload>];
    auto const next = cells.size();
    cells.resize(next + columns_of<Payload>.size());
    auto* out = cells.data() + next;
    *out++ = head.sequence;
    *out++ = to_bits(head.time);
    *out++ = head.source;
    *out++ = head.context;
    for_each_leaf(payload, [&](auto leaf) { *out++ = to_bits(leaf); });
    earliest_ = std::min(earliest_, head.time);
    latest_ = std::max(latest_, head.time);
    to_sequence_ = head.sequence;
    ++rows_;
    return true;
  }

  /// The batch, which stays until the next call; the rows are forgotten. Nothing when there are none.
  [[nodiscard]] std::string_view finish() {
    out_.clear();
    if (rows_ > 0) {
      write();
      clear();
    }
    return out_.view();
  }

  /// Forgets the rows.
  void clear() noexcept {
    for (auto& cells : cells_) {
      cells.clear();
    }
    rows_ = 0;
    earliest_ = latest_ = {};
    from_sequence_ = to_sequence_ = 0;
  }

private:
  void write() {
    std::size_t streams = 0;
    for (auto const& cells : cells_) {
      streams += cells.empty() ? 0 : 1;
    }
    out_.open_record(5);
    out_.member(0, "schema");
    out_.string(stream_schema_name);
    out_.member(1, "from_seq");
    out_.number(from_sequence_);
    out_.member(2, "to_seq");
    out_.number(to_sequence_);
    out_.member(3, "t0");
    out_.number(earliest_.ns);
    out_.member(4, "types");
    out_.open_list(streams);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (!cells_[i].empty()) {
        write_stream(Event::names[i], detail::columns_by_payload<Event>[i], cells_[i]);
      }
    }
  }

  void write_stream(std::string_view name, std::span<column const> columns,
                    std::span<std::uint64_t const> cells) {
    out_.open_record(3);
    out_.member(0, "type");
    out_.string(name);
    out_.member(1, "count");
    out_.number(cells.size() / columns.size());
    out_.member(2, "columns");
    out_.open_record(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
      out_.member(i, columns[i].name());
      column_writer_.write(out_, columns[i], {cells, i, columns.size()},
                           i == 0   ? from_sequence_
                           : i == 1 ? to_bits(earliest_)
                                    : 0);
    }
  }

  /// How many nanoseconds the rows would span with this time, in 64 bits without sign: no difference
  /// overflows.
  [[nodiscard]] std::uint64_t apart(timestamp time) const noexcept {
    return to_bits(std::max(latest_, time)) - to_bits(std::min(earliest_, time));
  }
  [[nodiscard]] std::uint64_t longest() const noexcept {
    return longest_ns_ < 0 ? 0 : static_cast<std::uint64_t>(longest_ns_);
  }

  std::int64_t longest_ns_;
  std::array<std::vector<std::uint64_t>, Event::payload_count> cells_{};
  std::size_t rows_ = 0;
  timestamp earliest_{};
  timestamp latest_{};
  std::uint64_t from_sequence_ = 0;
  std::uint64_t to_sequence_ = 0;
  detail::column_writer column_writer_;
  v0::detail::cbor_text out_;
};

} // namespace overt::inline v0::sink::packed
