#include <overt/sink/mcap/chunk_entry.hpp>

#include <string>

#include <overt/detail/crc32.hpp>
#include <overt/trace/mcap/parse.hpp>
#include <overt_test/catch.hpp>

namespace format = overt::sink::mcap_format;

TEST_CASE("chunk entry: a range of times has the smallest and largest, zero among them, or none") {
  format::time_range times;
  CHECK_FALSE(times.any);
  times.add(7);
  CHECK((times.first == 7 && times.last == 7));
  times.add(0);
  times.add(9);
  times.add(3);
  CHECK((times.first == 0 && times.last == 9 && times.any));
}

TEST_CASE("chunk entry: a Chunk record is read back as it was written") {
  std::string out = "before";
  std::string const packed = "packed bytes";
  format::chunk_entry entry{.offset = 6, .plain_size = 40};
  entry.times.add(5);
  entry.times.add(8);
  format::put_chunk(out, entry, overt::detail::crc32(packed), "zstd", packed);
  auto const content = std::string_view{out}.substr(6 + format::record_head_size);
  auto const read = overt::trace::mcap_parse::chunk(content, 6, true);
  REQUIRE(read);
  CHECK(read->packed == packed);
  CHECK(read->codec == "zstd");
  CHECK(read->crc == overt::detail::crc32(packed));
  CHECK(read->entry.plain_size == 40);
  CHECK((read->entry.times.first == 5 && read->entry.times.last == 8));
}

TEST_CASE("chunk entry: a Message record has the length that its head says") {
  std::string out;
  format::put_message(out, 1, 2, 3, 4, "bytes");
  CHECK(out.size() == format::record_head_size + format::message_head_size + 5);
  CHECK(static_cast<unsigned char>(out[1]) == format::message_head_size + 5);
  CHECK(out.ends_with("bytes"));
}
