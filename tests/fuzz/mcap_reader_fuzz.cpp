// The readers of MCAP files, `mcap_reader` and `mcap_scan`, with hostile bytes. An input is a file, or a list
// of changes to a file that is right; after the changes the CRCs can be made right again, so that they hide
// nothing. When they are not, no message may come out that is not one of the file.
// With and without libFuzzer: support/main.cpp.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/sink/mcap/builder.hpp>
#include <overt/sink/zstd/zstd.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt/trace/mcap/reader.hpp>
#include <overt/trace/mcap/scan.hpp>

#include "support/mutated.hpp"

namespace {

namespace format = overt::sink::mcap_format;
namespace trace = overt::trace;
using overt::sink::zstd;

struct sample {
  std::string file{};
  std::set<std::string> messages{};
  bool ours = false;
};

std::string text_of(std::string_view topic, trace::mcap_message const& message) {
  return std::string{topic} + '|' + std::to_string(message.sequence) + '|' +
         std::to_string(message.log_time) + '|' + std::to_string(message.publish_time) + '|' +
         std::string{message.bytes};
}

/// Chunks, indexes, metadata, an attachment.
template <class Codec>
sample chunked(std::string_view profile) {
  sample made{.ours = profile == format::profile};
  overt::sink::mcap_builder<Codec> builder;
  std::vector<std::pair<std::string, std::string>> const entries{{"key", "value"}};
  builder.metadata("about", entries);
  builder.attachment("policy", "text/plain", 1, "attached");
  made.file = builder.head(profile, "fuzz");
  builder.appended();
  std::array<std::string_view, 2> const topics{"one", "two"};
  for (auto const topic : topics) {
    builder.channel(builder.schema("schema", "jsonschema", "{}"), topic, "json", entries);
  }
  for (std::uint32_t i = 0; i < 12; ++i) {
    auto const bytes = "message " + std::to_string(i * i);
    trace::mcap_message const message{
        .sequence = i, .log_time = 100 + i * 7 % 30, .publish_time = i, .bytes = bytes};
    builder.message(static_cast<std::uint16_t>(i % 2), i, message.log_time, message.publish_time, bytes);
    made.messages.insert(text_of(topics[i % 2], message));
    if (i % 5 == 4 || i == 11) {
      if (auto const chunk = builder.chunk(made.file.size())) {
        made.file += *chunk;
        builder.appended();
      }
    }
  }
  made.file += builder.end(made.file.size());
  return made;
}

/// Messages outside of chunks, no summary: as some other writers do it.
sample loose() {
  sample made;
  made.file = format::magic;
  format::put_record(made.file, format::opcode::header, [](std::string& out) { out.append(8, '\0'); });
  format::put_record(made.file, format::opcode::channel, [](std::string& out) {
    out.append(4, '\0');
    format::put_text(out, "topic");
    format::put_text(out, "json");
    format::put_text(out, "");
  });
  for (std::uint32_t i = 0; i < 5; ++i) {
    format::put_message(made.file, 0, i, i, i, "loose");
  }
  format::put_record(made.file, format::opcode::data_end, [&](std::string& out) {
    format::put(out,
                overt::detail::crc32(std::string_view{out}.substr(0, out.size() - format::record_head_size)));
  });
  format::put_record(made.file, format::opcode::footer, [](std::string& out) { out.append(20, '\0'); });
  made.file += format::magic;
  return made;
}

std::vector<sample> const& samples() {
  static std::vector<sample> const all{chunked<overt::sink::uncompressed>("overt"), chunked<zstd>("overt"),
                                       chunked<overt::sink::uncompressed>("other"), loose()};
  return all;
}

/// The input as numbers; zeros when it is used up.
class numbers {
public:
  explicit numbers(std::span<std::uint8_t const> bytes) : bytes_{bytes} {}
  [[nodiscard]] bool any() const { return !bytes_.empty(); }
  std::uint8_t byte() {
    if (bytes_.empty()) {
      return 0;
    }
    auto const first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  std::size_t below(std::size_t limit) {
    auto const high = byte();
    return (high * std::size_t{256} + byte()) % (limit > 0 ? limit : 1);
  }

private:
  std::span<std::uint8_t const> bytes_;
};

void change(std::string& file, numbers& input) {
  constexpr std::array<std::uint8_t, 8> bytes{0, 1, 0x7f, 0x80, 0xff, 5, 6, 7};
  while (input.any() && !file.empty()) {
    auto const what = input.byte();
    auto const at = input.below(file.size());
    switch (what % 8) {
    case 0:
    case 1: file[at] = static_cast<char>(file[at] ^ (1 << (what / 8 % 8))); break;
    case 2: file[at] = static_cast<char>(bytes[what / 8 % 8]); break;
    case 3: file[at] = static_cast<char>(input.byte()); break;
    case 4: file.erase(at, 1 + what / 8); break;
    case 5: file.insert(at, file.substr(input.below(file.size()), 1 + what / 8 * std::size_t{8})); break;
    case 6: file.resize(what / 8 == 0 ? at : file.size()); break;
    default: { // a length or offset
      std::string number;
      auto const value = std::uint64_t{input.byte()} << (what / 8 % 4 * 16);
      format::put(number, what & 0x80 ? ~value : value);
      file.replace(at, (std::min)(number.size(), file.size() - at), number);
    }
    }
  }
}

void put_number(std::string& file, std::size_t at, std::uint32_t number) {
  std::string bytes;
  format::put(bytes, number);
  file.replace(at, bytes.size(), bytes);
}

/// Makes the CRCs right of what still looks like records.
void repair(std::string& file) {
  for (std::size_t at = format::magic.size(); at + format::record_head_size < file.size();) {
    auto const content = at + format::record_head_size;
    auto const size = trace::mcap_fields{std::string_view{file}.substr(at + 1)}.number<std::uint64_t>();
    if (size > file.size() - content) {
      break;
    }
    auto const what = static_cast<format::opcode>(file[at]);
    auto const record = std::string_view{file}.substr(content, static_cast<std::size_t>(size));
    if (auto const chunk = trace::mcap_parse::chunk(record, at, false);
        what == format::opcode::chunk && chunk) {
      put_number(file, content + 24, overt::detail::crc32(chunk->packed)); // right where it is not compressed
    } else if (what == format::opcode::attachment && size > 4) {
      put_number(file, content + record.size() - 4,
                 overt::detail::crc32(record.substr(0, record.size() - 4)));
    } else if (what == format::opcode::data_end && size >= 4) {
      put_number(file, content, overt::detail::crc32(std::string_view{file}.substr(0, at)));
      break;
    }
    at = content + static_cast<std::size_t>(size);
  }
  constexpr auto tail = format::footer_size + format::magic.size();
  if (file.size() > tail) {
    auto const footer = file.size() - tail;
    auto const begin = trace::mcap_fields{std::string_view{file}.substr(footer + format::record_head_size)}
                           .number<std::uint64_t>();
    auto const end = footer + format::footer_size - 4;
    if (begin < footer) {
      put_number(file, end, overt::detail::crc32(std::string_view{file}.substr(begin, end - begin)));
    }
  }
}

[[noreturn]] void report(char const* what, std::string const& message) {
  std::fprintf(stderr, "%s: %s\n", what, message.c_str());
  std::abort();
}

/// Reads all of it, in every way. `expected`: where given, nothing else may come out.
void read(std::string const& file, sample const* expected) {
  auto const look = [&](char const* how, trace::mcap_message const& message) {
    if (expected != nullptr && message.checked &&
        !expected->messages.contains(text_of(message.channel->topic, message))) {
      report(how, text_of(message.channel->topic, message));
    }
  };
  constexpr trace::mcap_limits limits{.chunk_bytes = 1024 * 1024, .definition_bytes = 1024 * 1024};
  trace::mcap_reader<trace::memory_source, zstd> reader{trace::memory_source{file}, limits};
  if (reader.open()) {
    auto const all = [&](char const* how) {
      auto next = reader.next();
      for (; next && *next; next = reader.next()) {
        look(how, **next);
        static_cast<void>(reader.schema((*next)->channel->schema));
      }
    };
    all("in order");
    static_cast<void>(reader.statistics());
    static_cast<void>(reader.metadata());
    if (auto const attachments = reader.attachments()) {
      for (auto const& each : *attachments) {
        static_cast<void>(reader.read(each));
      }
    }
    reader.seek(115);
    all("from a time");
    reader.filter({"two"});
    all("of a topic");
  }
  trace::mcap_scan<trace::memory_source, zstd> scan{trace::memory_source{file}, limits};
  auto next = scan.next();
  for (; next && *next; next = scan.next()) {
    look("scanned", **next);
  }
  for (auto const& place : scan.damage()) {
    if (place.offset > file.size() || place.size > file.size() - place.offset) {
      report("damage beyond the file", place.why);
    }
  }
}

void look_at(std::span<std::uint8_t const> bytes) {
  numbers input{bytes};
  auto const how = input.byte();
  if (how % 8 == 7) {
    read({bytes.begin() + (bytes.empty() ? 0 : 1), bytes.end()}, nullptr);
    return;
  }
  auto const& from = samples()[how % 4];
  auto file = from.file;
  change(file, input);
  bool const repaired = (how & 0x80) != 0;
  if (repaired) {
    repair(file);
  }
  read(file, from.ours && !repaired ? &from : nullptr);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
  look_at({bytes, size});
  return 0;
}

overt_fuzz::food overt_fuzz::feed() {
  food made{.drawn = 25};
  for (auto const& each : samples()) {
    made.seeds.push_back('\7' + each.file);
  }
  // What is done to which sample, and whether the CRCs are right afterwards; then one change of each kind.
  for (char const how : {'\0', '\1', '\2', '\3', '\x80', '\x81', '\x82', '\x83'}) {
    std::string seed{how};
    for (char what = 0; what < 8; ++what) {
      seed += {what, '\1', static_cast<char>(what * 29), '\2', '\3'};
    }
    made.seeds.push_back(seed);
  }
  return made;
}
