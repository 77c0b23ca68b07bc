#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/event/result.hpp>
#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/definitions.hpp>
#include <overt/trace/mcap/fields.hpp>
#include <overt/trace/mcap/parse.hpp>
#include <overt/trace/mcap/records.hpp>
#include <overt/trace/mcap/window.hpp>

namespace overt::inline v0::trace {

/// A chunk as the summary names it.
struct mcap_indexed_chunk {
  sink::mcap_format::chunk_entry entry{};
  std::string codec{};
  std::uint64_t latest = 0;              ///< the latest message in this or an earlier chunk
  std::vector<std::uint16_t> channels{}; ///< in it; empty when that is not known
};

/// The end of an MCAP file: where its data section ends, and the summary when there is one.
struct mcap_index {
  bool summary = false;
  std::uint64_t end = 0;                    ///< of the data section: here summary or footer begin
  std::optional<std::uint64_t> data_end{};  ///< the offset of the Data End record
  std::uint32_t data_crc = 0;               ///< what it says
  std::vector<mcap_indexed_chunk> chunks{}; ///< in the order of the file
  std::vector<mcap_attachment> attachments{};
  std::vector<std::uint64_t> metadata{}; ///< offsets
  std::optional<mcap_statistics> statistics{};

  /// Whether chunks can be read out of order: what they refer to is defined in the summary. Some writers
  /// leave it out.
  [[nodiscard]] bool is_enough(mcap_definitions const& known) const {
    return !chunks.empty() && known.channels() > 0 &&
           std::all_of(chunks.begin(), chunks.end(), [&](mcap_indexed_chunk const& chunk) {
             return std::all_of(chunk.channels.begin(), chunk.channels.end(),
                                [&](auto id) { return known.channel(id) != nullptr; });
           });
  }

