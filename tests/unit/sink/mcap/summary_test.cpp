#include <overt/sink/mcap/summary.hpp>

#include <cstdint>
#include <string>

#include <overt/detail/crc32.hpp>
#include <overt/trace/mcap/fields.hpp>
#include <overt_test/catch.hpp>

namespace format = overt::sink::mcap_format;

TEST_CASE(
    "summary: the footer points at it, and its CRC is over all of it and of the footer before the CRC") {
  format::definitions known;
  format::summary made;
  format::chunk_entry chunk{.offset = 100, .size = 50};
  chunk.times.add(3);
  made.add(chunk, 2, {{std::uint16_t{0}, std::uint64_t{150}}}, "");
  std::string out = "data";
  made.put(out, 1000, known);
  REQUIRE(out.ends_with(format::magic));
  auto const footer = out.size() - format::magic.size() - format::footer_size;
  overt::trace::mcap_fields fields{std::string_view{out}.substr(footer + format::record_head_size)};
  CHECK(fields.number<std::uint64_t>() == 1000 + 4); // summary, behind "data"
  auto const offsets = fields.number<std::uint64_t>();
  CHECK(offsets > 1004);
  CHECK(offsets < 1000 + footer);
  CHECK(fields.number<std::uint32_t>() ==
        overt::detail::crc32(std::string_view{out}.substr(4, footer + format::footer_size - 4 - 4)));
}

TEST_CASE("summary: of nothing it is still a whole end") {
  std::string out;
  format::summary{}.put(out, 0, format::definitions{});
  CHECK(out.ends_with(format::magic));
  CHECK(static_cast<format::opcode>(out.front()) == format::opcode::statistics);
}
