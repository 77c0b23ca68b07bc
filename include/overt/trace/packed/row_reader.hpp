#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <overt/event/basic_event.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/packed/column.hpp>
#include <overt/sink/packed/leaves.hpp>
#include <overt/sink/packed/row_writer.hpp>
#include <overt/sink/packed/varint.hpp>
#include <overt/trace/packed/packed_row.hpp>

namespace overt::inline v0::trace {

namespace detail {

/// Makes an event out of the columns of a row, each of which its column `holds`.
template <class Event, class Payload>
[[nodiscard]] packed_row<Event> row_of_cells(std::span<std::uint64_t const> cells) {
  namespace packed = sink::packed;
  packed::row_head const head{.sequence = cells[0],
                              .time = packed::from_bits<timestamp>(cells[1]),
                              .source = static_cast<std::uint16_t>(cells[2]),
                              .context = cells[3]};
  Payload made{};
  auto const* next = cells.data() + packed::head_columns.size();
  packed::for_each_leaf(made, [&]<class Leaf>(Leaf& leaf) { leaf = packed::from_bits<Leaf>(*next++); });
  return {head, Event{event_header{.time = head.time, .source = head.source}, std::move(made)}};
}

/// Reads the columns of a row that begins behind its layout.
template <class Event, class Payload>
[[nodiscard]] std::optional<packed_row<Event>> read_columns(std::string_view bytes) {
  namespace packed = sink::packed;
  auto const& columns = packed::columns_of<Payload>;
  std::array<std::uint64_t, packed::columns_of<Payload>.size()> cells{};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!packed::take_varint(bytes, cells[i])) {
      return std::nullopt;
    }
    cells[i] = columns[i].is_signed ? packed::unzigzag(cells[i]) : cells[i];
    if (!columns[i].holds(cells[i])) {
      return std::nullopt;
    }
  }
  return bytes.empty() ? std::optional{row_of_cells<Event, Payload>(cells)} : std::nullopt;
}

template <class Event>
struct row_decoder;

template <class... Payloads>
struct row_decoder<basic_event<Payloads...>> {
  using event_type = basic_event<Payloads...>;

  /// `known` becomes true when some payload has this layout.
  [[nodiscard]] static std::optional<packed_row<event_type>> decode(std::uint32_t layout,
                                                                    std::string_view bytes, bool& known) {
    std::optional<packed_row<event_type>> made;
    auto const try_payload = [&]<class Payload>(std::type_identity<Payload>) {
      if constexpr (sink::packed::packed_payload<Payload>) {
        if (!known && sink::packed::layout_of<Payload> == layout) {
          known = true;
          if (auto row = read_columns<event_type, Payload>(bytes)) {
            made.emplace(std::move(*row));
          }
        }
      }
    };
    (try_payload(std::type_identity<Payloads>{}), ...);
    return made;
  }
};

} // namespace detail

/// Reads a row that `sink::packed::row_writer` wrote. Errors: `invalid_input` for bytes that are no row, a
/// value that its column cannot have, and a row of another layout (of another version of the program).
template <any_event Event>
[[nodiscard]] result<packed_row<Event>> read_row(std::string_view bytes) {
  if (bytes.size() < 5 || static_cast<unsigned char>(bytes[0]) != sink::packed::row_writer::version) {
    return failure{error_code::invalid_input, "it is no row of a stream that this program reads"};
  }
  std::uint32_t layout = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    layout |= std::uint32_t{static_cast<unsigned char>(bytes[1 + i])} << (8 * i);
  }
  bool known = false;
  auto made = detail::row_decoder<Event>::decode(layout, bytes.substr(5), known);
  if (!known) {
    return failure{error_code::invalid_input,
                   "the row is of a type that this program does not know, or of another version of it"};
  }
  if (!made) {
    return failure{error_code::invalid_input,
                   "the row is cut off, or has a value that its column cannot have"};
  }
  return std::move(*made);
}

} // namespace overt::inline v0::trace
