// expect(g++): is_trivially_copyable|no matching function for call to 'bit_cast
// expect(clang): no matching function for call to 'bit_cast'
// expect: bit_cast
#include <bit>

#include <overt/event/clearance.hpp>

struct byte {
  unsigned char value = 0;
};

void use() {
#if defined(CONTROL)
  auto const copy = std::bit_cast<byte>(static_cast<unsigned char>(1));
#else
  auto const& copy = std::bit_cast<overt::clearance>(byte{});
#endif
  static_cast<void>(copy);
}
