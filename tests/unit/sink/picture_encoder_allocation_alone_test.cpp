// Encoding pictures allocates nothing in steady state, beyond what the codec does. Counts every allocation of
// the program, which is why it is one of its own.
#include <overt/sink/picture_encoder.hpp>

#include <cstddef>
#include <cstdint>

#include <overt/sink/png/png.hpp>
#include <overt_test/catch.hpp>
#include <overt_test/counted_allocations.hpp>

namespace {

template <class Codec>
std::size_t allocations_of(std::uint64_t rounds) {
  overt::sink::picture_encoder encoder{Codec{}, {.key_every = 8}};
  auto picture = *overt::screen_picture::black({0, 0, 640, 480});
  std::size_t late = 0;
  std::size_t failed = 0;
  for (std::uint64_t i = 0; i < rounds; ++i) {
    auto const x = static_cast<std::int32_t>(i * 37 % 600);
    picture.fill({x, x % 400, 30, 20}, static_cast<std::uint32_t>(i * 0x10203));
    auto const before = overt_test::allocations.load();
    failed += encoder.encode(i + 1, picture) ? 0U : 1U;
    encoder.done();
    late += i >= rounds / 2 ? overt_test::allocations.load() - before : 0;
  }
  CHECK(failed == 0);
  return late;
}

} // namespace

TEST_CASE("pictures are encoded without allocating once each kind of them was seen") {
  CHECK(allocations_of<overt::sink::png>(64) == 0);
}
