#pragma once

#include <cstdint>
#include <string>

#include <overt/detail/crc32.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/fields.hpp>
#include <overt/trace/mcap/records.hpp>
#include <overt/trace/mcap/window.hpp>

namespace overt::inline v0::trace {

/// The begin of an MCAP file.
struct mcap_header {
  std::string profile{};
  std::string library{};
  std::uint64_t end = 0;         ///< where the data section begins
  v0::detail::crc32_state crc{}; ///< of the bytes before

  /// Whether Overt wrote it. Then nothing that the standard leaves open is: see `mcap_reader`.
  [[nodiscard]] bool ours() const noexcept { return profile == sink::mcap_format::profile; }
};

/// Errors: `invalid_input` when this is no MCAP file, or its header is damaged.
template <byte_source Source>
[[nodiscard]] result<mcap_header> read_mcap_header(mcap_window<Source>& file) {
  namespace format = sink::mcap_format;
  auto const magic = file.view(0, format::magic.size());
  if (!magic && magic.error().code != error_code::invalid_input) {
    return magic.error();
  }
  if (!magic || *magic != format::magic) {
    return failure{error_code::invalid_input, "this is no MCAP file: it does not begin as one"};
  }
  auto const record = file.record(format::magic.size());
  if (!record) {
    return record.error();
  }
  auto const content = file.content(*record);
  if (!content) {
    return content.error();
  }
  mcap_fields fields{*content};
  mcap_header read;
  read.profile = fields.text();
  read.library = fields.text();
  read.end = record->end();
  if (record->what != mcap_opcode::header || !fields.sound() || (read.ours() && fields.left() > 0)) {
    return failure{error_code::invalid_input, "the header of the MCAP file is damaged"};
  }
  if (auto added = file.add_to(read.crc, 0, read.end); !added) {
    return added.error();
  }
  return read;
}

} // namespace overt::inline v0::trace
