#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <overt/detail/cbor_cursor.hpp>
#include <overt/event/basic_event.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/packed/batch_writer.hpp>
#include <overt/sink/packed/column.hpp>
#include <overt/trace/packed/column_reader.hpp>
#include <overt/trace/packed/packed_row.hpp>
#include <overt/trace/packed/row_reader.hpp>

namespace overt::inline v0::trace {

/// Gives back the events of one batch (see `sink::packed::batch_writer`), in the order of their numbers:
///
///     trace::batch_reader<overt::event> reader;
///     if (auto opened = reader.open(bytes); !opened) { … }
///     while (auto row = reader.next()) { use(row->head, row->what); }
///
/// Memory is bounded by `sink::packed::most_rows` and kept from batch to batch. One thread.
template <any_event Event>
class batch_reader {
public:
  /// Reads and checks all of a batch; the bytes are not needed afterwards. Errors: `invalid_input` for bytes
  /// that are no batch of this version, a type, column or name that is unknown, a value that its column
  /// cannot have, numbers out of order, too many rows. After an error there is nothing to read.
  [[nodiscard]] result<void> open(std::string_view batch) {
    order_.clear();
    next_ = 0;
    for (auto& cells : cells_) {
      cells.clear();
    }
    v0::detail::cbor_cursor from{batch};
    auto outcome = read(from);
    if (outcome && !from.at_end()) {
      outcome = wrong("there is more behind its end");
    }
    if (!outcome) {
      order_.clear();
    }
    return outcome;
  }

  /// The next event; nothing at the end.
  [[nodiscard]] std::optional<packed_row<Event>> next() {
    if (next_ == order_.size()) {
      return std::nullopt;
    }
    auto const at = order_[next_++];
    auto const columns = sink::packed::detail::columns_by_payload<Event>[at.payload].size();
    return row_of(at.payload, std::span{cells_[at.payload]}.subspan(at.row * columns, columns));
  }

  [[nodiscard]] std::size_t size() const noexcept { return order_.size(); }
  /// Of the whole batch. Only after `open`.
  [[nodiscard]] std::uint64_t from_sequence() const noexcept { return from_sequence_; }
  [[nodiscard]] std::uint64_t to_sequence() const noexcept { return to_sequence_; }
  [[nodiscard]] timestamp from_time() const noexcept { return earliest_; }

private:
  using major = v0::detail::cbor_major;

  struct place {
    std::uint64_t sequence = 0;
    std::uint32_t payload = 0;
    std::uint32_t row = 0;
  };

  [[nodiscard]] static failure wrong(std::string_view why) {
    return {error_code::invalid_input, "a batch of a stream cannot be read: " + std::string{why}};
  }

  [[nodiscard]] result<void> read(v0::detail::cbor_cursor& from) {
    std::string_view schema;
    if (!from.expect_exactly(major::map, 5) || !from.expect_text("schema") || !from.text(schema)) {
      return wrong("it is none");
    }
    if (schema != sink::packed::stream_schema_name) {
      return wrong("it is of a version that this program does not read");
    }
    std::uint64_t start = 0;
    std::uint64_t streams = 0;
    bool negative = false;
    bool const header = from.expect_text("from_seq") && from.expect(major::unsigned_number, from_sequence_) &&
                        from.expect_text("to_seq") && from.expect(major::unsigned_number, to_sequence_) &&
                        from.expect_text("t0") && from.number(start, negative) &&
                        negative == (start >> 63 != 0) && from.expect_text("types") &&
                        from.expect(major::array, streams);
    if (!header || streams == 0 || streams > Event::payload_count) {
      return wrong("its header is malformed");
    }
    earliest_ = sink::packed::from_bits<timestamp>(start);
    for (; streams > 0; --streams) {
      if (auto const stream = read_stream(from); !stream) {
        return stream;
      }
    }
    return check_order();
  }

