#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt/sink/mcap/format.hpp>

namespace overt::inline v0::sink::mcap_format {

/// The earliest and the latest of some times; zero for none.
struct time_range {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  bool any = false;

  constexpr void add(std::uint64_t time) noexcept {
    first = any ? (std::min)(first, time) : time;
    last = any ? (std::max)(last, time) : time;
    any = true;
  }
};

/// A chunk in a file.
struct chunk_entry {
  time_range times{};
  std::uint64_t offset = 0;
  std::uint64_t size = 0;         ///< of the Chunk record
  std::uint64_t indexes_size = 0; ///< of the Message Index records that follow
  std::uint64_t packed_size = 0;  ///< of its content, compressed
  std::uint64_t plain_size = 0;   ///< and not
};

/// Appends a Chunk record.
inline void put_chunk(std::string& out, chunk_entry const& chunk, std::uint32_t crc, std::string_view codec,
                      std::string_view packed) {
  put_record(out, opcode::chunk, [&](std::string& record) {
    put(record, chunk.times.first);
    put(record, chunk.times.last);
    put(record, chunk.plain_size);
    put(record, crc);
    put_text(record, codec);
    put(record, static_cast<std::uint64_t>(packed.size()));
    record.append(packed);
  });
}

/// Appends a Message record: the one of which there are many, so without a second look at its length.
inline void put_message(std::string& out, std::uint16_t channel, std::uint32_t sequence,
                        std::uint64_t log_time, std::uint64_t publish_time, std::string_view bytes) {
  out += static_cast<char>(opcode::message);
  put(out, static_cast<std::uint64_t>(message_head_size + bytes.size()));
  put(out, channel);
  put(out, sequence);
  put(out, log_time);
  put(out, publish_time);
  out.append(bytes);
}

} // namespace overt::inline v0::sink::mcap_format
