#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <overt/detail/crc32.hpp>
#include <overt/detail/hexadecimal.hpp>
#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt/trace/mcap/fields.hpp>
#include <overt/trace/mcap/records.hpp>

/// One function for each record: its content in, its fields out, nothing when it is malformed. Bytes after
/// the fields that are known are left alone, as the specification wants it.
namespace overt::inline v0::trace::mcap_parse {

[[nodiscard]] inline std::optional<mcap_schema> schema(std::string_view content) {
  mcap_fields fields{content};
  mcap_schema read{.id = fields.number<std::uint16_t>()};
  read.name = fields.text();
  read.encoding = fields.text();
  read.text = fields.text();
  return fields.sound() ? std::optional{std::move(read)} : std::nullopt;
}

[[nodiscard]] inline std::optional<mcap_channel> channel(std::string_view content) {
  mcap_fields fields{content};
  mcap_channel read{.id = fields.number<std::uint16_t>(), .schema = fields.number<std::uint16_t>()};
  read.topic = fields.text();
  read.message_encoding = fields.text();
  read.metadata = fields.map();
  return fields.sound() ? std::optional{std::move(read)} : std::nullopt;
}

/// `ours`: it must end with its own CRC (`metadata_crc_key`), and nothing may follow.
[[nodiscard]] inline std::optional<mcap_metadata> metadata(std::string_view content, bool ours) {
  mcap_fields fields{content};
  auto const name = fields.text();
  mcap_fields map{fields};
  auto const raw = fields.text();
  mcap_metadata read{.name = std::string{name}, .entries = map.map(), .checked = ours};
  if (!fields.sound() || !map.sound()) {
    return std::nullopt;
  }
  if (ours) {
    // Its last entry: the two lengths, the key, eight digits.
    constexpr auto entry = sizeof(std::uint32_t) * 2 + sink::mcap_format::metadata_crc_key.size() + 8;
    if (raw.size() < entry || fields.left() > 0) {
      return std::nullopt;
    }
    v0::detail::crc32_state crc;
    crc.update(content.substr(0, sizeof(std::uint32_t) + name.size()));
    crc.update(raw.substr(0, raw.size() - entry));
    std::string expected;
    sink::mcap_format::put_text(expected, sink::mcap_format::metadata_crc_key);
    auto const digits = v0::detail::hex_digits(crc.value());
    sink::mcap_format::put_text(expected, {digits.data(), digits.size()});
    if (raw.substr(raw.size() - entry) != expected) {
      return std::nullopt;
    }
    read.entries.erase(std::string{sink::mcap_format::metadata_crc_key});
  }
  return read;
}

/// The bytes of an attachment are in `content` and where this says.
struct attachment_content {
  mcap_attachment what{};
  std::string_view bytes{};
};

/// Its CRC is checked; a CRC of 0 is none, but for `ours`.
[[nodiscard]] inline std::optional<attachment_content> attachment(std::string_view content,
                                                                  std::uint64_t offset, bool ours) {
  mcap_fields fields{content};
  attachment_content read;
  read.what.offset = offset;
  read.what.log_time = fields.number<std::uint64_t>();
  read.what.create_time = fields.number<std::uint64_t>();
  read.what.name = fields.text();
  read.what.media_type = fields.text();
  read.bytes = fields.text<std::uint64_t>();
  read.what.size = read.bytes.size();
  auto const covered = content.size() - fields.left();
  auto const crc = fields.number<std::uint32_t>();
  if (!fields.sound() || (ours && fields.left() > 0) ||
      ((crc != 0 || ours) && crc != v0::detail::crc32(content.substr(0, covered)))) {
    return std::nullopt;
  }
  return read;
}

/// An Attachment Index record.
[[nodiscard]] inline std::optional<mcap_attachment> attachment_index(std::string_view content) {
  mcap_fields fields{content};
  mcap_attachment read{.offset = fields.number<std::uint64_t>()};
  static_cast<void>(fields.number<std::uint64_t>()); // the length, which the record has too
  read.log_time = fields.number<std::uint64_t>();
  read.create_time = fields.number<std::uint64_t>();
  read.size = fields.number<std::uint64_t>();
  read.name = fields.text();
  read.media_type = fields.text();
  return fields.sound() ? std::optional{std::move(read)} : std::nullopt;
}

[[nodiscard]] inline std::optional<mcap_statistics> statistics(std::string_view content) {
  mcap_fields fields{content};
  mcap_statistics read;
  read.messages = fields.number<std::uint64_t>();
  read.schemas = fields.number<std::uint16_t>();
  read.channels = fields.number<std::uint32_t>();
  read.attachments = fields.number<std::uint32_t>();
  read.metadata = fields.number<std::uint32_t>();
  read.chunks = fields.number<std::uint32_t>();
  read.first_log_time = fields.number<std::uint64_t>();
  read.last_log_time = fields.number<std::uint64_t>();
  mcap_fields counts{fields.text()};
  while (counts.sound() && counts.left() > 0) {
    auto const channel = counts.number<std::uint16_t>();
    read.channel_messages[channel] = counts.number<std::uint64_t>();
  }
  return fields.sound() && counts.sound() ? std::optional{std::move(read)} : std::nullopt;
}

/// A Message record; `channel` is left for the caller to find.
struct message_content {
  std::uint16_t channel = 0;
  mcap_message message{};
};

[[nodiscard]] inline std::optional<message_content> message(std::string_view content) {
  mcap_fields fields{content};
  message_content read{.channel = fields.number<std::uint16_t>()};
  read.message.sequence = fields.number<std::uint32_t>();
  read.message.log_time = fields.number<std::uint64_t>();
  read.message.publish_time = fields.number<std::uint64_t>();
  read.message.bytes = fields.rest();
  return fields.sound() ? std::optional{read} : std::nullopt;
}

/// A Chunk record; `packed` is in `content`.
struct chunk_content {
  sink::mcap_format::chunk_entry entry{};
  std::uint32_t crc = 0;
  std::string_view codec{};
  std::string_view packed{};
};

/// `ours`: nothing may follow the fields.
[[nodiscard]] inline std::optional<chunk_content> chunk(std::string_view content, std::uint64_t offset,
                                                        bool ours) {
  mcap_fields fields{content};
  chunk_content read;
  read.entry.times = {
      .first = fields.number<std::uint64_t>(), .last = fields.number<std::uint64_t>(), .any = true};
  read.entry.offset = offset;
  read.entry.size = sink::mcap_format::record_head_size + content.size();
  read.entry.plain_size = fields.number<std::uint64_t>();
  read.crc = fields.number<std::uint32_t>();
  read.codec = fields.text();
  read.packed = fields.text<std::uint64_t>();
  read.entry.packed_size = read.packed.size();
  return fields.sound() && !(ours && fields.left() > 0) ? std::optional{read} : std::nullopt;
}

/// How many bytes reading this chunk would cost, compressed and not; nothing when it can be none. `begin`:
/// the first 64 bytes of its content, or all; `size`: of its content.
[[nodiscard]] inline std::optional<std::uint64_t> bytes_of_chunk(std::string_view begin, std::uint64_t size) {
  mcap_fields fields{begin};
  static_cast<void>(fields.number<std::uint64_t>());
  static_cast<void>(fields.number<std::uint64_t>());
  auto const plain = fields.number<std::uint64_t>();
  static_cast<void>(fields.number<std::uint32_t>());
  static_cast<void>(fields.text());
  auto const packed = fields.number<std::uint64_t>();
  auto const head = begin.size() - fields.left();
  bool const fits = fields.sound() && size - head == packed && plain <= sink::mcap_format::largest_chunk;
  return fits ? std::optional{plain + size} : std::nullopt;
}

} // namespace overt::inline v0::trace::mcap_parse
