#include <overt/detail/crc32c.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace {

using overt::detail::crc32c;
using overt::detail::crc32c_of;

/// The definition, a bit at a time.
std::uint32_t slowly(std::string_view bytes) {
  std::uint32_t state = 0xffffffff;
  for (char const byte : bytes) {
    state ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      state = state >> 1 ^ ((state & 1) != 0 ? 0x82f63b78u : 0u);
    }
  }
  return ~state;
}

std::string counting(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) {
    bytes += static_cast<char>(i * 7 + i / 256);
  }
  return bytes;
}

} // namespace

TEST_CASE("CRC-32C: the examples of RFC 3720, appendix B.4", "[detail][crc32c]") {
  std::string up;
  std::string down;
  for (int i = 0; i < 32; ++i) {
    up += static_cast<char>(i);
    down += static_cast<char>(31 - i);
  }
  CHECK(crc32c_of(std::string(32, '\0')) == 0x8a9136aa);
  CHECK(crc32c_of(std::string(32, '\xff')) == 0x62a8ab43);
  CHECK(crc32c_of(up) == 0x46dd794e);
  CHECK(crc32c_of(down) == 0x113fdb5c);
  // a command to read
  std::string const pdu{"\x01\xc0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                        "\x14\0\0\0\0\0\x04\0\0\0\0\x14\0\0\0\x18"
                        "\x28\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0",
                        48};
  CHECK(crc32c_of(pdu) == 0xd9963a56);
}

TEST_CASE("CRC-32C: nothing, the usual check value, and at compile time", "[detail][crc32c]") {
  static_assert(crc32c_of("123456789") == 0xe3069283);
  static_assert(crc32c_of("") == 0);
  CHECK(crc32c_of("123456789") == 0xe3069283);
}

TEST_CASE("CRC-32C: every length and every cut gives what the definition gives", "[detail][crc32c]") {
  for (std::size_t length = 0; length < 70; ++length) {
    auto const bytes = counting(length);
    auto const right = slowly(bytes);
    CHECK(crc32c_of(bytes) == right);
    for (std::size_t cut = 0; cut <= length; ++cut) {
      crc32c sum;
      sum.update(std::string_view{bytes}.substr(0, cut));
      sum.update(std::string_view{bytes}.substr(cut));
      if (sum.value() != right) {
        FAIL("length " << length << ", cut " << cut);
      }
    }
  }
}

TEST_CASE("CRC-32C: every flipped bit shows", "[detail][crc32c]") {
  auto bytes = counting(300);
  auto const right = crc32c_of(bytes);
  std::size_t unseen = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    auto const flip = [&] { bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8); };
    flip();
    unseen += crc32c_of(bytes) == right ? 1 : 0;
    flip();
  }
  CHECK(unseen == 0);
}