  [[nodiscard]] result<void> read_stream(v0::detail::cbor_cursor& from) {
    std::string_view name;
    std::uint64_t count = 0;
    if (!from.expect_exactly(major::map, 3) || !from.expect_text("type") || !from.text(name) ||
        !from.expect_text("count") || !from.expect(major::unsigned_number, count) ||
        !from.expect_text("columns")) {
      return wrong("the header of a stream is malformed");
    }
    auto const payload = static_cast<std::size_t>(std::find(Event::names.begin(), Event::names.end(), name) -
                                                  Event::names.begin());
    if (payload == Event::payload_count || sink::packed::detail::columns_by_payload<Event>[payload].empty()) {
      return wrong("it has a type that this program does not know");
    }
    if (!cells_[payload].empty() || count == 0 || count > sink::packed::most_rows - order_.size()) {
      return wrong("a stream is there twice, is empty, or has too many rows");
    }
    auto const columns = sink::packed::detail::columns_by_payload<Event>[payload];
    auto& cells = cells_[payload];
    auto const rows = static_cast<std::size_t>(count);
    cells.resize(rows * columns.size());
    if (!from.expect_exactly(major::map, columns.size())) {
      return wrong("a stream has not the columns that its type has");
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::uint64_t const base = i == 0 ? from_sequence_ : i == 1 ? sink::packed::to_bits(earliest_) : 0;
      if (!from.expect_text(columns[i].name())) {
        return wrong("a stream has not the columns that its type has");
      }
      if (!column_reader_.read(from, columns[i], base, rows, std::span{cells}.subspan(i), columns.size())) {
        return wrong("the column " + std::string{columns[i].name()} + " is malformed");
      }
    }
    for (std::size_t row = 0; row < rows; ++row) {
      order_.push_back({cells[row * columns.size()], static_cast<std::uint32_t>(payload),
                        static_cast<std::uint32_t>(row)});
    }
    return {};
  }

  /// Puts the rows of all streams in the order of their numbers.
  [[nodiscard]] result<void> check_order() {
    auto const by_sequence = [](place const& a, place const& b) { return a.sequence < b.sequence; };
    for (std::size_t i = 1; i < order_.size(); ++i) {
      if (order_[i - 1].payload == order_[i].payload && order_[i].sequence <= order_[i - 1].sequence) {
        return wrong("the numbers of a stream are not in order");
      }
    }
    std::sort(order_.begin(), order_.end(), by_sequence);
    auto earliest = time_of(order_.front());
    for (std::size_t i = 0; i < order_.size(); ++i) {
      earliest = std::min(earliest, time_of(order_[i]));
      if (i > 0 && order_[i].sequence == order_[i - 1].sequence) {
        return wrong("two rows have one number");
      }
    }
    if (order_.front().sequence != from_sequence_ || order_.back().sequence != to_sequence_ ||
        earliest != earliest_) {
      return wrong("its rows are not those that its header tells of");
    }
    return {};
  }

  [[nodiscard]] timestamp time_of(place at) const noexcept {
    auto const columns = sink::packed::detail::columns_by_payload<Event>[at.payload].size();
    return sink::packed::from_bits<timestamp>(cells_[at.payload][at.row * columns + 1]);
  }

  template <class... Payloads>
  [[nodiscard]] static std::optional<packed_row<Event>> make(basic_event<Payloads...>*, std::size_t payload,
                                                             std::span<std::uint64_t const> cells) {
    std::optional<packed_row<Event>> made;
    auto const try_payload = [&]<class Payload>(std::type_identity<Payload>) {
      if constexpr (sink::packed::packed_payload<Payload>) {
        if (payload == Event::template index<Payload>) {
          made.emplace(detail::row_of_cells<Event, Payload>(cells));
        }
      }
    };
    (try_payload(std::type_identity<Payloads>{}), ...);
    return made;
  }

  [[nodiscard]] static std::optional<packed_row<Event>> row_of(std::size_t payload,
                                                               std::span<std::uint64_t const> cells) {
    return make(static_cast<Event*>(nullptr), payload, cells);
  }

  std::array<std::vector<std::uint64_t>, Event::payload_count> cells_{};
  std::vector<place> order_;
  std::size_t next_ = 0;
  std::uint64_t from_sequence_ = 0;
  std::uint64_t to_sequence_ = 0;
  timestamp earliest_{};
  detail::column_reader column_reader_;
};

} // namespace overt::inline v0::trace
