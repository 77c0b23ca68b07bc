#pragma once

// What the programs of this folder print, one JSON object a line, so that a script can compare it with what
// another reader finds. Bytes are hexadecimal.

#include <cstdint>
#include <cstdio>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <overt/detail/hexadecimal.hpp>
#include <overt/trace/mcap/records.hpp>

namespace overt_interop {

/// A JSON string of UTF-8.
inline std::string quoted(std::string_view text) {
  std::string json{'"'};
  for (auto const c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      json += escaped;
    } else {
      json += c;
    }
  }
  return json + '"';
}

inline std::string quoted(std::map<std::string, std::string> const& entries) {
  std::string json;
  for (auto const& [key, value] : entries) {
    json += (json.empty() ? "{" : ", ") + quoted(key) + ": " + quoted(value);
  }
  return json.empty() ? "{}" : json + "}";
}

inline std::string hex(std::string_view bytes) {
  return overt::detail::to_hex({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()});
}

inline void print(overt::trace::mcap_schema const* schema, overt::trace::mcap_channel const& channel,
                  overt::trace::mcap_message const& message) {
  std::printf("{\"topic\": %s, \"encoding\": %s, \"channel\": %s, \"schema\": %s, \"sequence\": %u, "
              "\"log_time\": %llu, "
              "\"publish_time\": %llu, \"data\": \"%s\"}\n",
              quoted(channel.topic).c_str(), quoted(channel.message_encoding).c_str(),
              quoted(channel.metadata).c_str(), schema == nullptr ? "null" : quoted(schema->name).c_str(),
              message.sequence, static_cast<unsigned long long>(message.log_time),
              static_cast<unsigned long long>(message.publish_time), hex(message.bytes).c_str());
}

inline void print(overt::trace::mcap_metadata const& metadata) {
  std::printf("{\"metadata\": %s, \"entries\": %s}\n", quoted(metadata.name).c_str(),
              quoted(metadata.entries).c_str());
}

inline void print(overt::trace::mcap_attachment const& attachment, std::string_view bytes) {
  std::printf("{\"attachment\": %s, \"media_type\": %s, \"log_time\": %llu, \"data\": \"%s\"}\n",
              quoted(attachment.name).c_str(), quoted(attachment.media_type).c_str(),
              static_cast<unsigned long long>(attachment.log_time), hex(bytes).c_str());
}

} // namespace overt_interop
