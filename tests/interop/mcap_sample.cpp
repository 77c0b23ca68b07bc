// Writes an MCAP file with all that the builder can write, and prints what is in it (see mcap_listing.hpp).
//
//   mcap_sample FILE [none|zstd]

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/mcap/builder.hpp>
#include <overt/sink/uncompressed.hpp>
#include <overt/sink/zstd/zstd.hpp>

#include "mcap_listing.hpp"

namespace {

using texts = std::vector<std::pair<std::string, std::string>>;

template <class Codec>
int write(char const* path, Codec codec) {
  namespace trace = overt::trace;
  std::ofstream file{path, std::ios::binary | std::ios::trunc};
  overt::sink::mcap_builder<Codec> builder{std::move(codec)};
  std::uint64_t offset = 0;
  auto const append = [&](std::string_view bytes) {
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    offset += bytes.size();
    builder.appended();
  };
  auto const metadata = [&](char const* name, texts const& entries) {
    builder.metadata(name, entries);
    overt_interop::print(trace::mcap_metadata{.name = name, .entries = {entries.begin(), entries.end()}});
  };
  auto const attachment = [&](char const* name, char const* type, std::int64_t time,
                              std::string const& bytes) {
    builder.attachment(name, type, time, bytes);
    overt_interop::print(trace::mcap_attachment{.name = name,
                                                .media_type = type,
                                                .log_time = static_cast<std::uint64_t>(time)},
                         bytes);
  };

  metadata("clock", texts{{"wall_anchor_ns", "1700000000000000000"}, {"mono_unit", "ns"}});
  metadata("empty", {});
  attachment("policy", "application/json", 1'700'000'000'000'000'000, "{\"policy\": \"caf\xc3\xa9\"}");
  append(builder.head("overt", "overt interop"));

  trace::mcap_schema const click{.id = 1, .name = "overt/click"};
  texts const about{{"unit", "px"}};
  std::vector<trace::mcap_channel> channels{
      {.schema = 1,
       .topic = "mouse/button",
       .message_encoding = "json",
       .metadata = {about.begin(), about.end()}},
      {.topic = "raw", .message_encoding = "cbor"},
      {.schema = 1, .topic = "ui", .message_encoding = "json"},
      {.topic = "never used", .message_encoding = "json"},
  };
  auto const schema = builder.schema(click.name, "jsonschema", R"({"type": "object"})");
  static_cast<void>(builder.schema("never used", "jsonschema", "{}"));
  for (auto& channel : channels) {
    texts const entries{channel.metadata.begin(), channel.metadata.end()};
    channel.id = builder.channel(channel.schema == 1 ? schema : std::uint16_t{0}, channel.topic,
                                 channel.message_encoding, entries);
  }

  std::uint32_t sequence = 0;
  for (std::uint64_t chunk = 0; chunk < 5; ++chunk) {
    for (std::uint64_t i = 0; i < 40 + chunk; ++i) {
      auto const& channel = channels[chunk == 3 ? 2 : i % 3];
      std::string bytes = "{\"n\": " + std::to_string(i) + ", \"text\": \"\xe2\x82\xac\"}";
      if (channel.message_encoding == "cbor") {
        bytes.assign(static_cast<std::size_t>(i * 7 % 300), static_cast<char>(0x80 + i));
      }
      // Times within a chunk go up and down.
      auto const time = 1'700'000'000'000'000'000 + chunk * 10'000'000'000 + (i * 7919 % 41) * 1'000'000;
      trace::mcap_message const message{
          .sequence = ++sequence, .log_time = time, .publish_time = time / 3, .bytes = bytes};
      builder.message(channel.id, message.sequence, message.log_time, message.publish_time, bytes);
      overt_interop::print(channel.schema == 1 ? &click : nullptr, channel, message);
    }
    auto const block = builder.chunk(offset);
    if (!block) {
      std::fprintf(stderr, "%s\n", block.error().message.c_str());
      return 1;
    }
    append(*block);
  }
  metadata("counts", texts{{"produced", std::to_string(sequence)}});
  attachment("receipt", "text/plain", 1, std::string(100'000, 'r'));
  append(builder.end(offset));
  file.close();
  return file ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: mcap_sample FILE [none|zstd]\n");
    return 2;
  }
  return count > 2 && std::strcmp(arguments[2], "zstd") == 0
             ? write(arguments[1], overt::sink::zstd{})
             : write(arguments[1], overt::sink::uncompressed{});
}
