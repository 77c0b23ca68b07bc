#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <overt/detail/crc32.hpp>
#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/trace/mcap/fields.hpp>

namespace overt::inline v0::trace {

using mcap_opcode = sink::mcap_format::opcode;

struct mcap_schema {
  std::uint16_t id = 0;
  std::string name{};
  std::string encoding{};
  std::string text{};

  friend bool operator==(mcap_schema const&, mcap_schema const&) = default;
};

struct mcap_channel {
  std::uint16_t id = 0;
  std::uint16_t schema = 0; ///< 0 for none
  std::string topic{};
  std::string message_encoding{};
  std::map<std::string, std::string> metadata{};

  friend bool operator==(mcap_channel const&, mcap_channel const&) = default;
};

/// One message, valid until the reader that gave it is asked for something else. Times are nanoseconds.
struct mcap_message {
  mcap_channel const* channel = nullptr; ///< never null in what a reader gives
  std::uint32_t sequence = 0;
  std::uint64_t log_time = 0;
  std::uint64_t publish_time = 0;
  std::string_view bytes{};
  bool checked = true; ///< false in a file of another writer that has no CRC over it
};

/// `entries` without the CRC that the profile "overt" adds.
struct mcap_metadata {
  std::string name{};
  std::map<std::string, std::string> entries{};
  bool checked = true; ///< as for messages
};

/// An attachment and where it is; its bytes are read with `mcap_reader::read`.
struct mcap_attachment {
  std::string name{};
  std::string media_type{};
  std::uint64_t log_time = 0;
  std::uint64_t create_time = 0; ///< 0 when it is not known
  std::uint64_t size = 0;        ///< of its bytes
  std::uint64_t offset = 0;      ///< of its record in the file
};

/// What the file says about itself; see the specification.
struct mcap_statistics {
  std::uint64_t messages = 0;
  std::uint16_t schemas = 0;
  std::uint32_t channels = 0;
  std::uint32_t attachments = 0;
  std::uint32_t metadata = 0;
  std::uint32_t chunks = 0;
  std::uint64_t first_log_time = 0;
  std::uint64_t last_log_time = 0;
  std::map<std::uint16_t, std::uint64_t> channel_messages{};
};

/// How much of what a file claims is believed. What goes beyond is refused before memory is taken for it.
struct mcap_limits {
  std::uint64_t chunk_bytes =
      sink::mcap_format::largest_chunk;              ///< of one chunk or other record, not compressed
  std::uint64_t definition_bytes = 64 * 1024 * 1024; ///< of all schemas and channels
};

} // namespace overt::inline v0::trace
