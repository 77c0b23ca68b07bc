#include <overt/sink/storage/journal_format.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace format = overt::sink::journal_format;

TEST_CASE("journal format: numbers are little endian", "[sink][storage][journal]") {
  char bytes[8];
  format::put(bytes, std::uint64_t{0x0102030405060780});
  CHECK(std::string_view{bytes, 8} == "\x80\x07\x06\x05\x04\x03\x02\x01");
  CHECK(format::get<std::uint64_t>(bytes) == 0x0102030405060780);
  CHECK(format::get<std::uint32_t>(bytes) == 0x05060780);
}

TEST_CASE("journal format: records begin at multiples of eight", "[sink][storage][journal]") {
  CHECK(format::room_of(1) == 32);
  CHECK(format::room_of(8) == 32);
  CHECK(format::room_of(9) == 40);
  CHECK(format::file_bytes({}) == 512 * 1024);
}

// Version 1 of the format, which later versions go on reading.
TEST_CASE("journal format: the head as it was first written", "[sink][storage][journal]") {
  std::string bytes(format::head_bytes, '\0');
  format::put_head(bytes.data(),
                   {.half_bytes = 4096, .id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}});
  CHECK(bytes.substr(0, 32) == std::string_view{"OVERTJNL\x01\0\0\0\0\x10\0\0\x01\x02\x03\x04\x05\x06\x07\x08"
                                                "\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10",
                                                32});
  auto const head = format::get_head(bytes);
  REQUIRE(head);
  CHECK(head->half_bytes == 4096);
  CHECK(head->id[15] == 16);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    CHECK_FALSE(format::get_head(flipped));
  }
  CHECK_FALSE(format::get_head(std::string_view{bytes}.substr(0, 35)));
  format::put_head(bytes.data(), {.half_bytes = 4097});
  CHECK_FALSE(format::get_head(bytes));
}
