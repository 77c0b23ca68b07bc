#include <overt/sink/png/png_chunks.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <overt_test/catch.hpp>

namespace detail = overt::sink::detail;

TEST_CASE("the end of a PNG is the bytes that the standard says", "[sink][png]") {
  std::string out;
  detail::end_png_chunk(out, detail::begin_png_chunk(out, "IEND"));
  CHECK(out == std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12));
}

TEST_CASE("chunks come back, and damage shows", "[sink][png]") {
  std::string out;
  auto const at = detail::begin_png_chunk(out, "abCD");
  out += "content";
  detail::end_png_chunk(out, at);
  detail::png_chunks chunks{out};
  REQUIRE(chunks.next());
  CHECK(chunks.type() == "abCD");
  CHECK(chunks.content() == "content");
  CHECK(chunks.at_end());
  CHECK_FALSE(chunks.next());
  for (std::size_t i = 0; i < out.size() * 8; ++i) {
    auto changed = out;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ 1 << i % 8);
    CHECK_FALSE(detail::png_chunks{changed}.next());
  }
  CHECK_FALSE(detail::png_chunks{std::string_view{out}.substr(0, out.size() - 1)}.next());
}
