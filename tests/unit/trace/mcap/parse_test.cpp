#include <overt/trace/mcap/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <overt/sink/mcap/chunk_entry.hpp>
#include <overt/sink/mcap/file_records.hpp>
#include <overt/sink/mcap/format.hpp>
#include <overt_test/catch.hpp>

namespace format = overt::sink::mcap_format;
namespace parse = overt::trace::mcap_parse;

namespace {
/// The content of a record of ours.
std::string content_of(format::file_records const& records) {
  return std::string{records.bytes().substr(format::record_head_size)};
}
} // namespace

TEST_CASE("A Metadata record of ours shows any flipped bit, one of others is taken as it is") {
  format::file_records records;
  std::vector<std::pair<std::string, std::string>> const entries{{"a", "1"}, {"b", "2"}};
  records.metadata("name", entries);
  auto content = content_of(records);
  auto const read = parse::metadata(content, true);
  REQUIRE(read);
  CHECK(read->name == "name");
  CHECK(read->checked);
  CHECK(read->entries == std::map<std::string, std::string>{{"a", "1"}, {"b", "2"}});
  auto const foreign = parse::metadata(content, false);
  REQUIRE(foreign);
  CHECK_FALSE(foreign->checked);
  CHECK(foreign->entries.size() == 3);
  for (std::size_t bit = 0; bit < content.size() * 8; ++bit) {
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
    CHECK_FALSE(parse::metadata(content, true));
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
  }
  CHECK_FALSE(parse::metadata(content + "more", true));
}

TEST_CASE("An attachment shows any flipped bit") {
  format::file_records records;
  records.attachment("name", "text/plain", 3, "bytes");
  auto content = content_of(records);
  auto const read = parse::attachment(content, 77, true);
  REQUIRE(read);
  CHECK(read->what.name == "name");
  CHECK(read->what.media_type == "text/plain");
  CHECK(read->what.log_time == 3);
  CHECK(read->what.size == 5);
  CHECK(read->what.offset == 77);
  CHECK(read->bytes == "bytes");
  for (std::size_t bit = 0; bit < content.size() * 8; ++bit) {
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
    CHECK_FALSE(parse::attachment(content, 77, true));
    content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
  }
}

TEST_CASE("MCAP records that are cut anywhere are malformed") {
  format::file_records records;
  records.attachment("name", "text/plain", 3, "bytes");
  auto const attachment = content_of(records);
  std::string chunk;
  format::put_chunk(chunk, {.plain_size = 4}, 1, "zstd", "pack");
  chunk.erase(0, format::record_head_size);
  std::string statistics(42, '\x01');
  format::put_list(statistics, [](std::string& list) { list.append(10, '\x02'); });
  for (std::size_t size = 0; size < attachment.size(); ++size) {
    CHECK_FALSE(parse::attachment(std::string_view{attachment}.substr(0, size), 0, false));
  }
  for (std::size_t size = 0; size < chunk.size(); ++size) {
    CHECK_FALSE(parse::chunk(std::string_view{chunk}.substr(0, size), 0, false));
  }
  for (std::size_t size = 0; size < statistics.size(); ++size) {
    CHECK_FALSE(parse::statistics(std::string_view{statistics}.substr(0, size)));
  }
  for (std::size_t size = 0; size < format::message_head_size; ++size) {
    CHECK_FALSE(parse::message(std::string(size, 'x')));
  }
  CHECK(parse::message(std::string(format::message_head_size, 'x')));
  CHECK(parse::statistics(statistics));
  CHECK(parse::attachment(attachment, 0, false));
  CHECK(parse::chunk(chunk, 0, true));
}

TEST_CASE("Bytes after the known fields of a chunk are left alone, but not in one of ours") {
  std::string chunk;
  format::put_chunk(chunk, {.plain_size = 4}, 1, "", "pack");
  auto const content = chunk.substr(format::record_head_size) + "more";
  CHECK(parse::chunk(content, 0, false));
  CHECK_FALSE(parse::chunk(content, 0, true));
  CHECK(
      parse::bytes_of_chunk(chunk.substr(format::record_head_size), chunk.size() - format::record_head_size));
  CHECK_FALSE(parse::bytes_of_chunk(content, content.size()));
}
