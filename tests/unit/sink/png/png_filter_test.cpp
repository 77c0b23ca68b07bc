#include <overt/sink/png/png_filter.hpp>

#include <cstddef>
#include <random>
#include <vector>

#include <overt_test/catch.hpp>

namespace {

using overt::sink::detail::png_filter;

template <png_filter Filter>
bool comes_back(std::size_t size, std::size_t step, std::mt19937& random) {
  std::vector<unsigned char> line(size);
  std::vector<unsigned char> above(size);
  for (std::size_t i = 0; i < size; ++i) {
    line[i] = static_cast<unsigned char>(random());
    above[i] = static_cast<unsigned char>(random());
  }
  std::vector<unsigned char> out(size);
  overt::sink::detail::filter_line<Filter>(line, above, step, out.data());
  bool const known = overt::sink::detail::unfilter(static_cast<std::uint8_t>(Filter), out, above, step);
  return known && out == line;
}

} // namespace

TEST_CASE("each filter of PNG is undone by its reverse", "[sink][png]") {
  std::mt19937 random{7};
  for (std::size_t const step : {1U, 3U}) {
    for (std::size_t size = step; size < 40; size += step) {
      CHECK(comes_back<png_filter::unchanged>(size, step, random));
      CHECK(comes_back<png_filter::sub>(size, step, random));
      CHECK(comes_back<png_filter::up>(size, step, random));
      CHECK(comes_back<png_filter::average>(size, step, random));
      CHECK(comes_back<png_filter::paeth>(size, step, random));
    }
  }
}

TEST_CASE("paeth chooses the nearest, left before above before the corner", "[sink][png]") {
  using overt::sink::detail::paeth_of;
  CHECK(paeth_of(10, 20, 10) == 20);
  CHECK(paeth_of(10, 20, 20) == 10);
  CHECK(paeth_of(5, 5, 5) == 5);
  CHECK(paeth_of(10, 20, 15) == 15);
  CHECK(paeth_of(200, 100, 255) == 100);
}

TEST_CASE("a filter that there is not is refused", "[sink][png]") {
  std::vector<unsigned char> line(6);
  CHECK_FALSE(overt::sink::detail::unfilter(5, line, line, 3));
}