  /// Whether it names this chunk as it is.
  [[nodiscard]] bool agrees(sink::mcap_format::chunk_entry const& is, std::string_view codec) const {
    auto const found =
        std::lower_bound(chunks.begin(), chunks.end(), is.offset,
                         [](auto const& one, auto offset) { return one.entry.offset < offset; });
    if (found == chunks.end()) {
      return false;
    }
    auto const& said = found->entry;
    return said.offset == is.offset && said.size == is.size && said.times.first == is.times.first &&
           said.times.last == is.times.last && said.packed_size == is.packed_size &&
           said.plain_size == is.plain_size && found->codec == codec;
  }
};

namespace detail {

/// Reads one record of the summary. Null, or what is wrong.
[[nodiscard]] inline char const* read_summary_record(mcap_opcode what, std::string_view content, bool ours,
                                                     mcap_index& to, mcap_definitions& known) {
  mcap_fields fields{content};
  switch (what) {
  case mcap_opcode::schema:
  case mcap_opcode::channel: return known.add(what, content);
  case mcap_opcode::statistics:
    to.statistics = mcap_parse::statistics(content);
    return to.statistics ? nullptr : "its statistics are malformed";
  case mcap_opcode::attachment_index:
    if (auto read = mcap_parse::attachment_index(content)) {
      to.attachments.push_back(std::move(*read));
      return nullptr;
    }
    return "its list of attachments is malformed";
  case mcap_opcode::metadata_index:
    to.metadata.push_back(fields.number<std::uint64_t>());
    return fields.sound() ? nullptr : "its list of metadata is malformed";
  case mcap_opcode::chunk_index: {
    auto& chunk = to.chunks.emplace_back();
    chunk.entry.times.first = fields.number<std::uint64_t>();
    chunk.entry.times.last = fields.number<std::uint64_t>();
    chunk.entry.offset = fields.number<std::uint64_t>();
    chunk.entry.size = fields.number<std::uint64_t>();
    mcap_fields map{fields.text()};
    while (map.sound() && map.left() > 0) {
      chunk.channels.push_back(map.number<std::uint16_t>());
      static_cast<void>(map.number<std::uint64_t>());
    }
    chunk.entry.indexes_size = fields.number<std::uint64_t>();
    chunk.codec = fields.text();
    chunk.entry.packed_size = fields.number<std::uint64_t>();
    chunk.entry.plain_size = fields.number<std::uint64_t>();
    bool const inside = chunk.entry.offset <= to.end && chunk.entry.size <= to.end - chunk.entry.offset;
    return fields.sound() && map.sound() && inside ? nullptr : "its list of chunks is malformed";
  }
  default: return ours ? "it has a record that does not belong there" : nullptr;
  }
}

} // namespace detail

/// Reads the end of a file whose header is sound. A failure says why there is none that can be believed: the
/// recording was cut off, or the end is damaged. `known` is then as before.
template <byte_source Source>
[[nodiscard]] result<mcap_index> read_mcap_index(mcap_window<Source>& file, bool ours,
                                                 mcap_definitions& known) {
  namespace format = sink::mcap_format;
  auto const bad = [](std::string const& why) { return failure{error_code::invalid_input, why}; };
  constexpr auto tail_size = format::footer_size + format::magic.size();
  if (file.size() < format::magic.size() + format::record_head_size + tail_size) {
    return bad("the trace has no end: the recording was cut off");
  }
  auto const footer = file.size() - tail_size;
  auto const tail = file.view(footer, tail_size);
  if (!tail) {
    return tail.error();
  }
  mcap_fields fields{*tail};
  bool const is_footer = fields.number<std::uint8_t>() == static_cast<std::uint8_t>(mcap_opcode::footer) &&
                         fields.number<std::uint64_t>() == format::footer_size - format::record_head_size;
  auto const summary = fields.number<std::uint64_t>();
  auto const offsets = fields.number<std::uint64_t>();
  auto const crc = fields.number<std::uint32_t>();
  if (!is_footer || fields.rest() != format::magic) {
    return bad("the trace has no end: the recording was cut off, or its end is damaged");
  }
  mcap_index read{.summary = summary != 0, .end = summary != 0 ? summary : footer};
  auto const summary_end = offsets != 0 ? offsets : footer;
  if (read.end < format::magic.size() + format::record_head_size || read.end > footer ||
      summary_end < read.end || summary_end > footer || (ours && (!read.summary || offsets == 0))) {
    return bad("the footer of the trace is damaged");
  }
  if (read.summary && (crc != 0 || ours)) {
    v0::detail::crc32_state computed;
    if (auto added = file.add_to(computed, read.end, footer + format::footer_size - sizeof crc); !added) {
      return added.error();
    }
    if (computed.value() != crc) {
      return bad("the summary of the trace, from offset " + std::to_string(read.end) +
                 ", is damaged: its CRC is wrong");
    }
  }
  if (auto const last = file.record(read.end - format::data_end_size);
      last && last->what == mcap_opcode::data_end && last->end() == read.end) {
    auto const content = file.content(*last);
    if (!content) {
      return content.error();
    }
    read.data_end = last->offset;
    read.data_crc = mcap_fields{*content}.template number<std::uint32_t>();
  } else if (ours) {
    return bad("the trace has no Data End record before offset " + std::to_string(read.end));
  }
  auto definitions = known;
  for (auto at = read.end; read.summary && at < summary_end;) {
    auto const record = file.record(at);
    if (!record) {
      return record.error();
    }
    auto const content = file.content(*record);
    if (!content) {
      return content.error();
    }
    auto const* const why =
        record->end() > summary_end
            ? "a record in it is cut off"
            : detail::read_summary_record(record->what, *content, ours, read, definitions);
    if (why != nullptr) {
      return bad("the summary of the trace is damaged at offset " + std::to_string(at) + ": " + why);
    }
    at = record->end();
  }
  std::sort(read.chunks.begin(), read.chunks.end(),
            [](auto const& a, auto const& b) { return a.entry.offset < b.entry.offset; });
  std::uint64_t end = 0;
  std::uint64_t latest = 0;
  for (auto& chunk : read.chunks) {
    if (chunk.entry.offset < end) {
      return bad("the summary of the trace is damaged: two chunks overlap");
    }
    end = chunk.entry.offset + chunk.entry.size;
    chunk.latest = latest = (std::max)(latest, chunk.entry.times.last);
  }
  known = std::move(definitions);
  return read;
}

} // namespace overt::inline v0::trace
