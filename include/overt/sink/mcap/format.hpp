#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The shapes that MCAP is made of, after its specification (https://mcap.dev/spec): what a writer and a
/// reader share.
namespace overt::inline v0::sink::mcap_format {

/// The first and the last eight bytes of a file; the byte after "MCAP" is the version of the format.
inline constexpr std::string_view magic{"\x89MCAP0\r\n", 8};

/// An opcode and the length of what follows stand before each record.
inline constexpr std::size_t record_head_size = 9;

/// A Message record without its data.
inline constexpr std::size_t message_head_size = 22;

/// A Footer record, always of one size: it is read from the end.
inline constexpr std::size_t footer_size = record_head_size + 20;

/// A Data End record as this library writes it.
inline constexpr std::size_t data_end_size = record_head_size + 4;

/// No larger chunk is written or, unless told otherwise, read: bytes before compression.
inline constexpr std::uint64_t largest_chunk = 1024 * 1024 * 1024;

/// The profile that Overt writes, with rules of its own that make every changed bit show: see `mcap_builder`.
inline constexpr std::string_view profile = "overt";

/// The last key of a Metadata record of that profile: the CRC-32 of the record's bytes before this entry,
/// eight hexadecimal digits. The format itself protects these records only as parts of a complete file.
inline constexpr std::string_view metadata_crc_key = "crc32";

enum class opcode : std::uint8_t {
  header = 0x01,
  footer = 0x02,
  schema = 0x03,
  channel = 0x04,
  message = 0x05,
  chunk = 0x06,
  message_index = 0x07,
  chunk_index = 0x08,
  attachment = 0x09,
  attachment_index = 0x0a,
  statistics = 0x0b,
  metadata = 0x0c,
  metadata_index = 0x0d,
  summary_offset = 0x0e,
  data_end = 0x0f,
};

/// Appends a number, lowest byte first.
template <std::unsigned_integral Number>
void put(std::string& out, Number number) {
  char bytes[sizeof number];
  for (std::size_t i = 0; i < sizeof number; ++i) {
    bytes[i] = static_cast<char>(number & 0xff);
    if constexpr (sizeof number > 1) {
      number = static_cast<Number>(number >> 8);
    }
  }
  out.append(bytes, sizeof bytes);
}

/// Appends a text after its length in 32 bits: what is longer than 4 GiB cannot be written this way.
inline void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out.append(text);
}

/// Appends a record whose content `write(out)` appends.
template <class Write>
void put_record(std::string& out, opcode what, Write const& write) {
  out += static_cast<char>(what);
  auto const at = out.size();
  out.append(8, '\0');
  write(out);
  auto size = static_cast<std::uint64_t>(out.size() - at - 8);
  for (std::size_t i = 0; i < 8; ++i, size >>= 8) {
    out[at + i] = static_cast<char>(size & 0xff);
  }
}

/// The same for an array or map: its length in bytes, 32 bits, before its elements.
template <class Write>
void put_list(std::string& out, Write const& write) {
  auto const at = out.size();
  out.append(4, '\0');
  write(out);
  auto size = static_cast<std::uint32_t>(out.size() - at - 4);
  for (std::size_t i = 0; i < 4; ++i, size >>= 8) {
    out[at + i] = static_cast<char>(size & 0xff);
  }
}

} // namespace overt::inline v0::sink::mcap_format
