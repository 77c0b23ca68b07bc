#include <overt/sink/mcap/format.hpp>

#include <cstdint>
#include <string>

#include <overt_test/catch.hpp>

namespace format = overt::sink::mcap_format;

TEST_CASE("MCAP numbers, texts, lists and records have the bytes of the specification") {
  std::string bytes;
  format::put(bytes, std::uint32_t{0x01020304});
  CHECK(bytes == "\x04\x03\x02\x01");
  bytes.clear();
  format::put_text(bytes, "ab");
  CHECK(bytes == std::string("\x02\0\0\0ab", 6));
  bytes = "before";
  format::put_record(bytes, format::opcode::metadata, [](std::string& record) {
    format::put_list(record, [](std::string& list) { list += "xyz"; });
  });
  CHECK(bytes == std::string("before\x0c\x07\0\0\0\0\0\0\0\x03\0\0\0xyz", 22));
  CHECK(format::magic == std::string("\x89MCAP0\r\n", 8));
}
