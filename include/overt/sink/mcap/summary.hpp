#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/sink/mcap/definitions.hpp>
#include <overt/sink/mcap/file_records.hpp>
#include <overt/sink/mcap/format.hpp>

namespace overt::inline v0::sink::mcap_format {

/// What the end of a file says about the rest: statistics and indexes. The indexes are kept as the bytes that
/// will be written, some 100 a chunk.
class summary {
public:
  using index_offsets = std::vector<std::pair<std::uint16_t, std::uint64_t>>;

  /// A chunk is in the file.
  void add(chunk_entry const& chunk, std::size_t messages, index_offsets const& offsets,
           std::string_view codec) {
    put_record(chunks_, opcode::chunk_index, [&](std::string& out) {
      mcap_format::put(out, chunk.times.first);
      mcap_format::put(out, chunk.times.last);
      mcap_format::put(out, chunk.offset);
      mcap_format::put(out, chunk.size);
      put_list(out, [&](std::string& list) {
        for (auto const& [channel, offset] : offsets) {
          mcap_format::put(list, channel);
          mcap_format::put(list, offset);
        }
      });
      mcap_format::put(out, chunk.indexes_size);
      put_text(out, codec);
      mcap_format::put(out, chunk.packed_size);
      mcap_format::put(out, chunk.plain_size);
    });
    ++chunk_count_;
    message_count_ += messages;
    times_.add(chunk.times.first);
    times_.add(chunk.times.last);
  }

  /// These are in the file, from `offset` on.
  void add(file_records const& records, std::uint64_t offset) {
    attachment_count_ += records.put_indexes(attachments_, opcode::attachment_index, offset);
    metadata_count_ += records.put_indexes(metadata_, opcode::metadata_index, offset);
  }

  /// Appends summary, summary offsets, footer and magic. `offset`: of `out` in the file.
  void put(std::string& out, std::uint64_t offset, definitions const& known) const {
    auto const begin = out.size();
    std::string groups;
    auto const group = [&](opcode what, auto const& write) {
      auto const at = out.size();
      write();
      if (out.size() > at) {
        put_record(groups, opcode::summary_offset, [&](std::string& record) {
          record += static_cast<char>(what);
          mcap_format::put(record, offset + at);
          mcap_format::put(record, static_cast<std::uint64_t>(out.size() - at));
        });
      }
    };
    auto const copy = [&out](std::vector<definitions::definition> const& all) {
      for (auto const& each : all) {
        out += each.written ? std::string_view{each.record} : std::string_view{};
      }
    };
    group(opcode::schema, [&] { copy(known.schemas()); });
    group(opcode::channel, [&] { copy(known.channels()); });
    group(opcode::statistics, [&] { put_statistics(out, known); });
    group(opcode::chunk_index, [&] { out += chunks_; });
    group(opcode::attachment_index, [&] { out += attachments_; });
    group(opcode::metadata_index, [&] { out += metadata_; });
    auto const offsets_at = offset + out.size();
    out += groups;
    put_record(out, opcode::footer, [&](std::string& record) {
      mcap_format::put(record, offset + begin);
      mcap_format::put(record, offsets_at);
      // Covers the head of this record too, whose length is not known to `put_record` yet.
      v0::detail::crc32_state crc;
      auto const head = record.size() - sizeof(std::uint64_t) * 3;
      crc.update(std::string_view{record}.substr(begin, head - begin));
      crc.update(std::string_view{"\x14\0\0\0\0\0\0\0", 8});
      crc.update(std::string_view{record}.substr(head + 8));
      mcap_format::put(record, crc.value());
    });
    out += magic;
  }

private:
  void put_statistics(std::string& out, definitions const& known) const {
    auto const count = [](std::vector<definitions::definition> const& all) {
      std::size_t written = 0;
      for (auto const& each : all) {
        written += each.written ? 1 : 0;
      }
      return written;
    };
    put_record(out, opcode::statistics, [&](std::string& record) {
      mcap_format::put(record, message_count_);
      mcap_format::put(record, static_cast<std::uint16_t>(count(known.schemas())));
      mcap_format::put(record, static_cast<std::uint32_t>(count(known.channels())));
      mcap_format::put(record, attachment_count_);
      mcap_format::put(record, metadata_count_);
      mcap_format::put(record, chunk_count_);
      mcap_format::put(record, times_.first);
      mcap_format::put(record, times_.last);
      put_list(record, [&](std::string& list) {
        for (std::size_t i = 0; i < known.channels().size(); ++i) {
          if (auto const messages = known.channels()[i].messages; messages > 0) {
            mcap_format::put(list, static_cast<std::uint16_t>(i));
            mcap_format::put(list, messages);
          }
        }
      });
    });
  }

  std::string chunks_; // index records
  std::string attachments_;
  std::string metadata_;
  time_range times_;
  std::uint64_t message_count_ = 0;
  std::uint32_t chunk_count_ = 0;
  std::uint32_t attachment_count_ = 0;
  std::uint32_t metadata_count_ = 0;
};

} // namespace overt::inline v0::sink::mcap_format
