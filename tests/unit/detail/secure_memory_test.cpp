#include <overt/detail/secure_memory.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

#include <overt_test/catch.hpp>

TEST_CASE("wiping leaves zeros, and only where it was told", "[detail][secure_memory]") {
  std::array<unsigned char, 8> bytes{1, 2, 3, 4, 5, 6, 7, 8};
  overt::detail::wipe(bytes.data() + 2, 3);
  CHECK(bytes == std::array<unsigned char, 8>{1, 2, 0, 0, 0, 6, 7, 8});
  overt::detail::wipe(bytes.data(), 0);
  CHECK(bytes[0] == 1);
}

TEST_CASE("secure memory is empty and can be written", "[detail][secure_memory]") {
  constexpr std::size_t size = 10'000;
  auto* const memory = static_cast<unsigned char*>(overt::detail::map_secure(size));
  REQUIRE(memory != nullptr);
  CHECK(std::all_of(memory, memory + size, [](unsigned char byte) { return byte == 0; }));
  std::fill(memory, memory + size, static_cast<unsigned char>(0xaa));
  overt::detail::unmap_secure(memory, size);
}
