#pragma once

// A small MCAP file of ours with everything in it, and what is in it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/mcap/builder.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/reader.hpp>
#include <overt/trace/mcap/records.hpp>
#include <overt_test/catch.hpp>

namespace overt_test {

using texts = std::vector<std::pair<std::string, std::string>>;

/// Told as the schema of a message when the one chunk that had it is lost.
inline constexpr std::string_view lost_schema = "(lost)";

struct sample_message {
  std::string topic{};
  std::string schema{};
  std::uint32_t sequence = 0;
  std::uint64_t log_time = 0;
  std::uint64_t publish_time = 0;
  std::string bytes{};

  /// A schema that is lost is no other schema.
  friend bool operator==(sample_message const& a, sample_message const& b) {
    return a.topic == b.topic && a.sequence == b.sequence && a.log_time == b.log_time &&
           a.publish_time == b.publish_time && a.bytes == b.bytes &&
           (a.schema == b.schema || a.schema == lost_schema || b.schema == lost_schema);
  }
};

struct sample_chunk {
  std::uint64_t offset = 0;
  std::uint64_t end = 0; ///< of the Chunk record; its message indexes follow
  std::vector<sample_message> messages{};
};

struct sample_file {
  std::string bytes{};
  std::vector<sample_chunk> chunks{};
  std::map<std::string, std::map<std::string, std::string>> metadata{};
  std::string attachment{};
  std::uint64_t head = 0; ///< its size
  std::uint64_t end = 0;  ///< where the end begins

  [[nodiscard]] std::vector<sample_message> messages() const {
    std::vector<sample_message> all;
    for (auto const& chunk : chunks) {
      all.insert(all.end(), chunk.messages.begin(), chunk.messages.end());
    }
    return all;
  }
};

template <class Codec = overt::sink::uncompressed>
sample_file make_sample(std::size_t chunks = 3, Codec codec = Codec{}, std::string_view profile = "overt") {
  sample_file made;
  overt::sink::mcap_builder<Codec> builder{std::move(codec)};
  auto const append = [&](std::string_view bytes) {
    made.bytes += bytes;
    builder.appended();
  };
  auto const metadata = [&](std::string name, texts const& entries) {
    builder.metadata(name, entries);
    made.metadata[name] = {entries.begin(), entries.end()};
  };
  metadata("clock", {{"wall", "17"}, {"mono", "3"}});
  made.attachment = "{\"policy\": 1}";
  builder.attachment("policy", "application/json", 5, made.attachment);
  append(builder.head(profile, "overt test"));
  made.head = made.bytes.size();
  auto const schema = builder.schema("click", "jsonschema", "{}");
  texts const unit{{"unit", "px"}};
  auto const button = builder.channel(schema, "button", "json", unit);
  auto const raw = builder.channel(0, "raw", "", {});
  std::uint32_t sequence = 0;
  for (std::size_t i = 0; i < chunks; ++i) {
    auto& chunk = made.chunks.emplace_back();
    chunk.offset = made.bytes.size();
    for (std::size_t j = 0; j < 3; ++j) {
      sample_message one{.topic = j == 1 ? "raw" : "button",
                         .schema = j == 1 ? "" : "click",
                         .sequence = ++sequence,
                         .log_time = 1000 * i + 10 * (j == 2 ? 0 : j + 1),
                         .publish_time = sequence};
      one.bytes = "{\"n\":" + std::to_string(sequence) + "}";
      builder.message(j == 1 ? raw : button, one.sequence, one.log_time, one.publish_time, one.bytes);
      chunk.messages.push_back(std::move(one));
    }
    auto const block = builder.chunk(made.bytes.size());
    REQUIRE(block);
    append(*block);
    overt::trace::mcap_fields head{std::string_view{made.bytes}.substr(chunk.offset + 1)};
    chunk.end = chunk.offset + 9 + head.number<std::uint64_t>();
  }
  made.end = made.bytes.size();
  metadata("counts", {{"produced", std::to_string(sequence)}});
  append(builder.end(made.bytes.size()));
  return made;
}

template <class Reader>
sample_message copy_of(Reader const& reader, overt::trace::mcap_message const& message) {
  auto const* const schema = reader.schema(message.channel->schema);
  return {.topic = message.channel->topic,
          .schema = schema != nullptr              ? schema->name
                    : message.channel->schema != 0 ? std::string{lost_schema}
                                                   : "",
          .sequence = message.sequence,
          .log_time = message.log_time,
          .publish_time = message.publish_time,
          .bytes = std::string{message.bytes}};
}

struct mcap_reading {
  std::vector<sample_message> messages{};
  std::optional<overt::failure> failed{};
};

inline bool no_schema_lost(std::vector<sample_message> const& messages) {
  return std::none_of(messages.begin(), messages.end(),
                      [](auto const& one) { return one.schema == lost_schema; });
}

/// All that a reader, or a scan, gives until its end or its first failure.
template <class Reader>
mcap_reading read_all(Reader& reader) {
  mcap_reading found;
  for (;;) {
    auto const next = reader.next();
    if (!next) {
      found.failed = next.error();
      return found;
    }
    if (!*next) {
      return found;
    }
    found.messages.push_back(copy_of(reader, **next));
  }
}

} // namespace overt_test
