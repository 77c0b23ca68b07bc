#include <overt/trace/mcap/reader.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/detail/crc32.hpp>
#include <overt/trace/byte_source.hpp>
#include <overt_test/catch.hpp>

#include "sample_file.hpp"

namespace trace = overt::trace;
namespace format = overt::sink::mcap_format;
using overt_test::make_sample;
using overt_test::read_all;
using reader = trace::mcap_reader<trace::memory_source>;

namespace {

/// Counts what is read of it.
struct counting_source {
  std::string_view bytes{};
  std::uint64_t* total = nullptr;
  std::uint64_t size() const { return bytes.size(); }
  overt::result<std::size_t> read(std::uint64_t offset, std::span<char> to) {
    auto got = trace::memory_source{bytes}.read(offset, to);
    *total += *got;
    return got;
  }
};

/// Another writer's file: what is in it as the test wants it, without summary and CRCs.
struct foreign_file {
  std::string bytes = [] {
    std::string out{format::magic};
    format::put_record(out, format::opcode::header, [](std::string& record) {
      format::put_text(record, "");
      format::put_text(record, "another");
    });
    return out;
  }();

  static void channel(std::string& out, std::uint16_t id, std::string_view topic) {
    format::put_record(out, format::opcode::channel, [&](std::string& record) {
      format::put(record, id);
      format::put(record, std::uint16_t{0});
      format::put_text(record, topic);
      format::put_text(record, "json");
      format::put_list(record, [](std::string&) {});
    });
  }

  /// `size`: what it claims; 0: the truth.
  void chunk(std::string const& records, std::string_view codec, std::uint32_t crc, std::uint64_t size = 0) {
    format::put_chunk(bytes, {.plain_size = size > 0 ? size : records.size()}, crc, codec, records);
  }

