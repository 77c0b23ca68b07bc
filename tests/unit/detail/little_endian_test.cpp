#include <overt/detail/little_endian.hpp>

#include <array>
#include <cstdint>

#include <overt_test/catch.hpp>

namespace little_endian = overt::detail::little_endian;

TEST_CASE("numbers are written with the lowest byte first, and read back") {
  std::array<std::uint8_t, 4> bytes{};
  little_endian::put(bytes.data(), std::uint32_t{0x01020304});
  CHECK(bytes == std::array<std::uint8_t, 4>{4, 3, 2, 1});
  CHECK(little_endian::get<std::uint32_t>(bytes.data()) == 0x01020304);
  CHECK(little_endian::get<std::uint16_t>(bytes.data()) == 0x0304);

  std::array<char, 8> letters{};
  little_endian::put(letters.data(), std::uint64_t{0xfffefdfc00000080});
  CHECK(little_endian::get<std::uint64_t>(letters.data()) == 0xfffefdfc00000080);
}
