#include <overt/sink/line_crc.hpp>

#include <cstddef>
#include <string>

#include <overt_test/catch.hpp>

namespace line_crc = overt::sink::line_crc;
using line_crc::verdict;

TEST_CASE("the checksum of a line is of what stands before it", "[sink][jsonl]") {
  overt::detail::json_text out;
  out.raw("before\n");
  auto const begin = out.size();
  out.raw(R"({"a":1})");
  line_crc::append(out, begin);
  std::string const line{out.view().substr(begin)};
  auto const digits = overt::detail::hex_digits(overt::detail::crc32c_of(R"({"a":1)"));
  CHECK(line == R"({"a":1,"crc":")" + std::string{digits.data(), digits.size()} + "\"}");
  CHECK(line_crc::check(line) == verdict::sound);
  // CRC-32C of "123456789" (RFC 3720, appendix B.4 has others of it)
  auto const known = overt::detail::hex_digits(0xe3069283);
  CHECK(std::string{known.data(), known.size()} == "e3069283");
}

TEST_CASE("a checksum that is wrong, in upper case, or not at the end is none", "[sink][jsonl]") {
  overt::detail::json_text out;
  out.raw(R"({"a":10})");
  line_crc::append(out, 0);
  std::string line{out.view()};
  for (std::size_t bit = 0; bit < line.size() * 8; ++bit) {
    line[bit / 8] = static_cast<char>(line[bit / 8] ^ 1 << bit % 8);
    CHECK(line_crc::check(line) != verdict::sound);
    line[bit / 8] = static_cast<char>(line[bit / 8] ^ 1 << bit % 8);
  }
  CHECK(line_crc::check("") == verdict::absent);
  CHECK(line_crc::check("{}") == verdict::absent);
  CHECK(line_crc::check(line + " ") == verdict::absent);
  CHECK(line_crc::check(line.substr(line.size() - line_crc::size)) == verdict::absent);
}