  std::string ended(std::uint32_t data_crc = 0) {
    auto out = bytes;
    format::put_record(out, format::opcode::data_end,
                       [&](std::string& record) { format::put(record, data_crc); });
    format::put_record(out, format::opcode::footer, [](std::string& record) { record.append(20, '\0'); });
    return out + std::string{format::magic};
  }
};

/// What the first failure of reading all of it says; empty when there is none.
std::string problem_of(std::string_view file) {
  reader opened{trace::memory_source{file}};
  if (auto const open = opened.open(); !open) {
    return open.error().message;
  }
  auto const found = read_all(opened);
  return found.failed ? found.failed->message : std::string{};
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

} // namespace

TEST_CASE("An MCAP file of ours is read back: messages, metadata, attachments, statistics") {
  auto const sample = make_sample();
  reader opened{trace::memory_source{sample.bytes}};
  REQUIRE(opened.open());
  CHECK(opened.profile() == "overt");
  CHECK(opened.library() == "overt test");
  CHECK(opened.complete());
  auto const found = read_all(opened);
  CHECK(overt_test::no_schema_lost(found.messages));
  CHECK_FALSE(found.failed);
  CHECK(found.messages == sample.messages());
  auto const again = opened.next(); // the end stays the end
  REQUIRE(again);
  CHECK_FALSE(*again);

  auto const metadata = opened.metadata();
  REQUIRE(metadata);
  REQUIRE(metadata->size() == 2);
  for (auto const& each : *metadata) {
    CHECK(each.checked);
    CHECK(each.entries == sample.metadata.at(each.name));
  }
  auto const attachments = opened.attachments();
  REQUIRE(attachments);
  REQUIRE(attachments->size() == 1);
  CHECK(attachments->front().name == "policy");
  CHECK(attachments->front().media_type == "application/json");
  CHECK(attachments->front().log_time == 5);
  auto const bytes = opened.read(attachments->front());
  REQUIRE(bytes);
  CHECK(*bytes == sample.attachment);
  CHECK_FALSE(opened.read({.offset = sample.chunks[0].offset}));
  CHECK_FALSE(opened.read({.offset = 1'000'000}));

  auto const statistics = opened.statistics();
  REQUIRE(statistics);
  CHECK(statistics->messages == 9);
  CHECK(statistics->chunks == 3);
  CHECK(statistics->schemas == 1);
  CHECK(statistics->channels == 2);
  CHECK(statistics->attachments == 1);
  CHECK(statistics->metadata == 2);
  CHECK(statistics->first_log_time == 0);
  CHECK(statistics->last_log_time == 2020);
  CHECK(statistics->channel_messages == std::map<std::uint16_t, std::uint64_t>{{0, 6}, {1, 3}});
}

TEST_CASE("Seeking gives what is at or after a time, filtering what is of a topic") {
  auto const sample = make_sample(7);
  auto const expected = [&](std::uint64_t from, std::vector<std::string> const& topics) {
    std::vector<overt_test::sample_message> wanted;
    for (auto const& one : sample.messages()) {
      if (one.log_time >= from &&
          (topics.empty() || std::find(topics.begin(), topics.end(), one.topic) != topics.end())) {
        wanted.push_back(one);
      }
    }
    return wanted;
  };
  // With the index; and without, as after a crash.
  for (auto const size : {sample.bytes.size(), static_cast<std::size_t>(sample.end)}) {
    reader opened{trace::memory_source{std::string_view{sample.bytes}.substr(0, size)}};
    REQUIRE(opened.open());
    for (auto const from :
         std::vector<std::uint64_t>{0, 1, 10, 11, 21, 1000, 3005, 3010, 6000, 6020, 6021, 100'000}) {
      for (auto const& topics :
           std::vector<std::vector<std::string>>{{}, {"raw"}, {"button", "raw"}, {"none"}}) {
        opened.filter(topics);
        opened.seek(from);
        auto const found = read_all(opened);
        CHECK(overt_test::no_schema_lost(found.messages));
        CHECK(found.messages == expected(from, topics));
        CHECK(found.failed.has_value() == !opened.complete());
      }
    }
    opened.filter({});
    opened.seek(0);
    auto const all = read_all(opened).messages;
    CHECK(all == sample.messages());
    CHECK(overt_test::no_schema_lost(all));
  }
}

TEST_CASE("Chunks that are not wanted are not read") {
  overt::sink::mcap_builder<> builder;
  auto const early = builder.channel(0, "early", "json", {});
  auto const late = builder.channel(0, "late", "json", {});
  std::string file{builder.head("overt", "library")};
  builder.appended();
  for (std::uint32_t i = 0; i < 10; ++i) {
    builder.message(i < 9 ? early : late, i, i * 10, i, std::string(1'000'000, 'x'));
    auto const chunk = builder.chunk(file.size());
    REQUIRE(chunk);
    file += *chunk;
    builder.appended();
  }
  file += builder.end(file.size());
  std::uint64_t total = 0;
  trace::mcap_reader<counting_source> opened{counting_source{file, &total}};
  REQUIRE(opened.open());
  SECTION("by time") { opened.seek(85); }
  SECTION("by topic") { opened.filter({"late"}); }
  CHECK(read_all(opened).messages.size() == 1);
  CHECK(total > 1'000'000);
  CHECK(total < 2'000'000);
}

TEST_CASE("A file that is none, or is cut within its header, is refused") {
  auto const sample = make_sample();
  for (std::size_t size = 0; size < 40; ++size) {
    reader opened{trace::memory_source{std::string_view{sample.bytes}.substr(0, size)}};
    CHECK_FALSE(opened.open());
  }
  CHECK(contains(problem_of("{\"type\": \"session\"}"), "no MCAP file"));
}

TEST_CASE("After a crash everything before it is read, and then said that the end is missing") {
  auto const sample = make_sample();
  reader opened{trace::memory_source{std::string_view{sample.bytes}.substr(0, sample.end)}};
  REQUIRE(opened.open());
  CHECK_FALSE(opened.complete());
  CHECK_FALSE(opened.statistics());
  auto const found = read_all(opened);
  CHECK(found.messages == sample.messages());
  REQUIRE(found.failed);
  CHECK(contains(found.failed->message, "cut off"));
  auto const metadata = opened.metadata();
  REQUIRE(metadata);
  CHECK(metadata->size() == 1);
}

TEST_CASE("A compression that is not read is refused by name") {
  foreign_file file;
  file.chunk("abc", "lz4", 0);
  CHECK(contains(problem_of(file.ended()), "\"lz4\", which this program does not read"));
  foreign_file hostile;
  hostile.chunk("abc", "\x1b[31m", 0);
  CHECK(contains(problem_of(hostile.ended()), "something unknown"));
}

TEST_CASE("A chunk that claims more than the limit is refused before memory is taken") {
  foreign_file file;
  file.chunk("abc", "", 0, std::uint64_t{1} << 40);
  CHECK(contains(problem_of(file.ended()), "claims 1099511627776 bytes, more than the limit of 1073741824"));
}

TEST_CASE("Messages outside of chunks are read, and checked by the CRC of the whole when there is one") {
  foreign_file file;
  foreign_file::channel(file.bytes, 7, "loose");
  format::put_message(file.bytes, 7, 1, 10, 20, "one");
  format::put_message(file.bytes, 7, 2, 11, 21, "two");
  auto const check = [](std::string const& bytes, bool checked) {
    reader opened{trace::memory_source{bytes}};
    REQUIRE(opened.open());
    for (auto const* const expected : {"one", "two"}) {
      auto const next = opened.next();
      REQUIRE(next);
      REQUIRE(*next);
      CHECK((*next)->bytes == expected);
      CHECK((*next)->channel->topic == "loose");
      CHECK((*next)->checked == checked);
    }
    auto const end = opened.next();
    REQUIRE(end);
    CHECK_FALSE(*end);
  };
  check(file.ended(), false);
  auto const crc = overt::detail::crc32(file.bytes);
  check(file.ended(crc), true);
  auto damaged = file.ended(crc);
  damaged[damaged.find("two")] ^= 1;
  reader opened{trace::memory_source{damaged}};
  REQUIRE(opened.open());
  auto const found = read_all(opened);
  CHECK(found.messages.empty()); // not even those before it
  CHECK(found.failed);
}

TEST_CASE("A chunk without a CRC is checked by the CRC of the whole when there is one") {
  std::string records;
  foreign_file::channel(records, 1, "topic");
  format::put_message(records, 1, 1, 10, 20, "one");
  foreign_file file;
  file.chunk(records, "", 0);
  auto const damage = [](std::string bytes) {
    bytes[bytes.find("one")] ^= 1;
    return bytes;
  };
  CHECK(problem_of(file.ended()).empty());
  CHECK(problem_of(damage(file.ended())).empty()); // nothing could tell: `checked` is false
  auto const crc = overt::detail::crc32(file.bytes);
  CHECK(problem_of(file.ended(crc)).empty());
  CHECK_FALSE(problem_of(damage(file.ended(crc))).empty());
  foreign_file with;
  with.chunk(records, "", overt::detail::crc32(records));
  CHECK(problem_of(with.ended()).empty());
  CHECK(contains(problem_of(damage(with.ended())), "its CRC is wrong"));
}

TEST_CASE("Records of later versions and extensions are passed over in another writer's file") {
  foreign_file file;
  format::put_record(file.bytes, static_cast<format::opcode>(0x42),
                     [](std::string& record) { record += "later"; });
  format::put_record(file.bytes, static_cast<format::opcode>(0x80),
                     [](std::string& record) { record += "private"; });
  CHECK(problem_of(file.ended()).empty());
  format::put_record(file.bytes, static_cast<format::opcode>(0),
                     [](std::string& record) { record += "nothing"; });
  CHECK_FALSE(problem_of(file.ended()).empty());
}

TEST_CASE("A channel that is defined twice, differently, is refused") {
  foreign_file file;
  foreign_file::channel(file.bytes, 7, "one");
  foreign_file::channel(file.bytes, 7, "one");
  CHECK(problem_of(file.ended()).empty());
  foreign_file::channel(file.bytes, 7, "two");
  CHECK(contains(problem_of(file.ended()), "defined twice"));
}
