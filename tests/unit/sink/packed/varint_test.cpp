#include <overt/sink/packed/varint.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include <overt_test/catch.hpp>

namespace packed = overt::sink::packed;

TEST_CASE("varints of every length come back, and take no more bytes than they need", "[sink][packed]") {
  for (unsigned bits = 0; bits <= 64; ++bits) {
    auto const most = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
    for (auto const value : {most, most - 1, most + 1}) {
      std::array<char, packed::longest_varint> bytes{};
      auto const size = packed::put_varint(value, bytes.data());
      std::string_view left{bytes.data(), size};
      std::uint64_t back = 0;
      REQUIRE(packed::take_varint(left, back));
      CHECK(back == value);
      CHECK(left.empty());
      for (std::size_t cut = 0; cut < size; ++cut) {
        std::string_view part{bytes.data(), cut};
        CHECK_FALSE(packed::take_varint(part, back));
      }
    }
  }
}

TEST_CASE("a varint has one spelling, and no more than 64 bits", "[sink][packed]") {
  std::uint64_t value = 0;
  for (std::string_view wrong : {std::string_view{"\x80\x00", 2}, std::string_view{"\xff\x00", 2},
                                 std::string_view{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10},
                                 std::string_view{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x81\x00", 11}}) {
    CHECK_FALSE(packed::take_varint(wrong, value));
  }
}

TEST_CASE("numbers near zero are short whatever their sign", "[sink][packed]") {
  CHECK(packed::zigzag(0) == 0);
  CHECK(packed::zigzag(static_cast<std::uint64_t>(-1)) == 1);
  CHECK(packed::zigzag(1) == 2);
  CHECK(packed::zigzag(static_cast<std::uint64_t>(-64)) == 127);
  for (auto const value : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                           std::int64_t{0}, std::int64_t{-1}, std::int64_t{123456789}}) {
    CHECK(packed::unzigzag(packed::zigzag(static_cast<std::uint64_t>(value))) ==
          static_cast<std::uint64_t>(value));
  }
}
