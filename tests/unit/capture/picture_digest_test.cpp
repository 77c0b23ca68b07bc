#include <overt/capture/picture_digest.hpp>

#include <cstdint>
#include <set>

#include <overt_test/catch.hpp>

using namespace overt;
using capture::digest_of;

TEST_CASE("pictures that differ in one pixel have different digests", "[capture][pictures]") {
  constexpr rectangle all{0, 0, 24, 16};
  auto picture = *screen_picture::black(all);
  auto const black = digest_of(picture);
  CHECK(digest_of(*screen_picture::black(all)) == black);
  std::set<std::uint64_t> seen{black};
  std::size_t count = 1;
  for (auto& pixel : picture.pixels()) {
    for (std::uint32_t const colour : {1u, 0x800000u, 0xffffffu}) {
      pixel = colour;
      seen.insert(digest_of(picture));
      ++count;
    }
    pixel = 0;
  }
  CHECK(seen.size() == count);
  CHECK(digest_of(picture) == black);
}
