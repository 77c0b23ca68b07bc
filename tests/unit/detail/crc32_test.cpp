#include <overt/detail/crc32.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

using overt::detail::crc32;

static_assert(crc32("123456789") == 0xcbf43926); // the check value of the catalogue of CRCs
static_assert(crc32("") == 0);
static_assert(crc32("The quick brown fox jumps over the lazy dog") == 0x414fa339);

namespace {
/// A bit at a time, as the polynomial says it.
std::uint32_t slow(std::string_view bytes) {
  std::uint32_t crc = 0xffffffff;
  for (auto const byte : bytes) {
    crc ^= static_cast<std::uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    }
  }
  return ~crc;
}

std::string some_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (auto& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<char>(state >> 24);
  }
  return bytes;
}
} // namespace

TEST_CASE("CRC-32 is what its polynomial says, for every length and alignment") {
  auto const bytes = some_bytes(200);
  for (std::size_t from = 0; from < 20; ++from) {
    for (std::size_t size = 0; from + size <= bytes.size(); ++size) {
      auto const part = std::string_view{bytes}.substr(from, size);
      REQUIRE(crc32(part) == slow(part));
    }
  }
}

TEST_CASE("CRC-32 in parts is CRC-32 of the whole") {
  auto const bytes = some_bytes(100);
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    overt::detail::crc32_state crc;
    crc.update(std::string_view{bytes}.substr(0, cut));
    crc.update(std::string_view{bytes}.substr(cut));
    REQUIRE(crc.value() == crc32(bytes));
  }
}

TEST_CASE("CRC-32 shows every flipped bit") {
  auto bytes = some_bytes(300);
  auto const right = crc32(bytes);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    REQUIRE(crc32(bytes) != right);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  }
}
